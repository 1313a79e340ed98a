package saker.broker.simulated;

import java.util.List;
import saker.model.FixedPoint;
import saker.model.Instrument;

/**
 * An instrument and the broker's terms for it.
 *
 * @param type CURRENCY or METAL
 * @param longRateE14 annual financing of long units, negative is paid; likewise short
 * @param minimumTrailingStopE8 and maximumTrailingStopE8: allowed distances
 * @param typicalSpreadE8 what the generated prices use in liquid hours
 * @param referencePriceE8 where generated prices begin
 */
public record InstrumentTerms(
        Instrument instrument,
        String type,
        String displayName,
        long longRateE14,
        long shortRateE14,
        long minimumTrailingStopE8,
        long maximumTrailingStopE8,
        long typicalSpreadE8,
        long referencePriceE8) {

    private static final long RATE_BP_E14 = FixedPoint.E14 / 10_000;

    /** Broker's name such as {@code EUR_USD}. */
    public String name() {
        return instrument.brokerName();
    }

    /** EURUSD GBPUSD USDJPY EURGBP AUDUSD XAUUSD with usual spreads and rates. */
    public static List<InstrumentTerms> usual() {
        return List.of(
                pair(0, "EUR", "USD", 5, -250, 80, 1_300, 110_000_000L),
                pair(1, "GBP", "USD", 5, -120, -80, 1_800, 127_000_000L),
                pair(2, "USD", "JPY", 3, 290, -520, 140_000, 15_000_000_000L),
                pair(3, "EUR", "GBP", 5, -210, 60, 1_600, 86_614_000L),
                pair(4, "AUD", "USD", 5, -150, -50, 1_500, 66_000_000L),
                gold(5));
    }

    private static InstrumentTerms pair(
            int id,
            String base,
            String quote,
            int digits,
            long longBp,
            long shortBp,
            long spreadE8,
            long priceE8) {
        Instrument instrument =
                new Instrument(
                        id,
                        base + quote,
                        base + "_" + quote,
                        base,
                        quote,
                        digits,
                        1 - digits,
                        0,
                        FixedPoint.E4,
                        100_000_000L * FixedPoint.E4,
                        3_330_000_000_000L,
                        100_000);
        return new InstrumentTerms(
                instrument,
                "CURRENCY",
                base + "/" + quote,
                longBp * RATE_BP_E14,
                shortBp * RATE_BP_E14,
                instrument.pipE8() * 5,
                instrument.pipE8() * 10_000,
                spreadE8,
                priceE8);
    }

    private static InstrumentTerms gold(int id) {
        Instrument instrument =
                new Instrument(
                        id,
                        "XAUUSD",
                        "XAU_USD",
                        "XAU",
                        "USD",
                        3,
                        -2,
                        0,
                        FixedPoint.E4,
                        100_000L * FixedPoint.E4,
                        5_000_000_000_000L,
                        100);
        return new InstrumentTerms(
                instrument,
                "METAL",
                "Gold",
                -560 * RATE_BP_E14,
                210 * RATE_BP_E14,
                instrument.pipE8() * 5,
                instrument.pipE8() * 10_000,
                35_000_000L,
                265_000_000_000L);
    }
}
