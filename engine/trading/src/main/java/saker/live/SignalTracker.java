package saker.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import saker.api.SignalView;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.model.Signal;

/** The newest wishes of strategies and what was decided, for the screens. Live feed's thread. */
final class SignalTracker {
    private static final int KEPT = 200;

    private final ArrayDeque<SignalView> signals = new ArrayDeque<>(); // Newest first.
    private final LongFunction<String> strategyNames;
    private final Consumer<SignalView> listener;

    /**
     * @param strategyNames by instance id
     * @param listener told of each that is decided
     */
    SignalTracker(LongFunction<String> strategyNames, Consumer<SignalView> listener) {
        this.strategyNames = strategyNames;
        this.listener = listener;
    }

    void onSignal(long index, Signal signal, String symbol, long marketTimeNs) {
        for (int row = 0; row < signal.rows().size(); row++) {
            Signal.Row wish = signal.rows().get(row);
            boolean buy = (wish.bits() & 0xFFFF) != 0;
            add(
                    new SignalView(
                            index,
                            row,
                            signal.instanceId(),
                            strategyNames.apply(signal.instanceId()),
                            symbol,
                            SignalTitles.of(wish.bits()),
                            wish.lotsE8(),
                            buy ? signal.askE8() : signal.bidE8(),
                            false,
                            RiskRule.NONE,
                            "",
                            marketTimeNs));
        }
    }

    private void add(SignalView signal) {
        signals.addFirst(signal);
        if (signals.size() > KEPT) {
            signals.removeLast();
        }
    }

    void onDecision(RiskDecision decision) {
        for (SignalView signal : signals) {
            if (signal.index() == decision.origin() && signal.row() == decision.row()) {
                replace(signal, decision);
                return;
            }
            if (signal.index() < decision.origin()) {
                return;
            }
        }
    }

    private void replace(SignalView old, RiskDecision decision) {
        SignalView decided =
                new SignalView(
                        old.index(),
                        old.row(),
                        old.instanceId(),
                        old.strategy(),
                        old.symbol(),
                        old.action(),
                        old.lotsE8(),
                        old.priceE8(),
                        decision.approved(),
                        decision.rule(),
                        decision.detail(),
                        old.marketTimeNs());
        List<SignalView> all = new ArrayList<>(signals);
        all.set(all.indexOf(old), decided);
        signals.clear();
        signals.addAll(all);
        listener.accept(decided);
    }

    List<SignalView> newestFirst() {
        return List.copyOf(signals);
    }

    /** Goes on from a snapshot; nobody is told. */
    void restore(List<SignalView> newestFirst) {
        newestFirst.forEach(signal -> signals.add(named(signal)));
    }

    /** With the name its strategy has now. */
    private SignalView named(SignalView old) {
        return new SignalView(
                old.index(),
                old.row(),
                old.instanceId(),
                strategyNames.apply(old.instanceId()),
                old.symbol(),
                old.action(),
                old.lotsE8(),
                old.priceE8(),
                old.executed(),
                old.rule(),
                old.detail(),
                old.marketTimeNs());
    }
}
