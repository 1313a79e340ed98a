package saker.core;

import static saker.model.SignalBits.CLOSE_BUY;
import static saker.model.SignalBits.CLOSE_BUY_LIMIT;
import static saker.model.SignalBits.CLOSE_BUY_STOP;
import static saker.model.SignalBits.CLOSE_SELL;
import static saker.model.SignalBits.CLOSE_SELL_LIMIT;
import static saker.model.SignalBits.CLOSE_SELL_STOP;
import static saker.model.SignalBits.OPEN_BUY;
import static saker.model.SignalBits.OPEN_BUY_LIMIT;
import static saker.model.SignalBits.OPEN_BUY_STOP;
import static saker.model.SignalBits.OPEN_SELL;
import static saker.model.SignalBits.OPEN_SELL_LIMIT;
import static saker.model.SignalBits.OPEN_SELL_STOP;
import static saker.model.SignalBits.UPDATE_BUY;
import static saker.model.SignalBits.UPDATE_BUY_LIMIT;
import static saker.model.SignalBits.UPDATE_BUY_STOP;
import static saker.model.SignalBits.UPDATE_SELL;
import static saker.model.SignalBits.UPDATE_SELL_LIMIT;
import static saker.model.SignalBits.UPDATE_SELL_STOP;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import saker.config.RiskConfig;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.OrderIntent.OrderType;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.model.Side;
import saker.model.Signal;
import saker.model.SignalBits;
import saker.position.Trade;
import saker.risk.Entry;
import saker.risk.EntryRisk;
import saker.risk.Levels;
import saker.risk.Refusal;

/**
 * Turns the rows of a signal into intents, as the existing front ends do it: closes of all rows
 * first, then updates, then entries. Each wish gets a RiskDecision, an approved one the intents
 * after it; an update of waiting orders gets one for each of them, since each is judged as the
 * entry it becomes. A row touches trades and orders of its own instance only.
 */
final class SignalRows {
    /**
     * An instance and where it trades.
     *
     * @param maxOpenOrders trades and entries under way it may have at a time
     * @param meansLots whether the lots of a CLOSE or UPDATE row say how much to close, or what the
     *     waiting order is to have; the existing framework's strategies leave anything there and
     *     mean the whole trade, and the size it has
     */
    record Instance(
            long id,
            AccountDesk desk,
            Instrument instrument,
            int maxOpenOrders,
            boolean meansLots) {}

    private final Map<Long, Instance> instances;
    private final EntryRisk risk;
    private final Moment moment;
    private final Answer answer;
    private final Intents intents;
    private final WishedEntries wished;

    // The signal in hand.
    private Signal signal;
    private Instance instance;
    private int rowNumber;

    SignalRows(
            Map<Long, Instance> instances,
            EntryRisk risk,
            RiskConfig config,
            Moment moment,
            Answer answer,
            Intents intents) {
        this.instances = instances;
        this.risk = risk;
        this.moment = moment;
        this.answer = answer;
        this.intents = intents;
        this.wished = new WishedEntries(config, moment);
    }

    void onSignal(Signal signal) {
        this.signal = signal;
        this.instance = instances.get(signal.instanceId());
        this.rowNumber = 0;
        if (instance == null) {
            refuse(RiskRule.INSTANCE_DISABLED, "unknown instanceId=" + signal.instanceId());
        } else if (instance.instrument.id() != signal.instrumentId()) {
            refuse(
                    RiskRule.UNKNOWN_INSTRUMENT,
                    "instrumentId=%d, the instance trades %s"
                            .formatted(signal.instrumentId(), instance.instrument.symbol()));
        } else if (signal.discarded()) {
            approve("discarded: the worker only caught up");
        } else if (signal.returnCode() != 0) {
            refuse(RiskRule.STRATEGY_ERROR, "returnCode=" + signal.returnCode());
        } else {
            eachRow(this::closes);
            eachRow(this::updates);
            eachRow(this::entries);
            rowNumber = 0;
            if (answer.size() == 0) {
                approve("no wish");
            }
        }
    }

