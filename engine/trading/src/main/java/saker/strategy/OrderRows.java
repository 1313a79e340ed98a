package saker.strategy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import saker.market.Quotes;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.position.AccountFigures;
import saker.position.Trade;
import saker.position.TradeLedger;
import saker.time.BrokerClock;

/**
 * The order array one instance sees: its own open trades, newest first; then its waiting limit and
 * stop orders, newest first, so that it can cancel them by ticket (MetaTrader's front end leaves
 * them out, the tester does not); then its closed trades, newest first. What does not fit into the
 * rows is left out, unused rows are zero. Trades without its magic number are not there at all.
 *
 * <p>A waiting order has ticket, type, entry price, lots, the time it was made, its expiry, and the
 * stop and target of the trade it would open. A closed trade has the lots it began with, the
 * profit, financing and commission of all its parts, and the stop and target it had before it
 * closed.
 *
 * <p>Rows are laid out when a broker event changed something; a tick only refreshes price and
 * profit of the open ones.
 */
final class OrderRows {
    private static final double E8 = 1e8;
    private static final long NANOS = 1_000_000_000L;

    // Fields of COrderInfo, in doubles.
    private static final int TICKET = 0;
    private static final int INSTANCE = 1;
    private static final int TYPE = 2;
    private static final int OPEN_TIME = 3;
    private static final int CLOSE_TIME = 4;
    private static final int STOP_LOSS = 5;
    private static final int TAKE_PROFIT = 6;
    private static final int EXPIRATION = 7;
    private static final int OPEN_PRICE = 8;
    private static final int CLOSE_PRICE = 9;
    private static final int LOTS = 10;
    private static final int PROFIT = 11;
    private static final int COMMISSION = 12;
    private static final int SWAP = 13;
    private static final int IS_OPEN = 14;
    static final int FIELDS = 15;

    private final CallFrame frame;
    private final Instrument instrument;
    private final long instanceId;
    private final BrokerClock clock = new BrokerClock();
    private final double[][] closed; // Ring of the newest closed trades.
    private final Trade[] open;
    private final double[] stops; // Of the open trades, as they were laid out.
    private final double[] targets;
    private final Map<Long, Double> commissions = new HashMap<>(); // By open trade; −x is a cost.
    private final List<PendingOrder> waiting = new ArrayList<>();
    private int closedCount;
    private int openCount;

    OrderRows(CallFrame frame, Instrument instrument, long instanceId) {
        this.frame = frame;
        this.instrument = instrument;
        this.instanceId = instanceId;
        this.closed = new double[frame.orderRows()][FIELDS];
        this.open = new Trade[frame.orderRows()];
        this.stops = new double[frame.orderRows()];
        this.targets = new double[frame.orderRows()];
    }

    /**
     * A fill opened, reduced or closed a trade of the instance; called before the next layout.
     *
     * @param unitsE4 of this trade in the fill
     */
    void onFilled(Trade trade, long unitsE4, BrokerEvent event) {
        double commission = commissionOf(unitsE4, event);
        if (commission != 0) {
            commissions.merge(trade.tradeId(), commission, Double::sum);
        }
    }

    /** A fill's commission is shared by units among the trades it touched. */
    private static double commissionOf(long unitsE4, BrokerEvent event) {
        if (event.commissionE8() == 0) {
            return 0;
        }
        double all = 0;
        for (TradeEffect effect : event.effects()) {
            all += Math.abs((double) effect.unitsE4());
        }
        return -event.commissionE8() / E8 * Math.abs(unitsE4) / all;
    }

    /** A trade of the instance was closed, after {@link #onFilled}. */
    void onClosed(Trade trade, TradeEffect effect, long closeTimeNs) {
        double[] row = closed[closedCount++ % closed.length];
        row[TICKET] = trade.tradeId();
        row[INSTANCE] = instanceId;
        row[TYPE] = typeOf(trade.initialUnitsE4());
        row[OPEN_TIME] = seconds(trade.openTimeNs());
        row[CLOSE_TIME] = seconds(closeTimeNs);
        int was = openRow(trade); // A stop that was hit is no longer the trade's.
        row[STOP_LOSS] = was < 0 ? trade.stopLossE8() / E8 : stops[was];
        row[TAKE_PROFIT] = was < 0 ? trade.takeProfitE8() / E8 : targets[was];
        row[OPEN_PRICE] = trade.priceE8() / E8;
        row[CLOSE_PRICE] = effect.priceE8() / E8;
        row[LOTS] = lots(trade.initialUnitsE4());
        row[PROFIT] = trade.realizedPlE8() / E8;
        Double commission = commissions.remove(trade.tradeId());
        row[COMMISSION] = commission == null ? 0 : commission;
        row[SWAP] = trade.financingE8() / E8;
        row[IS_OPEN] = 0;
    }

    private int openRow(Trade trade) {
        for (int row = 0; row < openCount; row++) {
            if (open[row] == trade) {
                return row;
            }
        }
        return -1;
    }

    /** The closed trades that are kept, oldest first; a copy. */
    List<double[]> closed() {
        List<double[]> rows = new ArrayList<>();
        for (int i = Math.max(0, closedCount - closed.length); i < closedCount; i++) {
            rows.add(closed[i % closed.length].clone());
        }
        return rows;
    }

    /** Commissions of the trades that are open, by trade id; a copy. */
    Map<Long, Double> commissions() {
        return new TreeMap<>(commissions);
    }

