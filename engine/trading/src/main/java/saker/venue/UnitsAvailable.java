package saker.venue;

import saker.broker.simulated.AccountSummary;
import saker.broker.simulated.ConversionFactors;
import saker.broker.simulated.Position;
import saker.broker.simulated.Quote;
import saker.broker.simulated.SimulatedBroker;
import saker.model.FixedPoint;
import saker.model.FixedPoint.Rounding;
import saker.model.Instrument;

/**
 * How many units the account's margin still allows, E4, unsigned.
 *
 * @param openLongE4 new long units by free margin; likewise short
 * @param reduceLongE4 long units that only close the short side; likewise short
 */
record UnitsAvailable(
        boolean hedging, long openLongE4, long openShortE4, long reduceLongE4, long reduceShortE4) {

    static UnitsAvailable of(SimulatedBroker broker, Quote quote, ConversionFactors factors) {
        Instrument instrument = broker.instrument(quote.instrument()).instrument();
        AccountSummary account = broker.account();
        long rateE14 = Math.max(account.marginRateE14(), instrument.marginRateE14());
        Position position = broker.position(quote.instrument());
        long longE4 = position == null ? 0 : position.longSide().unitsE4();
        long shortE4 = position == null ? 0 : -position.shortSide().unitsE4();
        long openE4 =
                units(
                        account.marginAvailableE8(),
                        (quote.bidE8() + quote.askE8()) / 2,
                        factors.midE14(),
                        rateE14,
                        instrument.unitsStepE4());
        return new UnitsAvailable(account.hedging(), openE4, openE4, shortE4, longE4);
    }

    void write(JsonLine json) {
        // Reducing frees its margin, so as much again can be opened on the other side.
        long firstLongE4 = FixedPoint.add(openLongE4, 2 * reduceLongE4);
        long firstShortE4 = FixedPoint.add(openShortE4, 2 * reduceShortE4);
        json.begin("unitsAvailable");
        pair(
                json,
                "default",
                hedging ? openLongE4 : firstLongE4,
                hedging ? openShortE4 : firstShortE4);
        pair(json, "openOnly", openLongE4, openShortE4);
        pair(json, "reduceFirst", firstLongE4, firstShortE4);
        pair(json, "reduceOnly", reduceLongE4, reduceShortE4);
        json.end();
    }

    private static void pair(JsonLine json, String name, long longE4, long shortE4) {
        json.begin(name).units("long", longE4).units("short", shortE4).end();
    }

    /** Free margin ÷ (price × conversion × rate), rounded down to a whole step of units. */
    private static long units(
            long marginE8, long priceE8, long factorE14, long rateE14, long stepE4) {
        long priceHomeE8 = FixedPoint.mulDiv(priceE8, factorE14, FixedPoint.E14, Rounding.CEILING);
        long marginPerUnitE8 =
                FixedPoint.mulDiv(priceHomeE8, rateE14, FixedPoint.E14, Rounding.CEILING);
        if (marginPerUnitE8 <= 0 || marginE8 <= 0) {
            return 0;
        }
        long unitsE4 = FixedPoint.mulDiv(marginE8, FixedPoint.E4, marginPerUnitE8, Rounding.DOWN);
        return FixedPoint.roundTo(unitsE4, stepE4, Rounding.DOWN);
    }
}
