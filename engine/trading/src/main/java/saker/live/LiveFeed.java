package saker.live;

import java.util.function.Supplier;

/**
 * Paces the publication of the views: {@value #PER_SECOND} times a second, and at a command's end.
 */
final class LiveFeed {
    private static final int PER_SECOND = 20;
    private static final long INTERVAL_NS = 1_000_000_000L / PER_SECOND;

    private final LiveViews views;
    private final Supplier<LiveViews.Health> health;
    private long nextNs = Long.MIN_VALUE;

    LiveFeed(LiveViews views, Supplier<LiveViews.Health> health) {
        this.views = views;
        this.health = health;
    }

    /** Called after every look at the journal, on the live feed's thread. */
    void publishIfDue() {
        long nowNs = System.nanoTime();
        if (nextNs == Long.MIN_VALUE) {
            views.health(health.get());
            views.goLive();
            nextNs = nowNs + INTERVAL_NS;
        } else if (nowNs - nextNs >= 0 || views.hasNews()) {
            views.health(health.get());
            views.publish();
            nextNs = nowNs + INTERVAL_NS;
        }
    }
}
