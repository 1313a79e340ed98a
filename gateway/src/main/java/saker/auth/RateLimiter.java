package saker.auth;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Token buckets by key, the newest 10,000 of them. Event loop only. */
public final class RateLimiter {
    private static final int MAX_BUCKETS = 10_000;

    private final InstantSource clock;
    private final double perSecond;
    private final double burst;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > MAX_BUCKETS;
                }
            };

    private static final class Bucket {
        private double tokens;
        private long atMs;
    }

    public RateLimiter(InstantSource clock, double perSecond, double burst) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** Takes one token: 0 if there was one, else milliseconds until there is. */
    public long take(String key) {
        long nowMs = clock.millis();
        Bucket bucket = buckets.computeIfAbsent(key, k -> full(nowMs));
        bucket.tokens =
                Math.min(burst, bucket.tokens + Math.max(0, nowMs - bucket.atMs) * perSecond / 1e3);
        bucket.atMs = nowMs;
        if (bucket.tokens >= 1) {
            bucket.tokens--;
            return 0;
        }
        return (long) Math.ceil((1 - bucket.tokens) * 1e3 / perSecond);
    }

    private Bucket full(long nowMs) {
        Bucket bucket = new Bucket();
        bucket.tokens = burst;
        bucket.atMs = nowMs;
        return bucket;
    }
}
