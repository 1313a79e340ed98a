package saker.model;

/**
 * What the broker says of one tradable instrument.
 *
 * @param id small index of this engine, 0 to 255, stable within a journal
 * @param symbol as traders and the framework write it: {@code EURUSD}
 * @param brokerName as the broker writes it: {@code EUR_USD}
 * @param displayDigits decimals of a price, 0 to 8
 * @param pipExponent a pip is 10 to this power: −4 for EURUSD, −2 for USDJPY
 * @param unitsDigits decimals of units, 0 to 4
 * @param minimumUnitsE4 smallest order, &gt; 0
 * @param maximumUnitsE4 largest order, ≥ minimum
 * @param marginRateE14 margin as a share of the position's value, &gt; 0
 * @param contractUnits base units in one lot: 100,000 for currencies, 100 for XAUUSD
 */
public record Instrument(
        int id,
        String symbol,
        String brokerName,
        String baseCurrency,
        String quoteCurrency,
        int displayDigits,
        int pipExponent,
        int unitsDigits,
        long minimumUnitsE4,
        long maximumUnitsE4,
        long marginRateE14,
        long contractUnits) {

    /** Instruments one engine can hold; arrays on the hot path are this long. */
    public static final int MAX_INSTRUMENTS = 256;

    public Instrument {
        check(id >= 0 && id < MAX_INSTRUMENTS, symbol, "id", id);
        check(symbol.matches("[A-Z0-9]{3,20}"), symbol, "symbol", symbol);
        check(displayDigits >= 0 && displayDigits <= 8, symbol, "displayDigits", displayDigits);
        check(pipExponent >= -8 && pipExponent <= 4, symbol, "pipExponent", pipExponent);
        check(unitsDigits >= 0 && unitsDigits <= 4, symbol, "unitsDigits", unitsDigits);
        check(minimumUnitsE4 > 0, symbol, "minimumUnitsE4", minimumUnitsE4);
        check(maximumUnitsE4 >= minimumUnitsE4, symbol, "maximumUnitsE4", maximumUnitsE4);
        check(marginRateE14 > 0, symbol, "marginRateE14", marginRateE14);
        check(contractUnits > 0, symbol, "contractUnits", contractUnits);
    }

    /** The smallest price step: 1 at the last displayed digit, in E8. */
    public long pointE8() {
        return FixedPoint.powerOfTen(8 - displayDigits);
    }

    /** One pip in E8. */
    public long pipE8() {
        return FixedPoint.powerOfTen(8 + pipExponent);
    }

    /** The smallest step of units in E4. */
    public long unitsStepE4() {
        return FixedPoint.powerOfTen(4 - unitsDigits);
    }

    private static void check(boolean ok, String symbol, String name, Object value) {
        if (!ok) {
            throw new IllegalArgumentException(
                    "bad instrument: symbol=" + symbol + ", " + name + "=" + value);
        }
    }
}