    /** Index of the account a signal belongs to, −1 for an unknown instance. */
    int accountOf(Signal signal) {
        Instance owner = instances.get(signal.instanceId());
        return owner == null ? -1 : owner.desk.index();
    }

    private void eachRow(Consumer<Signal.Row> step) {
        for (rowNumber = 0; rowNumber < signal.rows().size(); rowNumber++) {
            step.accept(signal.rows().get(rowNumber));
        }
    }

    // --- Closes.

    private void closes(Signal.Row row) {
        if ((row.bits() & ~SignalBits.ALL) != 0) {
            refuse(RiskRule.UNSUPPORTED_SIGNAL, "bits=0x" + Integer.toHexString(row.bits()));
            return;
        }
        if (has(row, CLOSE_BUY)) {
            close(row, Side.BUY);
        }
        if (has(row, CLOSE_SELL)) {
            close(row, Side.SELL);
        }
        if (has(row, CLOSE_BUY_LIMIT)) {
            cancel(row, Side.BUY, PendingOrder.Kind.LIMIT);
        }
        if (has(row, CLOSE_BUY_STOP)) {
            cancel(row, Side.BUY, PendingOrder.Kind.STOP);
        }
        if (has(row, CLOSE_SELL_LIMIT)) {
            cancel(row, Side.SELL, PendingOrder.Kind.LIMIT);
        }
        if (has(row, CLOSE_SELL_STOP)) {
            cancel(row, Side.SELL, PendingOrder.Kind.STOP);
        }
    }

    private void close(Signal.Row row, Side side) {
        if (isPart(row) && isBehindItsFills()) {
            refuse(RiskRule.REQUEST_PENDING, behindItsFills()); // Its part may be closed already.
            return;
        }
        if (isPart(row) && isBelowMinimum(row)) {
            refuse(
                    RiskRule.SIZE_BELOW_MINIMUM,
                    "lots=%s, minimumUnits=%s, the trade stays as it is"
                            .formatted(
                                    FixedPoint.format(row.lotsE8(), 8),
                                    FixedPoint.format(instance.instrument.minimumUnitsE4(), 4)));
            return;
        }
        List<Trade> trades = trades(row, side);
        if (trades != null) {
            for (Trade trade : trades) {
                intents.close(instance.desk, trade, unitsToCloseE4(row, trade), rowNumber);
            }
        }
    }

    /** Whether the row says nothing but to close some lots of one trade; 0 lots are all. */
    private boolean isPart(Signal.Row row) {
        boolean closesOnly = row.bits() == CLOSE_BUY || row.bits() == CLOSE_SELL;
        return instance.meansLots
                && closesOnly
                && row.ticket() != Signal.ALL_TICKETS
                && row.lotsE8() != 0;
    }

    /**
     * Whether the broker has no order as small as the part. Then nothing is closed: what is left of
     * the wish is less than its smallest order, while closing the trade would undo a position that
     * the strategy means to keep.
     */
    private boolean isBelowMinimum(Signal.Row row) {
        Trade trade = instance.desk.ledger().trade(row.ticket());
        long unitsE4 = Levels.unitsE4(row.lotsE8(), instance.instrument);
        return trade != null
                && trade.instanceId() == instance.id
                && unitsE4 != FixedPoint.OVERFLOW
                && unitsE4 < instance.instrument.minimumUnitsE4()
                && unitsE4 < Math.abs(trade.unitsE4());
    }

    /** Unsigned units of the trade to close, 0 for all: a part if it holds more than that. */
    private long unitsToCloseE4(Signal.Row row, Trade trade) {
        long unitsE4 = isPart(row) ? Levels.unitsE4(row.lotsE8(), instance.instrument) : 0;
        return unitsE4 > 0 && unitsE4 < Math.abs(trade.unitsE4()) ? unitsE4 : 0;
    }

    private void cancel(Signal.Row row, Side side, PendingOrder.Kind kind) {
        Found<PendingOrder> found = waiting(row, side, kind);
        if (decideOnFound(row, found)) {
            found.free.forEach(order -> intents.cancel(instance.desk, order, rowNumber));
        }
    }

    // --- Updates.

