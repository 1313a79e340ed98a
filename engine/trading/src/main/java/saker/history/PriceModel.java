package saker.history;

import java.util.List;
import saker.model.FixedPoint;

/**
 * How the generated price of one instrument behaves.
 *
 * @param instrument broker's name such as {@code EUR_USD}
 * @param startE8 first mid price, &gt; 0; a cross of two dollar pairs follows those instead
 * @param spreadE8 spread in liquid hours, ≥ 0
 * @param digits decimals of a price, 0 to 8
 * @param dailyVolatility standard deviation of a day's relative change, such as 0.005
 */
public record PriceModel(
        String instrument, long startE8, long spreadE8, int digits, double dailyVolatility) {

    public PriceModel {
        boolean good =
                instrument.matches("[A-Z0-9]+_[A-Z0-9]+")
                        && startE8 > 0
                        && spreadE8 >= 0
                        && digits >= 0
                        && digits <= 8
                        && dailyVolatility >= 0
                        && dailyVolatility < 1;
        if (!good) {
            throw new IllegalArgumentException(
                    ("bad price model: instrument=%s, startE8=%d, spreadE8=%d, digits=%d,"
                                    + " dailyVolatility=%s")
                            .formatted(instrument, startE8, spreadE8, digits, dailyVolatility));
        }
    }

    /** EURUSD GBPUSD USDJPY EURGBP AUDUSD XAUUSD. */
    public static List<PriceModel> usual() {
        return List.of(
                new PriceModel("EUR_USD", 110_000_000L, 13_000, 5, 0.0042),
                new PriceModel("GBP_USD", 127_000_000L, 18_000, 5, 0.0048),
                new PriceModel("USD_JPY", 15_000_000_000L, 1_400_000, 3, 0.0050),
                new PriceModel("EUR_GBP", 86_614_000L, 16_000, 5, 0.0034),
                new PriceModel("AUD_USD", 66_000_000L, 15_000, 5, 0.0055),
                new PriceModel("XAU_USD", 265_000_000_000L, 35_000_000L, 3, 0.0085));
    }

    String base() {
        return instrument.substring(0, instrument.indexOf('_'));
    }

    String quote() {
        return instrument.substring(instrument.indexOf('_') + 1);
    }

    long pointE8() {
        return FixedPoint.powerOfTen(8 - digits);
    }

    /** A spread of so many times the usual one, in whole points, at least one. */
    long spread(double multiple) {
        return Math.max(1, Math.round(spreadE8 * multiple / pointE8())) * pointE8();
    }

    /** The bid around a mid price, on a whole point, above 0. */
    long bid(double mid, long spreadOfE8) {
        long point = pointE8();
        return Math.max(point, Math.round((mid * 1e8 - spreadOfE8 / 2.0) / point) * point);
    }
}
