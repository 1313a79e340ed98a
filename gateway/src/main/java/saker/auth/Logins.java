package saker.auth;

import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.api.UserStore;
import saker.api.UserStore.AuditEntry;
import saker.api.UserStore.Role;
import saker.api.UserStore.Session;
import saker.api.UserStore.User;
import saker.model.Sha256;

/**
 * Logins and the sessions they open. A session is a family of refresh tokens, each good for one
 * use: a second use means that somebody copied it, and ends the family. Event loop only; futures
 * fail with {@link AuthFailure} or {@link saker.api.StoreUnavailableException}.
 */
public final class Logins {
    /** Environment variable with the first admin's password. */
    public static final String ADMIN_PASSWORD_VARIABLE = "SAKER_ADMIN_PASSWORD";

    static final long IDLE_LIMIT_MS = 12 * 3_600_000L;
    static final long ABSOLUTE_LIMIT_MS = 7 * 24 * 3_600_000L;
    private static final String ADMIN = "admin";
    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

    private final UserStore users;
    private final Passwords passwords;
    private final PasswordPolicy policy = new PasswordPolicy();
    private final AccessTokens tokens;
    private final Revocations revocations;
    private final LoginThrottle throttle;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public Logins(
            UserStore users,
            Passwords passwords,
            AccessTokens tokens,
            Revocations revocations,
            InstantSource clock) {
        this.users = users;
        this.passwords = passwords;
        this.tokens = tokens;
        this.revocations = revocations;
        this.throttle = new LoginThrottle(clock);
        this.clock = clock;
    }

    /**
     * Makes the first admin if there is no user at all.
     *
     * @param password from the environment, or null for a random one that must be changed
     * @return the random password, to be shown once; empty if none was made
     */
    public Future<Optional<String>> ensureAdmin(String password) {
        return ask(users.list())
                .compose(
                        known -> {
                            revocations.onUsers(known);
                            return known.isEmpty()
                                    ? createAdmin(password)
                                    : Future.succeededFuture(Optional.empty());
                        });
    }

    /** Opens a session. */
    public Future<Grant> login(String name, String password, String address) {
        String username = name.toLowerCase(Locale.ROOT);
        long pauseMs = throttle.pauseMs(username, address);
        if (pauseMs > 0) {
            return Future.failedFuture(
                    new AuthFailure(AuthFailure.Kind.THROTTLED, (pauseMs + 999) / 1_000));
        }
        return authenticate(username, password, address)
                .compose(user -> open(user, newFamily(), clock.millis()))
                .onSuccess(grant -> audit(username, address, "login", "ok", ""));
    }

    /** Exchanges a refresh token for a new one and an access token. */
    public Future<Grant> refresh(String refreshToken, String address) {
        String hash = Sha256.hexOf(refreshToken);
        return ask(users.session(hash))
                .compose(
                        found ->
                                found.isEmpty()
                                        ? refuse("?", address, "refresh", "unknown token")
                                        : refresh(found.get(), address));
    }

    /** Ends the session of a refresh token or of an access token; either may be null. */
    public Future<Void> logout(String refreshToken, Principal who, String address) {
        if (who != null) {
            revocations.onFamily(who.family());
        }
        Future<Optional<Session>> found =
                refreshToken == null
                        ? Future.succeededFuture(Optional.empty())
                        : ask(users.session(Sha256.hexOf(refreshToken)));
        return found.compose(
                session -> {
                    String family =
                            session.map(Session::family).orElse(who == null ? null : who.family());
                    if (family == null) {
                        return Future.succeededFuture();
                    }
                    String name = session.map(Session::username).orElseGet(() -> who.username());
                    audit(name, address, "logout", "ok", "");
                    revocations.onFamily(family);
                    return ask(users.revokeFamily(family));
                });
    }

