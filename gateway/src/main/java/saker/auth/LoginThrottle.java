package saker.auth;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing down, per account and per address: after some free failures each further one
 * doubles the pause, up to a limit, and refused attempts do not lengthen it. Nobody is ever locked
 * out: pauses end, and an address from which a user logged in before is not held back by others'
 * guesses at that account. Event loop only.
 */
public final class LoginThrottle {
    static final int FREE_FAILURES_PER_ACCOUNT = 5;
    static final int FREE_FAILURES_PER_ADDRESS = 20;
    static final long MAX_PAUSE_MS = 30_000;

    private static final long FORGET_MS = 15 * 60_000L;
    private static final int MAX_ENTRIES = 10_000;

    private final InstantSource clock;
    private final Map<String, Failures> byAccount = bounded();
    private final Map<String, Failures> byAddress = bounded();
    private final Map<String, Boolean> knownAddresses = bounded();

    private static final class Failures {
        private int count;
        private long untilMs;
        private long lastMs;
    }

    public LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** Milliseconds this attempt has to wait; 0 to go ahead. */
    public long pauseMs(String account, String address) {
        long nowMs = clock.millis();
        return Math.max(
                remaining(byAccount.get(accountKey(account, address)), nowMs),
                remaining(byAddress.get(address), nowMs));
    }

    public void onFailure(String account, String address) {
        fail(byAccount, accountKey(account, address), FREE_FAILURES_PER_ACCOUNT);
        fail(byAddress, address, FREE_FAILURES_PER_ADDRESS);
    }

    public void onSuccess(String account, String address) {
        byAccount.remove(accountKey(account, address));
        knownAddresses.put(account + "@" + address, Boolean.TRUE);
    }

    private String accountKey(String account, String address) {
        String known = account + "@" + address;
        return knownAddresses.containsKey(known) ? known : account;
    }

    private void fail(Map<String, Failures> failures, String key, int free) {
        long nowMs = clock.millis();
        Failures entry = failures.computeIfAbsent(key, k -> new Failures());
        if (nowMs - entry.lastMs > FORGET_MS) {
            entry.count = 0;
        }
        entry.count++;
        entry.lastMs = nowMs;
        int beyond = entry.count - free;
        if (beyond >= 0) {
            entry.untilMs = nowMs + Math.min(MAX_PAUSE_MS, 1_000L << Math.min(beyond, 10));
        }
    }

    private static long remaining(Failures entry, long nowMs) {
        return entry == null ? 0 : Math.max(0, entry.untilMs - nowMs);
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MAX_ENTRIES;
            }
        };
    }
}