    private void updates(Signal.Row row) {
        if ((row.bits() & ~SignalBits.ALL) != 0) {
            return;
        }
        if (has(row, UPDATE_BUY)) {
            update(row, Side.BUY);
        }
        if (has(row, UPDATE_SELL)) {
            update(row, Side.SELL);
        }
        if (has(row, UPDATE_BUY_LIMIT)) {
            update(row, Side.BUY, OrderType.LIMIT);
        }
        if (has(row, UPDATE_BUY_STOP)) {
            update(row, Side.BUY, OrderType.STOP);
        }
        if (has(row, UPDATE_SELL_LIMIT)) {
            update(row, Side.SELL, OrderType.LIMIT);
        }
        if (has(row, UPDATE_SELL_STOP)) {
            update(row, Side.SELL, OrderType.STOP);
        }
    }

    private void update(Signal.Row row, Side side) {
        long fromE8 = side == Side.BUY ? signal.askE8() : signal.bidE8();
        long stopE8 = WishedEntries.stop(row, side, fromE8, instance.instrument);
        long targetE8 = WishedEntries.target(row, side, fromE8, instance.instrument);
        if (stopE8 == Levels.INVALID || targetE8 == Levels.INVALID) {
            refuse(
                    RiskRule.STOP_ON_WRONG_SIDE,
                    "stopDistanceE8=%d, targetDistanceE8=%d, fromE8=%d"
                            .formatted(row.stopDistanceE8(), row.targetDistanceE8(), fromE8));
            return;
        }
        List<Trade> trades = trades(row, side);
        if (trades != null) {
            for (Trade trade : trades) {
                if (trade.stopLossE8() != stopE8 || trade.takeProfitE8() != targetE8) {
                    intents.modify(instance.desk, trade, stopE8, targetE8, rowNumber);
                }
            }
        }
    }

    private void update(Signal.Row row, Side side, OrderType type) {
        Found<PendingOrder> found = waiting(row, side, kindOf(type));
        if (found.free.isEmpty()) {
            decideOnFound(row, found);
        }
        for (PendingOrder order : found.free) {
            replace(order, wished.replacing(order, signal, instance, row, side, type));
        }
    }

    private void replace(PendingOrder order, Entry entry) {
        if (isAsItWaits(entry, order)) {
            approve("order=%d is so already".formatted(order.orderId()));
            return;
        }
        Refusal refusal = check(entry);
        if (refusal != null) {
            refuse(refusal.rule(), "order=%d, %s".formatted(order.orderId(), refusal.detail()));
            return;
        }
        approve("");
        intents.replace(instance.desk, order.orderId(), entry, rowNumber);
    }

    private static boolean isAsItWaits(Entry entry, PendingOrder order) {
        return entry.unitsE4() == Math.abs(order.unitsE4())
                && entry.priceE8() == order.priceE8()
                && entry.stopLossE8() == order.stopLossE8()
                && entry.takeProfitE8() == order.takeProfitE8()
                && entry.expiryNs() == order.expiryNs();
    }

    // --- Entries.

    private void entries(Signal.Row row) {
        if ((row.bits() & ~SignalBits.ALL) != 0) {
            return;
        }
        if (has(row, OPEN_BUY)) {
            open(row, Side.BUY, OrderType.MARKET);
        }
        if (has(row, OPEN_SELL)) {
            open(row, Side.SELL, OrderType.MARKET);
        }
        if (has(row, OPEN_BUY_LIMIT)) {
            open(row, Side.BUY, OrderType.LIMIT);
        }
        if (has(row, OPEN_SELL_LIMIT)) {
            open(row, Side.SELL, OrderType.LIMIT);
        }
        if (has(row, OPEN_BUY_STOP)) {
            open(row, Side.BUY, OrderType.STOP);
        }
        if (has(row, OPEN_SELL_STOP)) {
            open(row, Side.SELL, OrderType.STOP);
        }
    }

