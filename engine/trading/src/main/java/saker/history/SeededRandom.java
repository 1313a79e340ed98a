package saker.history;

/** SplitMix64: small, fast, and the same everywhere. */
final class SeededRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double ROOT_OF_THREE = 1.7320508075688772;

    private long state;
    private double spare;
    private boolean hasSpare;

    SeededRandom(long seed) {
        this.state = seed;
    }

    /** A generator of its own for every combination of keys. */
    static SeededRandom of(long seed, String name, long key) {
        long mixed = mix(seed ^ GOLDEN);
        for (int i = 0; i < name.length(); i++) {
            mixed = mix(mixed + name.charAt(i) * GOLDEN);
        }
        return new SeededRandom(mix(mixed ^ (key * 0xD1B54A32D192ED03L)));
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** In [0, 1). */
    double uniform() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Mean 0, variance 1; StrictMath, so that every machine gives the same. */
    double gaussian() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        double angle = 2 * Math.PI * uniform();
        spare = radius * StrictMath.sin(angle);
        hasSpare = true;
        return radius * StrictMath.cos(angle);
    }

    /** Like {@link #gaussian}, without its tails and ten times as fast: four uniforms at once. */
    double roughGaussian() {
        long bits = nextLong();
        long sum =
                (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum / 65_535.0 - 2) * ROOT_OF_THREE;
    }

    /** Mean 1. */
    double exponential() {
        return -StrictMath.log(1 - uniform());
    }
}
