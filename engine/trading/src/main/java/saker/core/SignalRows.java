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
 * after it. A row touches trades and orders of its own instance only.
 */
final class SignalRows {
    private static final long NS_PER_MS = 1_000_000L;
    private static final int UPDATES_OF_PENDING =
            UPDATE_BUY_LIMIT | UPDATE_BUY_STOP | UPDATE_SELL_LIMIT | UPDATE_SELL_STOP;

    /**
     * An instance and where it trades.
     *
     * @param maxOpenOrders trades and entries under way it may have at a time
     * @param closesParts whether the lots of a CLOSE row say how much to close; the existing
     *     framework's strategies leave anything there and mean the whole trade
     */
    record Instance(
            long id,
            AccountDesk desk,
            Instrument instrument,
            int maxOpenOrders,
            boolean closesParts) {}

    private final Map<Long, Instance> instances;
    private final EntryRisk risk;
    private final RiskConfig config;
    private final Moment moment;
    private final Answer answer;
    private final Intents intents;

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
        this.config = config;
        this.moment = moment;
        this.answer = answer;
        this.intents = intents;
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

    /** The account an instance trades on, null for an unknown instance. */
    AccountDesk deskOf(long instanceId) {
        Instance owner = instances.get(instanceId);
        return owner == null ? null : owner.desk;
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
        List<Trade> trades = trades(row, side);
        if (trades != null) {
            for (Trade trade : trades) {
                intents.close(instance.desk, trade, unitsToCloseE4(row, trade), rowNumber);
            }
        }
    }

    /** Whether the row says nothing but to close some lots of one trade. */
    private boolean isPart(Signal.Row row) {
        boolean closesOnly = row.bits() == CLOSE_BUY || row.bits() == CLOSE_SELL;
        return instance.closesParts && closesOnly && row.ticket() != Signal.ALL_TICKETS;
    }

    /**
     * Unsigned units of the trade to close, 0 for all: a part where the row says nothing else,
     * names the trade, and asks for less than it holds but no less than the broker's smallest
     * order.
     */
    private long unitsToCloseE4(Signal.Row row, Trade trade) {
        boolean closesOnly = row.bits() == CLOSE_BUY || row.bits() == CLOSE_SELL;
        if (!instance.closesParts || !closesOnly || row.ticket() == Signal.ALL_TICKETS) {
            return 0;
        }
        long unitsE4 = Levels.unitsE4(row.lotsE8(), instance.instrument);
        boolean isPart =
                unitsE4 >= instance.instrument.minimumUnitsE4()
                        && unitsE4 < Math.abs(trade.unitsE4());
        return isPart ? unitsE4 : 0;
    }

    private void cancel(Signal.Row row, Side side, PendingOrder.Kind kind) {
        List<PendingOrder> found = new ArrayList<>();
        boolean underWay = false;
        for (PendingOrder order : instance.desk.ledger().pendingOrders()) {
            if (order.kind() == kind
                    && order.instrumentId() == signal.instrumentId()
                    && Side.ofUnits(order.unitsE4()) == side
                    && Trade.instanceOf(order.tag()) == instance.id
                    && isMeant(row, order.orderId())) {
                boolean pending = instance.desk.orders().isCancelPending(order.orderId());
                underWay |= pending;
                if (!pending) {
                    found.add(order);
                }
            }
        }
        if (decideOnFound(row, found.size(), underWay)) {
            found.forEach(order -> intents.cancel(instance.desk, order, rowNumber));
        }
    }

    // --- Updates.

    private void updates(Signal.Row row) {
        if ((row.bits() & ~SignalBits.ALL) != 0) {
            return;
        }
        if (has(row, UPDATES_OF_PENDING)) {
            refuse(RiskRule.UNSUPPORTED_SIGNAL, "waiting orders are cancelled, not updated");
        }
        if (has(row, UPDATE_BUY)) {
            update(row, Side.BUY);
        }
        if (has(row, UPDATE_SELL)) {
            update(row, Side.SELL);
        }
    }

