package saker.core;

import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import saker.journal.RecordSink;
import saker.model.EngineState;
import saker.model.OrderIntent;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.order.Order;

/**
 * The outputs of one cause. Each takes effect on the state as soon as it is added, so that the next
 * decision of the same cause sees it; they are appended together when all are known. If deciding
 * fails, {@link #takeBack} undoes them.
 */
final class Answer {
    private final List<AccountDesk> desks;
    private final EngineStates states;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);

    private final List<Output> outputs = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>(); // Of each output; null for other kinds.
    private final List<Runnable> undo = new ArrayList<>();

    Answer(List<AccountDesk> desks, EngineStates states) {
        this.desks = desks;
        this.states = states;
    }

    void begin() {
        if (!outputs.isEmpty()) {
            outputs.clear();
            orders.clear();
            undo.clear();
        }
    }

    void add(Object fact) {
        outputs.add(Output.of(fact));
        orders.add(apply(fact));
    }

    int size() {
        return outputs.size();
    }

    List<Output> outputs() {
        return outputs;
    }

    /** Approves a wish of a signal row or command. */
    void approve(AccountDesk desk, int instrumentId, long instanceId, long origin, int row) {
        approve(desk, instrumentId, instanceId, origin, row, "");
    }

    void approve(
            AccountDesk desk,
            int instrumentId,
            long instanceId,
            long origin,
            int row,
            String detail) {
        add(
                new RiskDecision(
                        true,
                        RiskRule.NONE,
                        desk.index(),
                        instrumentId,
                        instanceId,
                        origin,
                        row,
                        detail));
    }

    /** Takes effect on the state of everything added so far back, newest first. */
    void takeBack() {
        for (int i = undo.size() - 1; i >= 0; i--) {
            undo.get(i).run();
        }
        begin();
    }

    /**
     * Appends what is not in the journal yet.
     *
     * @param recorded indices of the first outputs, which are
     * @return false if the journal is closed
     */
    boolean append(RecordSink sink, Moment moment, List<Long> recorded) {
        assign(recorded);
        for (int i = recorded.size(); i < outputs.size(); i++) {
            Output output = outputs.get(i);
            int length = output.encode(buffer);
            long index =
                    sink.append(
                            output.kind(),
                            output.version(),
                            moment.marketNs,
                            moment.index,
                            i,
                            i == outputs.size() - 1,
                            buffer,
                            0,
                            length);
            if (index == RecordSink.CLOSED) {
                return false;
            }
            assign(i, index);
        }
        return true;
    }

    /** Gives the first outputs the indices they have in the journal. */
    void assign(List<Long> recorded) {
        for (int i = 0; i < recorded.size() && i < outputs.size(); i++) {
            assign(i, recorded.get(i));
        }
    }

    private void assign(int i, long index) {
        Order order = orders.get(i);
        if (order != null) {
            desks.get(order.intent().accountId()).orders().assign(order, index);
        }
    }

    private Order apply(Object fact) {
        if (fact instanceof OrderIntent intent) {
            AccountDesk desk = desks.get(intent.accountId());
            Order order = desk.apply(intent, 0);
            undo.add(() -> desk.undo(order));
            return order;
        }
        if (fact instanceof EngineState state) {
            applyState(state);
        }
        return null;
    }

    private void applyState(EngineState state) {
        if (state.scope() == EngineState.Scope.ACCOUNT) {
            AccountDesk desk = desks.get((int) state.scopeId());
            EngineState.State before = desk.shown();
            undo.add(() -> desk.show(before));
            desk.apply(state);
        } else {
            undo.add(states.undo(state));
            states.apply(state);
        }
    }
}
