package saker.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Users and their refresh sessions. Thread-safe, never blocks; a stage fails with {@link
 * StoreUnavailableException} while the database is down.
 */
public interface UserStore {

    CompletionStage<Optional<User>> find(String username);

    CompletionStage<List<User>> list();

    /** False if the name is taken. */
    CompletionStage<Boolean> create(User user);

    /** Sets the hash and ends every session of the user. */
    CompletionStage<Boolean> setPassword(String username, String hash, boolean mustChange);

    /** Ends every session of the user. */
    CompletionStage<Boolean> setRole(String username, Role role);

    CompletionStage<Void> saveSession(Session session);

    CompletionStage<Optional<Session>> session(String tokenHash);

    /**
     * Replaces a session's token, once: false if {@code oldTokenHash} was already used, and then
     * the whole family is revoked.
     */
    CompletionStage<Boolean> rotate(String oldTokenHash, Session next);

    CompletionStage<Void> revokeFamily(String family);

    CompletionStage<Void> audit(AuditEntry entry);

    enum Role {
        VIEWER,
        TRADER,
        RISK,
        ADMIN
    }

    /**
     * @param passwordHash Argon2id in PHC text form
     * @param version grows with every change of password or role; older access tokens are revoked
     */
    record User(String username, String passwordHash, Role role, boolean mustChange, int version) {}

    /** A refresh token, stored as SHA-256; rotated on every use within one family. */
    record Session(
            String tokenHash,
            String family,
            String username,
            long createdMs,
            long expiresMs,
            boolean used,
            boolean revoked) {}

    record AuditEntry(
            long timeMs,
            String user,
            String address,
            String action,
            String subject,
            String outcome,
            String detail) {}
}
