package saker.market;

/**
 * The bar a {@link BarBuilder} is building; prices in 1e-8, times in ns since the Unix epoch.
 *
 * @param startNs {@link Long#MIN_VALUE}, as the end, while there is none
 * @param volume ticks in it
 */
public record FormingBar(
        long startNs,
        long endNs,
        long openE8,
        long highE8,
        long lowE8,
        long closeE8,
        long volume) {}