    /** Goes on with the trades of a snapshot; before the first of its own. */
    void restore(List<double[]> rows, Map<Long, Double> openCommissions) {
        commissions.putAll(openCommissions);
        for (double[] row : rows) {
            closed[closedCount++ % closed.length] = row.clone();
        }
    }

    /** Lays the array out anew. */
    void layOut(TradeLedger ledger) {
        frame.clearOrders();
        openCount = 0;
        int row = layOutOpen(ledger);
        row = layOutWaiting(ledger, row);
        layOutClosed(row);
    }

    private int layOutOpen(TradeLedger ledger) {
        int row = 0;
        var trades = ledger.trades();
        for (int i = trades.size() - 1; i >= 0 && row < frame.orderRows(); i--) {
            Trade trade = trades.get(i);
            if (trade.instanceId() == instanceId && trade.instrumentId() == instrument.id()) {
                open[openCount++] = trade;
                writeOpen(row++, trade);
            }
        }
        return row;
    }

    private int layOutWaiting(TradeLedger ledger, int from) {
        waiting.clear();
        for (PendingOrder order : ledger.pendingOrders()) {
            boolean own = Trade.instanceOf(order.tag()) == instanceId;
            if (own && order.instrumentId() == instrument.id() && isEntry(order.kind())) {
                waiting.add(order);
            }
        }
        int row = from;
        for (int i = waiting.size() - 1; i >= 0 && row < frame.orderRows(); i--) {
            writeWaiting(row++, waiting.get(i));
        }
        return row;
    }

    private static boolean isEntry(PendingOrder.Kind kind) {
        return kind == PendingOrder.Kind.LIMIT || kind == PendingOrder.Kind.STOP;
    }

    private void layOutClosed(int from) {
        int row = from;
        for (int i = closedCount - 1; i >= 0 && closedCount - i <= closed.length; i--) {
            if (row == frame.orderRows()) {
                return;
            }
            double[] values = closed[i % closed.length];
            for (int field = 0; field < FIELDS; field++) {
                frame.order(row, field, values[field]);
            }
            row++;
        }
    }

    /** Refreshes price and profit of the open trades. */
    void price(Quotes quotes, AccountFigures figures) {
        for (int row = 0; row < openCount; row++) {
            Trade trade = open[row];
            long closeE8 = quotes.closingPriceE8(instrument.id(), trade.unitsE4());
            frame.order(row, CLOSE_PRICE, closeE8 / E8);
            if (figures.conversion(instrument.id()).isAvailable()) {
                long profitE8 =
                        figures.profitE8(
                                instrument.id(), trade.unitsE4(), trade.priceE8(), closeE8);
                frame.order(row, PROFIT, profitE8 / E8);
            }
        }
    }

    /** One field (0 to 14) of a row, as the strategy sees it. */
    double value(int row, int field) {
        return frame.order(row, field);
    }

    /** Rows the strategy sees, used or not. */
    int count() {
        return frame.orderRows();
    }

    /** Open trades of the instance. */
    int openCount() {
        return openCount;
    }

    private void writeOpen(int row, Trade trade) {
        frame.order(row, TICKET, trade.tradeId());
        frame.order(row, INSTANCE, instanceId);
        frame.order(row, TYPE, typeOf(trade.initialUnitsE4()));
        frame.order(row, OPEN_TIME, seconds(trade.openTimeNs()));
        stops[row] = trade.stopLossE8() / E8;
        targets[row] = trade.takeProfitE8() / E8;
        frame.order(row, STOP_LOSS, stops[row]);
        frame.order(row, TAKE_PROFIT, targets[row]);
        frame.order(row, OPEN_PRICE, trade.priceE8() / E8);
        frame.order(row, LOTS, lots(trade.unitsE4()));
        frame.order(row, COMMISSION, commissions.getOrDefault(trade.tradeId(), 0.0));
        frame.order(row, SWAP, trade.financingE8() / E8);
        frame.order(row, IS_OPEN, 1);
    }

    private void writeWaiting(int row, PendingOrder order) {
        boolean buy = order.unitsE4() > 0;
        boolean limit = order.kind() == PendingOrder.Kind.LIMIT;
        frame.order(row, TICKET, order.orderId());
        frame.order(row, INSTANCE, instanceId);
        frame.order(row, TYPE, limit ? (buy ? 2 : 3) : (buy ? 4 : 5));
        frame.order(row, OPEN_TIME, seconds(order.createdNs()));
        frame.order(row, STOP_LOSS, order.stopLossE8() / E8);
        frame.order(row, TAKE_PROFIT, order.takeProfitE8() / E8);
        frame.order(row, EXPIRATION, seconds(order.expiryNs()));
        frame.order(row, OPEN_PRICE, order.priceE8() / E8);
        frame.order(row, LOTS, lots(order.unitsE4()));
        frame.order(row, IS_OPEN, 1);
    }

    private static int typeOf(long unitsE4) {
        return unitsE4 > 0 ? 0 : 1;
    }

    private double lots(long unitsE4) {
        return Math.abs(unitsE4) / ((double) FixedPoint.E4 * instrument.contractUnits());
    }

    private double seconds(long timeNs) {
        return timeNs == 0 ? 0 : Math.floorDiv(clock.toBrokerNs(timeNs), NANOS);
    }
}
