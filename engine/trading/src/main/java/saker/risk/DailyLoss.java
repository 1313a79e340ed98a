package saker.risk;

import saker.model.FixedPoint;
import saker.model.FixedPoint.Rounding;
import saker.time.TradingDay;

/**
 * The loss of the trading day, 17:00 to 17:00 New York, against the equity it opened with. Deposits
 * and withdrawals are no loss. Market time; one thread.
 */
public final class DailyLoss {
    private static final long UNKNOWN = FixedPoint.OVERFLOW;

    private final boolean limited;
    private final long limitPctE8;

    private long dayEndNs = Long.MIN_VALUE;
    private long openingEquityE8 = UNKNOWN;

    /**
     * @param limitPct of the opening equity; null is off
     */
    public DailyLoss(Double limitPct) {
        limited = limitPct != null;
        limitPctE8 = limited ? FixedPoint.fromDouble(limitPct, FixedPoint.E8) : 0;
    }

    public boolean isLimited() {
        return limited;
    }

    /** Whether a new day begins at this time: then {@link #open} is due. */
    public boolean isOver(long marketTimeNs) {
        return marketTimeNs >= dayEndNs || openingEquityE8 == UNKNOWN;
    }

    /** Begins the day of this time with this equity. */
    public void open(long marketTimeNs, long equityE8) {
        dayEndNs = TradingDay.nextRolloverNs(marketTimeNs);
        openingEquityE8 = equityE8;
    }

    /** Money came in (positive) or went out. */
    public void onFunds(long amountE8) {
        if (openingEquityE8 != UNKNOWN) {
            openingEquityE8 = FixedPoint.add(openingEquityE8, amountE8);
        }
    }

    /** For a snapshot. */
    public DailyLossState state() {
        return new DailyLossState(dayEndNs, openingEquityE8);
    }

    /** Goes on from a snapshot. */
    public void restore(DailyLossState state) {
        dayEndNs = state.dayEndNs();
        openingEquityE8 = state.openingEquityE8();
    }

    /** 0 before the first day is open. */
    public long openingEquityE8() {
        return openingEquityE8 == UNKNOWN ? 0 : openingEquityE8;
    }

    /** Profit of the day so far; 0 before the first day is open. */
    public long profitE8(long equityE8) {
        return openingEquityE8 == UNKNOWN ? 0 : FixedPoint.subtract(equityE8, openingEquityE8);
    }

    /** Null, or the figures of a loss at or beyond the limit. */
    public String reached(long equityE8) {
        if (!limited || openingEquityE8 == UNKNOWN) {
            return null;
        }
        long lossE8 = FixedPoint.subtract(openingEquityE8, equityE8);
        long limitE8 =
                FixedPoint.mulDiv(openingEquityE8, limitPctE8, 100 * FixedPoint.E8, Rounding.DOWN);
        if (lossE8 < limitE8) {
            return null;
        }
        return "loss=%s, limit=%s, openingEquity=%s"
                .formatted(money(lossE8), money(limitE8), money(openingEquityE8));
    }

    private static String money(long amountE8) {
        return amountE8 == FixedPoint.OVERFLOW ? "overflow" : FixedPoint.format(amountE8, 8, 2);
    }
}