    /** Sets the own password; every session of the user ends, and a new one is opened. */
    public Future<Grant> changePassword(
            Principal who, String current, String wanted, String address) {
        String username = who.username();
        long pauseMs = throttle.pauseMs(username, address);
        if (pauseMs > 0) {
            return Future.failedFuture(
                    new AuthFailure(AuthFailure.Kind.THROTTLED, (pauseMs + 999) / 1_000));
        }
        Optional<String> violation = policy.violation(username, wanted);
        if (violation.isPresent() || wanted.equals(current)) {
            return Future.failedFuture(
                    new AuthFailure(
                            AuthFailure.Kind.WEAK_PASSWORD, violation.orElse("a new password")));
        }
        return authenticate(username, current, address)
                .compose(user -> passwords.hash(wanted))
                .compose(hash -> ask(users.setPassword(username, hash, false)))
                .compose(done -> reload(username))
                .onSuccess(user -> audit(username, address, "password", "ok", ""))
                .compose(user -> open(user, newFamily(), clock.millis()));
    }

    /** Adds a user who must change the password. */
    public Future<User> createUser(
            Principal admin, String username, String password, Role role, String address) {
        Optional<String> violation = policy.violation(username, password);
        if (violation.isPresent()) {
            return Future.failedFuture(
                    new AuthFailure(AuthFailure.Kind.WEAK_PASSWORD, violation.get()));
        }
        return passwords
                .hash(password)
                .map(hash -> new User(username, hash, role, true, 1))
                .compose(
                        user ->
                                ask(users.create(user))
                                        .compose(
                                                fresh ->
                                                        fresh
                                                                ? reload(username)
                                                                : Future.<User>failedFuture(
                                                                        new AuthFailure(
                                                                                AuthFailure.Kind
                                                                                        .NAME_TAKEN))))
                .onSuccess(
                        user ->
                                audit(
                                        admin.username(),
                                        address,
                                        "create user",
                                        "ok",
                                        username + " " + role));
    }

    /** Changes a role; the user's sessions end. */
    public Future<Void> setRole(Principal admin, String username, Role role, String address) {
        return ask(users.setRole(username, role))
                .compose(done -> done ? reload(username) : unknownUser())
                .onSuccess(
                        user ->
                                audit(
                                        admin.username(),
                                        address,
                                        "set role",
                                        "ok",
                                        username + " " + role))
                .mapEmpty();
    }

    /** Sets another user's password, to be changed at the next login; their sessions end. */
    public Future<Void> resetPassword(
            Principal admin, String username, String password, String address) {
        Optional<String> violation = policy.violation(username, password);
        if (violation.isPresent()) {
            return Future.failedFuture(
                    new AuthFailure(AuthFailure.Kind.WEAK_PASSWORD, violation.get()));
        }
        return passwords
                .hash(password)
                .compose(hash -> ask(users.setPassword(username, hash, true)))
                .compose(done -> done ? reload(username) : unknownUser())
                .onSuccess(
                        user -> audit(admin.username(), address, "reset password", "ok", username))
                .mapEmpty();
    }

    /** Takes over changes of users that were made elsewhere, such as on the command line. */
    public Future<Void> poll() {
        return ask(users.list()).onSuccess(revocations::onUsers).mapEmpty();
    }

    /** Writes to the audit log; never fails. */
    public void audit(String user, String address, String action, String outcome, String detail) {
        AuditEntry entry =
                new AuditEntry(clock.millis(), user, address, action, "gateway", outcome, detail);
        ask(users.audit(entry))
                .onFailure(
                        e ->
                                LOG.warn(
                                        "audit entry not stored: entry={}, error={}",
                                        entry,
                                        e.getMessage()));
    }

    private Future<Optional<String>> createAdmin(String given) {
        if (given != null && given.length() < PasswordPolicy.MINIMUM_CHARS) {
            return Future.failedFuture(
                    new IllegalArgumentException(
                            "bad %s: chars=%d, allowed=at least %d"
                                    .formatted(
                                            ADMIN_PASSWORD_VARIABLE,
                                            given.length(),
                                            PasswordPolicy.MINIMUM_CHARS)));
        }
        if (given != null && policy.violation(ADMIN, given).isPresent()) {
            LOG.warn("{} is a weak password; change it", ADMIN_PASSWORD_VARIABLE);
        }
        String password = given == null ? newToken(15) : given;
        return passwords
                .hash(password)
                .map(hash -> new User(ADMIN, hash, Role.ADMIN, given == null, 1))
                .compose(admin -> ask(users.create(admin)))
                .compose(made -> reload(ADMIN))
                .map(admin -> given == null ? Optional.of(password) : Optional.empty());
    }