    private void update(Signal.Row row, Side side) {
        long fromE8 = side == Side.BUY ? signal.askE8() : signal.bidE8();
        long stopE8 = stopOf(row, side, fromE8);
        long targetE8 = targetOf(row, side, fromE8);
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
        boolean market = type == OrderType.MARKET;
        if (!market && (row.expirySeconds() != 0 || row.entryPriceE8() == 0)) {
            refuse(
                    RiskRule.UNSUPPORTED_SIGNAL,
                    "type=%s, entryPriceE8=%d, expirySeconds=%d"
                            .formatted(type, row.entryPriceE8(), row.expirySeconds()));
            return;
        }
        Entry entry = entryOf(row, side, type);
        Refusal refusal =
                isBehindItsFills()
                        ? new Refusal(RiskRule.REQUEST_PENDING, behindItsFills())
                        : risk.check(entry, instance.desk);
        if (refusal == null) {
            refusal = InstanceEntries.check(instance, moment.index);
        }
        if (refusal != null) {
            refuse(refusal.rule(), refusal.detail());
            return;
        }
        approve("");
        intents.open(instance.desk, entry, market ? bound(entry) : entry.priceE8(), rowNumber);
    }

    private Entry entryOf(Signal.Row row, Side side, OrderType type) {
        Instrument instrument = instance.instrument;
        long fromE8 =
                type != OrderType.MARKET
                        ? Levels.price(row.entryPriceE8(), instrument)
                        : side == Side.BUY ? signal.askE8() : signal.bidE8();
        return new Entry(
                instrument,
                instance.id,
                side,
                type,
                Levels.unitsE4(row.lotsE8(), instrument),
                type == OrderType.MARKET ? 0 : fromE8,
                stopOf(row, side, fromE8),
                targetOf(row, side, fromE8),
                signal.bidE8(),
                signal.askE8(),
                expiresNs());
    }

    /**
     * The time to live runs from the record. A worker that caught up after a restart may have made
     * the signal long before that: what the market's own clock says went by in between counts too.
     */
    private long expiresNs() {
        long ttlNs = config.signalTtlMs() * NS_PER_MS;
        long quoteNs = instance.desk.quotes().marketTimeNs(instance.instrument.id());
        long lateNs = (long) ((quoteNs - moment.marketNs) / instance.desk.marketRate());
        return moment.recordNs + (lateNs > ttlNs ? ttlNs - lateNs : ttlNs);
    }

    private long bound(Entry entry) {
        long fromE8 = entry.side() == Side.BUY ? signal.askE8() : signal.bidE8();
        long deviationE8 =
                FixedPoint.fromDouble(config.maxDeviationPips(), instance.instrument.pipE8());
        return Math.max(0, Levels.bound(entry.side(), fromE8, deviationE8, instance.instrument));
    }

    private long stopOf(Signal.Row row, Side side, long fromE8) {
        long distanceE8 = row.stopDistanceE8();
        return distanceE8 == 0 ? 0 : Levels.stopAt(side, fromE8, distanceE8, instance.instrument);
    }

    private long targetOf(Signal.Row row, Side side, long fromE8) {
        long distanceE8 = row.targetDistanceE8();
        return distanceE8 == 0 ? 0 : Levels.targetAt(side, fromE8, distanceE8, instance.instrument);
    }

    // --- What the rows are about.

    /** The row's trades without a request under way, after the decision; null if refused. */
    private List<Trade> trades(Signal.Row row, Side side) {
        List<Trade> found = new ArrayList<>();
        boolean underWay = false;
        for (Trade trade : instance.desk.ledger().trades()) {
            if (trade.instanceId() == instance.id
                    && trade.instrumentId() == signal.instrumentId()
                    && trade.side() == side
                    && isMeant(row, trade.tradeId())) {
                boolean pending = instance.desk.orders().isTradePending(trade.tradeId());
                underWay |= pending;
                if (!pending) {
                    found.add(trade);
                }
            }
        }
        return decideOnFound(row, found.size(), underWay) ? found : null;
    }

    private boolean isBehindItsFills() {
        return instance.desk.isBehindItsFills(instance.id, moment.cause);
    }

    private String behindItsFills() {
        return "made before the latest fill was seen: cause=%d".formatted(moment.cause);
    }

    private boolean decideOnFound(Signal.Row row, int found, boolean underWay) {
        if (found == 0 && underWay) {
            refuse(RiskRule.REQUEST_PENDING, "ticket=" + row.ticket());
            return false;
        }
        if (found == 0 && row.ticket() != Signal.ALL_TICKETS) {
            refuse(
                    RiskRule.UNKNOWN_TICKET,
                    "ticket=%d, instanceId=%d".formatted(row.ticket(), instance.id));
            return false;
        }
        approve(found == 0 ? "nothing there" : "");
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