    private void open(Signal.Row row, Side side, OrderType type) {
        Entry entry = wished.opening(signal, instance, row, side, type);
        Refusal refusal = check(entry);
        if (refusal == null) {
            refusal = InstanceEntries.check(instance, moment.index);
        }
        if (refusal != null) {
            refuse(refusal.rule(), refusal.detail());
            return;
        }
        approve("");
        boolean market = type == OrderType.MARKET;
        long priceE8 = market ? wished.boundE8(entry) : entry.priceE8();
        intents.open(instance.desk, entry, priceE8, rowNumber);
    }

    private Refusal check(Entry entry) {
        Refusal refusal = wished.check(entry, instance.desk.quotes());
        if (refusal == null && isBehindItsFills()) {
            refusal = new Refusal(RiskRule.REQUEST_PENDING, behindItsFills());
        }
        return refusal == null ? risk.check(entry, instance.desk) : refusal;
    }

    // --- What the rows are about.

    /**
     * What a row names.
     *
     * @param free without a request under way
     * @param underWay whether there are others
     */
    private record Found<T>(List<T> free, boolean underWay) {}

    /** The row's trades without a request under way, after the decision; null if refused. */
    private List<Trade> trades(Signal.Row row, Side side) {
        List<Trade> free = new ArrayList<>();
        boolean underWay = false;
        for (Trade trade : instance.desk.ledger().trades()) {
            if (trade.instanceId() == instance.id
                    && trade.instrumentId() == signal.instrumentId()
                    && trade.side() == side
                    && isMeant(row, trade.tradeId())) {
                boolean pending = instance.desk.orders().isTradePending(trade.tradeId());
                underWay |= pending;
                if (!pending) {
                    free.add(trade);
                }
            }
        }
        return decideOnFound(row, new Found<>(free, underWay)) ? free : null;
    }

    private Found<PendingOrder> waiting(Signal.Row row, Side side, PendingOrder.Kind kind) {
        List<PendingOrder> free = new ArrayList<>();
        boolean underWay = false;
        for (PendingOrder order : instance.desk.ledger().pendingOrders()) {
            if (order.kind() == kind
                    && order.instrumentId() == signal.instrumentId()
                    && Side.ofUnits(order.unitsE4()) == side
                    && Trade.instanceOf(order.tag()) == instance.id
                    && isMeant(row, order.orderId())) {
                boolean pending = instance.desk.orders().isOrderPending(order.orderId());
                underWay |= pending;
                if (!pending) {
                    free.add(order);
                }
            }
        }
        return new Found<>(free, underWay);
    }

    private static PendingOrder.Kind kindOf(OrderType type) {
        return type == OrderType.LIMIT ? PendingOrder.Kind.LIMIT : PendingOrder.Kind.STOP;
    }

    private boolean isBehindItsFills() {
        return instance.desk.isBehindItsFills(instance.id, moment.cause);
    }

    private String behindItsFills() {
        return "made before the latest fill was seen: cause=%d".formatted(moment.cause);
    }

    private boolean decideOnFound(Signal.Row row, Found<?> found) {
        boolean none = found.free.isEmpty();
        if (none && found.underWay) {
            refuse(RiskRule.REQUEST_PENDING, "ticket=" + row.ticket());
            return false;
        }
        if (none && row.ticket() != Signal.ALL_TICKETS) {
            refuse(
                    RiskRule.UNKNOWN_TICKET,
                    "ticket=%d, instanceId=%d".formatted(row.ticket(), instance.id));
            return false;
        }
        approve(none ? "nothing there" : "");
        return true;
    }

    private static boolean isMeant(Signal.Row row, long ticket) {
        return row.ticket() == Signal.ALL_TICKETS || row.ticket() == ticket;
    }

    private static boolean has(Signal.Row row, int bits) {
        return (row.bits() & bits) != 0;
    }

    private void approve(String detail) {
        answer.approve(
                instance.desk,
                signal.instrumentId(),
                signal.instanceId(),
                moment.index,
                rowNumber,
                detail);
    }

    private void refuse(RiskRule rule, String detail) {
        answer.add(
                new RiskDecision(
                        false,
                        rule,
                        instance == null ? -1 : instance.desk.index(),
                        signal.instrumentId(),
                        signal.instanceId(),
                        moment.index,
                        rowNumber,
                        detail));
    }
}
