package saker.venue;

/**
 * Maps wall time to market time: {@code market = marketEpoch + (wall − wallEpoch) × rate}. It can
 * stand still, and its rate can change, without market time ever going back. Times in ns since the
 * Unix epoch. Venue thread only.
 */
final class MarketClock {
    private double rate;
    private long wallEpochNs;
    private long marketEpochNs;
    private boolean paused;

    /**
     * @param rate market seconds per wall second, &gt; 0
     */
    MarketClock(double rate, long wallNs, long marketNs) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("rate must be above 0: rate=" + rate);
        }
        this.rate = rate;
        this.wallEpochNs = wallNs;
        this.marketEpochNs = marketNs;
    }

    double rate() {
        return rate;
    }

    boolean isPaused() {
        return paused;
    }

    long marketNs(long wallNs) {
        if (paused || wallNs <= wallEpochNs) {
            return marketEpochNs;
        }
        long elapsedNs = wallNs - wallEpochNs;
        // At rate 1 exactly: a double holds only 53 bits.
        return marketEpochNs + (rate == 1.0 ? elapsedNs : (long) (elapsedNs * rate));
    }

    void pause(long wallNs) {
        if (!paused) {
            moveEpoch(wallNs, marketNs(wallNs));
            paused = true;
        }
    }

    void resume(long wallNs) {
        if (paused) {
            wallEpochNs = wallNs;
            paused = false;
        }
    }

    /** Goes on from {@code marketNs} at another rate. */
    void restart(double newRate, long wallNs, long marketNs) {
        rate = newRate;
        moveEpoch(wallNs, marketNs);
    }

    /** {@code <wall>/<market>}: two instants that were the same moment, ns since the Unix epoch. */
    String epoch() {
        return wallEpochNs + "/" + marketEpochNs;
    }

    private void moveEpoch(long wallNs, long marketNs) {
        wallEpochNs = wallNs;
        marketEpochNs = marketNs;
    }
}
