package saker.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.EngineState;
import saker.model.OrderIntent;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.order.ClientIds;
import saker.order.Order;
import saker.position.Trade;

/** What the core does about an account without being asked: halts, states, flattening. */
final class AccountWatch {
    private final Set<Long> boots = new HashSet<>();
    private final Answer answer;
    private final Intents intents;
    private final Moment moment;

    // About the broker event in hand.
    private String wrong;
    private List<SnapshotCheck.Difference> differences = List.of();

    AccountWatch(Answer answer, Intents intents, Moment moment) {
        this.answer = answer;
        this.intents = intents;
        this.moment = moment;
    }

    /** A boot of this journal: client ids with its id are ours. */
    void onBoot(long bootId) {
        boots.add(bootId);
    }

    List<Long> boots() {
        return boots.stream().sorted().toList();
    }

    /** Takes the event in and remembers what is wrong with it. */
    void onBrokerEvent(AccountDesk desk, BrokerEvent event) {
        wrong = null;
        differences = List.of();
        String foreign = foreignBoot(event);
        if (event.type() == BrokerEvent.Type.ACCOUNT_SNAPSHOT) {
            differences = SnapshotCheck.compare(desk.ledger(), event);
            wrong = wrongCurrency(desk, event);
        }
        String illegal = desk.onBrokerEvent(event);
        wrong = wrong != null ? wrong : illegal != null ? illegal : foreign;
    }

    /** Decides what follows from the event taken in last. */
    void decideOnEvent(AccountDesk desk) {
        if (wrong != null && !desk.isHalted()) {
            halt(desk, RiskRule.NONE, wrong);
        }
        for (SnapshotCheck.Difference difference : differences) {
            if (difference.instrumentId() >= 0) {
                answer.add(
                        new EngineState(
                                EngineState.Scope.INSTRUMENT,
                                difference.instrumentId(),
                                EngineState.State.REDUCE_ONLY,
                                RiskRule.INSTRUMENT_REDUCE_ONLY,
                                difference.detail()));
            } else if (!desk.isHalted()) {
                halt(desk, RiskRule.UNKNOWN_INSTRUMENT, difference.detail());
            }
        }
    }

    /** States that changed, orders that ended, trades still to be closed, the loss of the day. */
    void decide(AccountDesk desk) {
        for (int i = 0; i < desk.ended().size(); i++) {
            report(desk, desk.ended().get(i));
        }
        EngineState.State state = desk.state();
        if (state != desk.shown()) {
            answer.add(
                    new EngineState(
                            EngineState.Scope.ACCOUNT, desk.index(), state, RiskRule.NONE, ""));
        }
        onTime(desk);
    }

    /** What time or a price alone can bring about. */
    void onTime(AccountDesk desk) {
        String loss = desk.dailyLossReached();
        if (loss != null) {
            halt(desk, RiskRule.DAILY_LOSS, loss);
        }
        if (desk.isFlattenDue()) {
            flatten(desk);
        }
    }

    void halt(AccountDesk desk, RiskRule rule, String why) {
        answer.add(
                new EngineState(
                        EngineState.Scope.ACCOUNT,
                        desk.index(),
                        EngineState.State.HALTED,
                        rule,
                        why));
    }

    /** Asks for whatever is to be closed and has no request under way. */
    private void flatten(AccountDesk desk) {
        for (PendingOrder order : desk.ledger().pendingOrders()) {
            if (desk.isToClose(Trade.instanceOf(order.tag()))
                    && !desk.orders().isCancelPending(order.orderId())) {
                intents.cancel(desk, order, 0);
            }
        }
        List<Trade> trades = desk.ledger().trades();
        for (int i = 0; i < trades.size(); i++) {
            if (desk.isToClose(trades.get(i).instanceId())
                    && !desk.orders().isTradePending(trades.get(i).tradeId())) {
                intents.close(desk, trades.get(i), 0, 0);
            }
        }
    }

    /** Tells of an order that ended without doing what it was for. */
    private void report(AccountDesk desk, Order order) {
        OrderIntent intent = order.intent();
        boolean asAsked =
                switch (order.state()) {
                    case CANCELLED -> order.reason().startsWith("CLIENT_REQUEST");
                    case EXPIRED -> intent.expiryNs() != 0;
                    default -> false;
                };
        if (asAsked) {
            return;
        }
        answer.add(
                new RiskDecision(
                        false,
                        desk.endedRule(order),
                        desk.index(),
                        intent.instrumentId(),
                        intent.instanceId(),
                        intent.origin(),
                        intent.row(),
                        "intent=%d, action=%s, state=%s, reason=%s"
                                .formatted(
                                        order.index(),
                                        intent.action(),
                                        order.state(),
                                        order.reason())));
    }

    private String foreignBoot(BrokerEvent event) {
        if (event.type() == BrokerEvent.Type.ACCOUNT_SNAPSHOT) {
            return null; // Its trades may be older than this journal.
        }
        String foreign = foreign(event.clientId());
        for (TradeEffect effect : event.effects()) {
            if (foreign == null && effect.effect() == TradeEffect.Effect.OPENED) {
                foreign = foreign(effect.clientId());
            }
        }
        return foreign;
    }

    private String foreign(String clientId) {
        return ClientIds.isOurs(clientId) && !boots.contains(ClientIds.bootIdOf(clientId))
                ? "another engine trades this account: clientId=" + clientId
                : null;
    }

    private static String wrongCurrency(AccountDesk desk, BrokerEvent snapshot) {
        String currency = snapshot.reason();
        return currency.isEmpty() || currency.equals(desk.account().currency())
                ? null
                : "account currency differs: ours=%s, broker=%s"
                        .formatted(desk.account().currency(), currency);
    }
}
