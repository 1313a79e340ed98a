package saker.core;

/** Mixes numbers and texts into 64 bits; the same in every JVM. */
final class StateHash {
    private long hash = 0xcbf29ce484222325L;

    StateHash add(long value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
        return this;
    }

    StateHash add(String text) {
        add(text.length());
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
        return this;
    }

    long value() {
        return hash;
    }
}
