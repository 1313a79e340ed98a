package saker.core;

import java.util.List;
import saker.config.RiskConfig;
import saker.market.Instruments;
import saker.market.Quotes;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.OrderIntent.OrderType;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.model.Side;
import saker.position.Trade;
import saker.risk.Entry;
import saker.risk.EntryRisk;
import saker.risk.Levels;
import saker.risk.Refusal;

/**
 * Decides on operators' commands. HALT, FLATTEN and RESUME with account −1 mean every account.
 * Whatever takes risk away passes no rule but that its ticket exists and has no request under way;
 * to cancel an order, a replacement of it is no such request, since the order can fill until then.
 */
final class Commands {
    private final List<AccountDesk> desks;
    private final EngineStates states;
    private final Instruments instruments;
    private final Quotes quotes;
    private final EntryRisk risk;
    private final RiskConfig config;
    private final Moment moment;
    private final Answer answer;
    private final Intents intents;

    private Command command;

    Commands(
            List<AccountDesk> desks,
            EngineStates states,
            Instruments instruments,
            Quotes quotes,
            EntryRisk risk,
            RiskConfig config,
            Moment moment,
            Answer answer,
            Intents intents) {
        this.desks = desks;
        this.states = states;
        this.instruments = instruments;
        this.quotes = quotes;
        this.risk = risk;
        this.config = config;
        this.moment = moment;
        this.answer = answer;
        this.intents = intents;
    }

    void onCommand(Command command) {
        this.command = command;
        if (!isForAll() && (command.accountId() < 0 || command.accountId() >= desks.size())) {
            refuse(RiskRule.UNKNOWN_TICKET, "unknown accountId=" + command.accountId());
            return;
        }
        switch (command.type()) {
            case TRADE -> trade(desks.get(command.accountId()));
            case CLOSE -> close(desks.get(command.accountId()));
            case MODIFY -> modify(desks.get(command.accountId()));
            case CANCEL -> cancel(desks.get(command.accountId()));
            case ENABLE_INSTANCE -> toggle(EngineState.State.RUNNING);
            case DISABLE_INSTANCE -> toggle(EngineState.State.DISABLED);
            case HALT -> halt("halt");
            case FLATTEN -> halt("flatten"); // What to close is seen to for every record.
            case RESUME -> resume();
        }
    }

    /** Whether the command is about every account. */
    static boolean isForAll(Command command) {
        return command.accountId() == -1
                && switch (command.type()) {
                    case HALT, FLATTEN, RESUME, ENABLE_INSTANCE, DISABLE_INSTANCE -> true;
                    case TRADE, CLOSE, MODIFY, CANCEL -> false;
                };
    }

    private boolean isForAll() {
        return isForAll(command);
    }

    private void trade(AccountDesk desk) {
        Instrument instrument = instruments.byId(command.instrumentId());
        if (instrument == null) {
            refuse(RiskRule.UNKNOWN_INSTRUMENT, "instrumentId=" + command.instrumentId());
            return;
        }
        if (command.unitsE4() == 0 || command.unitsE4() == FixedPoint.OVERFLOW) {
            refuse(RiskRule.SIZE_BELOW_MINIMUM, "unitsE4=" + command.unitsE4());
            return;
        }
        Entry entry = entryOf(instrument);
        Refusal refusal = risk.check(entry, desk);
        if (refusal != null) {
            refuse(refusal.rule(), refusal.detail());
            return;
        }
        approve(desk);
        long deviationE8 = FixedPoint.fromDouble(config.maxDeviationPips(), instrument.pipE8());
        long fromE8 = entry.side() == Side.BUY ? entry.wishAskE8() : entry.wishBidE8();
        intents.open(
                desk,
                entry,
                Math.max(0, Levels.bound(entry.side(), fromE8, deviationE8, instrument)),
                0);
    }

    private Entry entryOf(Instrument instrument) {
        Side side = Side.ofUnits(command.unitsE4());
        long stopE8 = command.stopLossE8();
        long targetE8 = command.takeProfitE8();
        return new Entry(
                instrument,
                0,
                side,
                OrderType.MARKET,
                Math.abs(command.unitsE4()),
                0,
                isNone(stopE8) ? 0 : Levels.stop(side, stopE8, instrument),
                isNone(targetE8) ? 0 : Levels.target(side, targetE8, instrument),
                quotes.bidE8(instrument.id()),
                quotes.askE8(instrument.id()),
                0,
                0,
                command.deadlineNs());
    }

    private static boolean isNone(long levelE8) {
        return levelE8 == 0 || levelE8 == OrderIntent.UNCHANGED;
    }

    private void close(AccountDesk desk) {
        Trade trade = tradeToTouch(desk);
        if (trade == null) {
            return;
        }
        long partE4 = command.unitsE4();
        Instrument instrument = instruments.byId(trade.instrumentId());
        long stepE4 = instrument == null ? 1 : instrument.unitsStepE4();
        if (partE4 < 0 || partE4 % stepE4 != 0) {
            refuse(
                    RiskRule.SIZE_NOT_REPRESENTABLE,
                    "unitsE4=%d, stepE4=%d".formatted(partE4, stepE4));
            return;
        }
        approve(desk);
        boolean whole = partE4 >= Math.abs(trade.unitsE4());
        intents.close(desk, trade, whole ? 0 : partE4, 0);
    }

