package saker.position;

import java.util.List;
import saker.market.Conversion;
import saker.market.Instruments;
import saker.market.Quotes;
import saker.model.FixedPoint;
import saker.model.FixedPoint.Rounding;
import saker.model.Instrument;

/**
 * Equity, unrealised profit and margin of one account at the latest quotes, E8 in account currency.
 * Computed when asked ({@link #compute}), not per tick; allocates nothing. One thread.
 *
 * <ul>
 *   <li>Profit of a trade: units × (closing price − entry price) in quote currency, rounded half up
 *       to E8, then {@link Conversion#convert}.
 *   <li>Equity = balance + unrealised profit.
 *   <li>Margin used: per instrument the larger of its long and short units × mid price × margin
 *       rate, converted at mid.
 *   <li>Margin available = max(0, equity − margin used).
 * </ul>
 */
public final class AccountFigures {
    private static final long TWO_E4 = 2 * FixedPoint.E4;

    /** Whether the figures can be relied on. */
    public enum Outcome {
        OK,
        /** An instrument with an open trade has no quote yet. */
        NO_QUOTE,
        /** A quote currency cannot be converted at present. */
        NO_CONVERSION_RATE,
        /** A figure does not fit its 64 bits. */
        OVERFLOW
    }

    private final String currency;
    private final Instruments instruments;
    private final Quotes quotes;
    private final Conversion[] byInstrument = new Conversion[Instrument.MAX_INSTRUMENTS];

    private Outcome outcome = Outcome.OK;
    private long balanceE8;
    private long unrealizedPlE8;
    private long equityE8;
    private long marginUsedE8;

    public AccountFigures(String currency, Instruments instruments, Quotes quotes) {
        this.currency = currency;
        this.instruments = instruments;
        this.quotes = quotes;
        for (Instrument instrument : instruments.all()) {
            byInstrument[instrument.id()] =
                    Conversion.between(instrument.quoteCurrency(), currency, instruments, quotes);
        }
    }

    /** Computes everything anew. With any outcome but OK the figures are 0, except the balance. */
    public Outcome compute(TradeLedger ledger) {
        balanceE8 = ledger.balanceE8();
        unrealizedPlE8 = 0;
        marginUsedE8 = 0;
        outcome = Outcome.OK;
        List<Trade> trades = ledger.trades();
        for (int i = 0; i < trades.size() && outcome == Outcome.OK; i++) {
            addTrade(trades.get(i));
        }
        for (int i = 0; i < trades.size() && outcome == Outcome.OK; i++) {
            int instrumentId = trades.get(i).instrumentId();
            if (isFirstOf(trades, i)) {
                addMargin(instrumentId, ledger);
            }
        }
        equityE8 = FixedPoint.add(balanceE8, unrealizedPlE8);
        if (outcome == Outcome.OK && equityE8 == FixedPoint.OVERFLOW) {
            outcome = Outcome.OVERFLOW;
        }
        if (outcome != Outcome.OK) {
            unrealizedPlE8 = 0;
            marginUsedE8 = 0;
            equityE8 = 0;
        }
        return outcome;
    }

    /**
     * Profit of units opened at one price and closed at another, in account currency at the present
     * conversion.
     *
     * @param unitsE4 signed
     * @return the profit, or {@link FixedPoint#OVERFLOW}
     * @throws IllegalStateException if {@link #conversion} is not available
     */
    public long profitE8(int instrumentId, long unitsE4, long openE8, long closeE8) {
        long inQuoteE8 =
                FixedPoint.mulDiv(
                        unitsE4,
                        FixedPoint.subtract(closeE8, openE8),
                        FixedPoint.E4,
                        Rounding.HALF_UP);
        return inQuoteE8 == FixedPoint.OVERFLOW
                ? FixedPoint.OVERFLOW
                : byInstrument[instrumentId].convert(inQuoteE8);
    }

    /**
     * Margin of unsigned units of an instrument at the latest quote.
     *
     * @return the margin, or {@link FixedPoint#OVERFLOW}
     * @throws IllegalStateException if {@link #conversion} is not available
     */
    public long marginE8(int instrumentId, long unitsE4) {
        Instrument instrument = instruments.byId(instrumentId);
        long sumE8 = FixedPoint.add(quotes.bidE8(instrumentId), quotes.askE8(instrumentId));
        long valueE8 = FixedPoint.mulDiv(unitsE4, sumE8, TWO_E4, Rounding.HALF_UP);
        long inQuoteE8 =
                FixedPoint.mulDiv(
                        valueE8, instrument.marginRateE14(), FixedPoint.E14, Rounding.CEILING);
        return inQuoteE8 == FixedPoint.OVERFLOW
                ? FixedPoint.OVERFLOW
                : byInstrument[instrumentId].atMid(inQuoteE8);
    }

    /** From the instrument's quote currency to the account's; null for an unknown instrument. */
    public Conversion conversion(int instrumentId) {
        return instrumentId >= 0 ? byInstrument[instrumentId] : null;
    }

    public Outcome outcome() {
        return outcome;
    }

    public String currency() {
        return currency;
    }

    public long balanceE8() {
        return balanceE8;
    }

    public long unrealizedPlE8() {
        return unrealizedPlE8;
    }

    public long equityE8() {
        return equityE8;
    }

    public long marginUsedE8() {
        return marginUsedE8;
    }

    public long marginAvailableE8() {
        return Math.max(0, equityE8 - marginUsedE8);
    }

    private void addTrade(Trade trade) {
        int id = trade.instrumentId();
        if (!isPriced(id)) {
            return;
        }
        long closeE8 = quotes.closingPriceE8(id, trade.unitsE4());
        long profitE8 = profitE8(id, trade.unitsE4(), trade.priceE8(), closeE8);
        unrealizedPlE8 = FixedPoint.add(unrealizedPlE8, profitE8);
        if (unrealizedPlE8 == FixedPoint.OVERFLOW) {
            outcome = Outcome.OVERFLOW;
        }
    }

    private boolean isPriced(int instrumentId) {
        if (instrumentId < 0 || !quotes.has(instrumentId)) {
            outcome = Outcome.NO_QUOTE;
            return false;
        }
        if (byInstrument[instrumentId] == null || !byInstrument[instrumentId].isAvailable()) {
            outcome = Outcome.NO_CONVERSION_RATE;
            return false;
        }
        return true;
    }

    private void addMargin(int instrumentId, TradeLedger ledger) {
        long unitsE4 =
                Math.max(ledger.longUnitsE4(instrumentId), ledger.shortUnitsE4(instrumentId));
        marginUsedE8 = FixedPoint.add(marginUsedE8, marginE8(instrumentId, unitsE4));
        if (marginUsedE8 == FixedPoint.OVERFLOW) {
            outcome = Outcome.OVERFLOW;
        }
    }

    private static boolean isFirstOf(List<Trade> trades, int i) {
        for (int k = 0; k < i; k++) {
            if (trades.get(k).instrumentId() == trades.get(i).instrumentId()) {
                return false;
            }
        }
        return true;
    }
}
