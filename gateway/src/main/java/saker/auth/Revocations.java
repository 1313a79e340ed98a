package saker.auth;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import saker.api.UserStore.User;

/**
 * Which access tokens do not count any more, in memory, so that checking a token asks no database:
 * issued tokens keep the right to halt, cancel and close while it is down. Thread-safe.
 */
public final class Revocations {
    private final InstantSource clock;
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final Map<String, Long> families = new ConcurrentHashMap<>(); // to when it matters, ms
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public Revocations(InstantSource clock) {
        this.clock = clock;
    }

    public boolean isRevoked(Principal who) {
        return who.version() < versions.getOrDefault(who.username(), 0)
                || families.containsKey(who.family());
    }

    /** Older tokens of the user are void from now on. */
    public void onUser(User user) {
        Integer before = versions.put(user.username(), user.version());
        if (before != null && before < user.version()) {
            tell();
        }
    }

    /** The users there are; one that has gone has no valid token left. */
    public void onUsers(List<User> users) {
        users.forEach(this::onUser);
        Set<String> names = users.stream().map(User::username).collect(Collectors.toSet());
        boolean gone = false;
        for (Map.Entry<String, Integer> known : versions.entrySet()) {
            if (!names.contains(known.getKey()) && known.getValue() != Integer.MAX_VALUE) {
                known.setValue(Integer.MAX_VALUE);
                gone = true;
            }
        }
        if (gone) {
            tell();
        }
    }

    /** Ends the tokens of one refresh session. */
    public void onFamily(String family) {
        long nowMs = clock.millis();
        families.values().removeIf(untilMs -> untilMs < nowMs);
        families.put(family, nowMs + AccessTokens.LIFETIME_MS + 2 * AccessTokens.SKEW_MS);
        tell();
    }

    /** Called, on any thread, after tokens were revoked. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
