package saker.strategy;

import java.util.ArrayList;
import java.util.List;
import saker.market.Quotes;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.position.AccountFigures;
import saker.position.Trade;
import saker.position.TradeLedger;
import saker.time.BrokerClock;

/**
 * The order array one instance sees: its own open trades and waiting orders, newest first, then its
 * closed trades, newest first. Rows are laid out when a broker event changed something; a tick only
 * refreshes price and profit of the open ones.
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
    private static final int OPEN_PRICE = 8;
    private static final int CLOSE_PRICE = 9;
    private static final int LOTS = 10;
    private static final int PROFIT = 11;
    private static final int SWAP = 13;
    private static final int IS_OPEN = 14;
    static final int FIELDS = 15;

    private final CallFrame frame;
    private final Instrument instrument;
    private final long instanceId;
    private final BrokerClock clock = new BrokerClock();
    private final double[][] closed; // Ring of the newest closed trades.
    private final Trade[] open;
    private int closedCount;
    private int openCount;

    OrderRows(CallFrame frame, Instrument instrument, long instanceId) {
        this.frame = frame;
        this.instrument = instrument;
        this.instanceId = instanceId;
        this.closed = new double[frame.orderRows()][FIELDS];
        this.open = new Trade[frame.orderRows()];
    }

    /** A trade of the instance was closed. */
    void onClosed(Trade trade, TradeEffect effect, long closeTimeNs) {
        double[] row = closed[closedCount++ % closed.length];
        row[TICKET] = trade.tradeId();
        row[INSTANCE] = instanceId;
        row[TYPE] = typeOf(trade.initialUnitsE4());
        row[OPEN_TIME] = seconds(trade.openTimeNs());
        row[CLOSE_TIME] = seconds(closeTimeNs);
        row[STOP_LOSS] = trade.stopLossE8() / E8;
        row[TAKE_PROFIT] = trade.takeProfitE8() / E8;
        row[OPEN_PRICE] = trade.priceE8() / E8;
        row[CLOSE_PRICE] = effect.priceE8() / E8;
        row[LOTS] = lots(trade.initialUnitsE4());
        row[PROFIT] = trade.realizedPlE8() / E8;
        row[SWAP] = trade.financingE8() / E8;
        row[IS_OPEN] = 0;
    }

    /** The closed trades that are kept, oldest first; a copy. */
    List<double[]> closed() {
        List<double[]> rows = new ArrayList<>();
        for (int i = Math.max(0, closedCount - closed.length); i < closedCount; i++) {
            rows.add(closed[i % closed.length].clone());
        }
        return rows;
    }

    /** Goes on with the closed trades of a snapshot; before the first of its own. */
    void restore(List<double[]> rows) {
        for (double[] row : rows) {
            closed[closedCount++ % closed.length] = row.clone();
        }
    }

    /** Lays the array out anew. */
    void layOut(TradeLedger ledger) {
        frame.clearOrders();
        openCount = 0;
        int row = 0;
        var trades = ledger.trades();
        for (int i = trades.size() - 1; i >= 0 && row < frame.orderRows(); i--) {
            Trade trade = trades.get(i);
            if (trade.instanceId() == instanceId && trade.instrumentId() == instrument.id()) {
                open[openCount++] = trade;
                writeOpen(row++, trade);
            }
        }
        for (PendingOrder order : ledger.pendingOrders()) {
            if (row < frame.orderRows()
                    && order.instrumentId() == instrument.id()
                    && Trade.instanceOf(order.tag()) == instanceId) {
                writePending(row++, order);
            }
        }
        for (int i = closedCount - 1; i >= 0 && closedCount - i <= closed.length; i--) {
            if (row == frame.orderRows()) {
                break;
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

    /** Open trades of the instance. */
    int openCount() {
        return openCount;
    }

    private void writeOpen(int row, Trade trade) {
        frame.order(row, TICKET, trade.tradeId());
        frame.order(row, INSTANCE, instanceId);
        frame.order(row, TYPE, typeOf(trade.initialUnitsE4()));
        frame.order(row, OPEN_TIME, seconds(trade.openTimeNs()));
        frame.order(row, STOP_LOSS, trade.stopLossE8() / E8);
        frame.order(row, TAKE_PROFIT, trade.takeProfitE8() / E8);
        frame.order(row, OPEN_PRICE, trade.priceE8() / E8);
        frame.order(row, LOTS, lots(trade.unitsE4()));
        frame.order(row, SWAP, trade.financingE8() / E8);
        frame.order(row, IS_OPEN, 1);
    }

    private void writePending(int row, PendingOrder order) {
        boolean buy = order.unitsE4() > 0;
        boolean limit = order.kind() == PendingOrder.Kind.LIMIT;
        frame.order(row, TICKET, order.orderId());
        frame.order(row, INSTANCE, instanceId);
        frame.order(row, TYPE, limit ? (buy ? 2 : 3) : (buy ? 4 : 5));
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