    private Future<User> authenticate(String username, String password, String address) {
        return ask(users.find(username))
                .compose(
                        found ->
                                passwords
                                        .matches(password, found.map(User::passwordHash))
                                        .compose(
                                                fits -> {
                                                    if (!fits) {
                                                        throttle.onFailure(username, address);
                                                        return refuse(
                                                                username,
                                                                address,
                                                                "login",
                                                                "name or password");
                                                    }
                                                    throttle.onSuccess(username, address);
                                                    revocations.onUser(found.get());
                                                    return Future.succeededFuture(found.get());
                                                }));
    }

    private Future<Grant> refresh(Session session, String address) {
        if (session.revoked() || session.expiresMs() <= clock.millis()) {
            return refuse(session.username(), address, "refresh", "expired or revoked");
        }
        if (session.used()) {
            return endFamily(session, address);
        }
        return ask(users.find(session.username()))
                .compose(
                        user ->
                                user.isEmpty()
                                        ? refuse(session.username(), address, "refresh", "no user")
                                        : rotate(session, user.get(), address));
    }

    private Future<Grant> rotate(Session old, User user, String address) {
        String token = newToken(32);
        Session next = session(token, old.family(), user.username(), old.createdMs());
        revocations.onUser(user);
        return ask(users.rotate(old.tokenHash(), next))
                .compose(
                        rotated ->
                                rotated
                                        ? Future.succeededFuture(grant(user, next, token))
                                        : endFamily(old, address));
    }

    /** A refresh token came twice: the copy and the original are both void. */
    private Future<Grant> endFamily(Session session, String address) {
        revocations.onFamily(session.family());
        return ask(users.revokeFamily(session.family()))
                .compose(
                        done -> refuse(session.username(), address, "refresh", "token used twice"));
    }

    private Future<Grant> open(User user, String family, long nowMs) {
        String token = newToken(32);
        Session session = session(token, family, user.username(), nowMs);
        return ask(users.saveSession(session)).map(saved -> grant(user, session, token));
    }

    private Session session(String token, String family, String username, long createdMs) {
        long expiresMs = Math.min(clock.millis() + IDLE_LIMIT_MS, createdMs + ABSOLUTE_LIMIT_MS);
        return new Session(
                Sha256.hexOf(token), family, username, createdMs, expiresMs, false, false);
    }

    private Grant grant(User user, Session session, String refreshToken) {
        return new Grant(
                user,
                tokens.issue(user, session.family()),
                refreshToken,
                session.expiresMs(),
                clock.millis());
    }

    private Future<User> reload(String username) {
        return ask(users.find(username))
                .compose(
                        user -> {
                            user.ifPresent(revocations::onUser);
                            return user.map(Future::succeededFuture).orElseGet(Logins::unknownUser);
                        });
    }

    private <T> Future<T> refuse(String username, String address, String action, String why) {
        audit(username, address, action, "refused", why);
        return Future.failedFuture(new AuthFailure(AuthFailure.Kind.REFUSED));
    }

    private static Future<User> unknownUser() {
        return Future.failedFuture(new AuthFailure(AuthFailure.Kind.UNKNOWN_USER));
    }

    private static <T> Future<T> ask(CompletionStage<T> stage) {
        var context = io.vertx.core.Vertx.currentContext();
        return context == null
                ? Future.fromCompletionStage(stage)
                : Future.fromCompletionStage(stage, context);
    }

    private String newFamily() {
        return newToken(16);
    }

    private String newToken(int bytes) {
        byte[] token = new byte[bytes];
        random.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }
}
