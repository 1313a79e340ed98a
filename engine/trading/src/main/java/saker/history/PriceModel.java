package saker.history;

import java.util.List;

/**
 * How the generated price of one instrument behaves.
 *
 * @param instrument broker's name such as {@code EUR_USD}
 * @param startE8 first mid price
 * @param spreadE8 spread in liquid hours
 * @param digits decimals of a price
 * @param dailyVolatility standard deviation of a day's relative change, such as 0.005
 */
public record PriceModel(
        String instrument, long startE8, long spreadE8, int digits, double dailyVolatility) {

    /** EURUSD GBPUSD USDJPY EURGBP AUDUSD XAUUSD. */
    public static List<PriceModel> usual() {
        return List.of(
                new PriceModel("EUR_USD", 110_000_000L, 1_300, 5, 0.0052),
                new PriceModel("GBP_USD", 127_000_000L, 1_800, 5, 0.0060),
                new PriceModel("USD_JPY", 15_000_000_000L, 140_000, 3, 0.0062),
                new PriceModel("EUR_GBP", 86_614_000L, 1_600, 5, 0.0042),
                new PriceModel("AUD_USD", 66_000_000L, 1_500, 5, 0.0068),
                new PriceModel("XAU_USD", 265_000_000_000L, 35_000_000L, 3, 0.0100));
    }
}