    private void modify(AccountDesk desk) {
        Trade trade = tradeToTouch(desk);
        if (trade == null) {
            return;
        }
        Instrument instrument = instruments.byId(trade.instrumentId());
        long stopE8 = command.stopLossE8();
        long targetE8 = command.takeProfitE8();
        if (instrument != null) {
            stopE8 = stopE8 > 0 ? Levels.stop(trade.side(), stopE8, instrument) : stopE8;
            targetE8 = targetE8 > 0 ? Levels.target(trade.side(), targetE8, instrument) : targetE8;
        }
        if (stopE8 < OrderIntent.UNCHANGED || targetE8 < OrderIntent.UNCHANGED) {
            refuse(
                    RiskRule.STOP_ON_WRONG_SIDE,
                    "stopLossE8=%d, takeProfitE8=%d".formatted(stopE8, targetE8));
            return;
        }
        approve(desk);
        intents.modify(desk, trade, stopE8, targetE8, 0);
    }

    private Trade tradeToTouch(AccountDesk desk) {
        Trade trade = desk.ledger().trade(command.ticket());
        if (trade == null) {
            refuse(RiskRule.UNKNOWN_TICKET, "ticket=" + command.ticket());
            return null;
        }
        if (desk.orders().isTradePending(trade.tradeId())) {
            refuse(RiskRule.REQUEST_PENDING, "ticket=" + command.ticket());
            return null;
        }
        return trade;
    }

    private void cancel(AccountDesk desk) {
        long orderId = command.ticket();
        PendingOrder order = desk.ledger().pendingOrder(orderId);
        Trade trade = order == null ? tradeOfStop(desk, orderId) : null;
        if (orderId <= 0 || order == null && trade == null) {
            refuse(RiskRule.UNKNOWN_TICKET, "orderId=" + orderId);
        } else if (desk.orders().isCancelPending(orderId)) {
            refuse(RiskRule.REQUEST_PENDING, "orderId=" + orderId);
        } else {
            approve(desk);
            if (order != null) {
                intents.cancel(desk, order, 0);
            } else {
                intents.cancel(desk, orderId, trade.instrumentId(), trade.instanceId(), 0);
            }
        }
    }

    private static Trade tradeOfStop(AccountDesk desk, long orderId) {
        for (Trade trade : desk.ledger().trades()) {
            if (trade.stopLossOrderId() == orderId || trade.takeProfitOrderId() == orderId) {
                return trade;
            }
        }
        return null;
    }

    private void toggle(EngineState.State state) {
        if (!states.isKnown(command.instanceId())) {
            refuse(RiskRule.INSTANCE_DISABLED, "unknown instanceId=" + command.instanceId());
            return;
        }
        for (AccountDesk desk : desks) {
            String closing = desk.stillClosing(command.instanceId());
            if (state == EngineState.State.RUNNING && !closing.isEmpty()) {
                refuse(
                        RiskRule.REQUEST_PENDING,
                        "instanceId=%d is %s".formatted(command.instanceId(), closing));
                return;
            }
        }
        approveAll();
        boolean enabled = states.isEnabled(command.instanceId());
        if (enabled != (state == EngineState.State.RUNNING)) {
            answer.add(
                    new EngineState(
                            EngineState.Scope.INSTANCE,
                            command.instanceId(),
                            state,
                            RiskRule.NONE,
                            by("")));
        }
    }

    private void halt(String what) {
        approveAll();
        for (AccountDesk desk : desks) {
            if (isMeant(desk) && !desk.isHalted()) {
                answer.add(state(desk, EngineState.State.HALTED, by(what)));
            }
        }
    }

    private void resume() {
        if (states.isDiskLow()) {
            refuse(RiskRule.DISK_LOW, "free space is still below the low-water mark");
            return;
        }
        approveAll();
        if (states.isEngineHalted()) {
            answer.add(
                    new EngineState(
                            EngineState.Scope.ENGINE,
                            0,
                            EngineState.State.RUNNING,
                            RiskRule.NONE,
                            by("resume")));
        }
        for (AccountDesk desk : desks) {
            if (isMeant(desk) && desk.isHalted()) {
                answer.add(state(desk, desk.stateUnlessHalted(), by("resume")));
            }
        }
        for (Instrument instrument : instruments.all()) {
            if (states.isReduceOnly(instrument.id())) {
                answer.add(
                        new EngineState(
                                EngineState.Scope.INSTRUMENT,
                                instrument.id(),
                                EngineState.State.RUNNING,
                                RiskRule.NONE,
                                by("resume")));
            }
        }
    }

    private boolean isMeant(AccountDesk desk) {
        return isForAll() || desk.index() == command.accountId();
    }

    private static EngineState state(AccountDesk desk, EngineState.State state, String detail) {
        return new EngineState(
                EngineState.Scope.ACCOUNT, desk.index(), state, RiskRule.NONE, detail);
    }

    private String by(String what) {
        String text = what.isEmpty() ? "by " + command.user() : what + " by " + command.user();
        return command.reason().isEmpty() ? text : text + ": " + command.reason();
    }

    private void approveAll() {
        approve(isForAll() ? desks.get(0) : desks.get(command.accountId()));
    }

    private void approve(AccountDesk desk) {
        answer.approve(desk, command.instrumentId(), command.instanceId(), moment.index, 0);
    }

    private void refuse(RiskRule rule, String detail) {
        answer.add(
                new RiskDecision(
                        false,
                        rule,
                        command.accountId(),
                        command.instrumentId(),
                        command.instanceId(),
                        moment.index,
                        0,
                        detail));
    }
}
