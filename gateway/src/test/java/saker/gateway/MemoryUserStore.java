package saker.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import saker.api.StoreUnavailableException;
import saker.api.UserStore;

/** Users and sessions in memory, with the rules of the port; can be taken down. */
public final class MemoryUserStore implements UserStore {
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private boolean down;

    public synchronized void takeDown(boolean isDown) {
        down = isDown;
    }

    public synchronized List<AuditEntry> auditEntries() {
        return List.copyOf(audit);
    }

    public synchronized void removeUser(String username) {
        users.remove(username);
    }

    @Override
    public CompletionStage<Optional<User>> find(String username) {
        return answer(() -> Optional.ofNullable(users.get(username)));
    }

    @Override
    public CompletionStage<List<User>> list() {
        return answer(() -> List.copyOf(users.values()));
    }

    @Override
    public CompletionStage<Boolean> create(User user) {
        return answer(() -> users.putIfAbsent(user.username(), user) == null);
    }

    @Override
    public CompletionStage<Boolean> setPassword(String username, String hash, boolean mustChange) {
        return answer(
                () ->
                        change(
                                username,
                                u ->
                                        new User(
                                                u.username(),
                                                hash,
                                                u.role(),
                                                mustChange,
                                                u.version() + 1)));
    }

    @Override
    public CompletionStage<Boolean> setRole(String username, Role role) {
        return answer(
                () ->
                        change(
                                username,
                                u ->
                                        new User(
                                                u.username(),
                                                u.passwordHash(),
                                                role,
                                                u.mustChange(),
                                                u.version() + 1)));
    }

    @Override
    public CompletionStage<Void> saveSession(Session session) {
        return answer(
                () -> {
                    sessions.put(session.tokenHash(), session);
                    return null;
                });
    }

    @Override
    public CompletionStage<Optional<Session>> session(String tokenHash) {
        return answer(() -> Optional.ofNullable(sessions.get(tokenHash)));
    }

    @Override
    public CompletionStage<Boolean> rotate(String oldTokenHash, Session next) {
        return answer(
                () -> {
                    Session old = sessions.get(oldTokenHash);
                    if (old.used() || old.revoked()) {
                        revoke(old.family());
                        return false;
                    }
                    sessions.put(oldTokenHash, with(old, true, old.revoked()));
                    sessions.put(next.tokenHash(), next);
                    return true;
                });
    }

    @Override
    public CompletionStage<Void> revokeFamily(String family) {
        return answer(
                () -> {
                    revoke(family);
                    return null;
                });
    }

    @Override
    public CompletionStage<Void> audit(AuditEntry entry) {
        return answer(
                () -> {
                    audit.add(entry);
                    return null;
                });
    }

    private boolean change(String username, java.util.function.UnaryOperator<User> change) {
        if (!users.containsKey(username)) {
            return false;
        }
        users.computeIfPresent(username, (name, user) -> change.apply(user));
        sessions.replaceAll(
                (hash, s) -> s.username().equals(username) ? with(s, s.used(), true) : s);
        return true;
    }

    private void revoke(String family) {
        sessions.replaceAll((hash, s) -> s.family().equals(family) ? with(s, s.used(), true) : s);
    }

    private static Session with(Session s, boolean used, boolean revoked) {
        return new Session(
                s.tokenHash(),
                s.family(),
                s.username(),
                s.createdMs(),
                s.expiresMs(),
                used,
                revoked);
    }

    private synchronized <T> CompletionStage<T> answer(Supplier<T> value) {
        return down
                ? CompletableFuture.failedFuture(new StoreUnavailableException("down", null))
                : CompletableFuture.completedFuture(value.get());
    }
}
