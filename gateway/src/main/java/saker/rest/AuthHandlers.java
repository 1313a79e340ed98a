package saker.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import saker.api.UserStore;
import saker.api.UserStore.Role;
import saker.api.UserStore.User;
import saker.auth.AccessTokens;
import saker.auth.AuthFailure;
import saker.auth.Grant;
import saker.auth.Logins;
import saker.auth.Operation;
import saker.auth.PasswordPolicy;
import saker.auth.Principal;
import saker.json.RequestBody;
import saker.json.ViewJson;

/** Login, sessions and users. Event loop only. */
final class AuthHandlers {
    static final String COOKIE = "saker_refresh";

    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");
    private static final String USERNAME_ALLOWED =
            "1 to 32 of a-z, 0-9, dot, dash and underscore, a letter or digit first";
    private static final Map<String, Role> ROLES =
            Stream.of(Role.values())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    role -> role.name().toLowerCase(Locale.ROOT),
                                    Function.identity()));

    private final Logins logins;
    private final UserStore users;
    private final boolean secureCookie;

    /**
     * @param secureCookie whether browsers reach us by TLS
     */
    AuthHandlers(Logins logins, UserStore users, boolean secureCookie) {
        this.logins = logins;
        this.users = users;
        this.secureCookie = secureCookie;
    }

    Future<Answer> login(Call call) {
        RequestBody body = call.body().allowOnly("username", "password");
        return logins.login(
                        body.text("username", 1, 64),
                        body.text("password", 1, PasswordPolicy.MAXIMUM_CHARS),
                        call.address())
                .map(this::granted);
    }

    Future<Answer> refresh(Call call) {
        String token = call.cookie(COOKIE);
        if (token == null) {
            return Future.failedFuture(Problem.unauthorized());
        }
        return logins.refresh(token, call.address())
                .map(this::granted)
                .recover(e -> Future.failedFuture(isRefused(e) ? Problem.unauthorized() : e));
    }

    Future<Answer> logout(Call call) {
        Answer answer = Answer.none().with("Set-Cookie", cookie("", 0));
        return logins.logout(call.cookie(COOKIE), call.who(), call.address()).map(ended -> answer);
    }

    Future<Answer> me(Call call) {
        Principal who = call.who();
        JsonArray operations = new JsonArray();
        Arrays.stream(Operation.values())
                .filter(operation -> operation.kind() != Operation.Kind.TOPIC)
                .filter(operation -> operation.isOpen() || operation.allows(who))
                .forEach(operation -> operations.add(operation.id()));
        return Future.succeededFuture(
                Answer.ok(
                        new JsonObject()
                                .put("username", who.username())
                                .put("role", who.roleName())
                                .put("mustChangePassword", who.mustChangePassword())
                                .put("operations", operations)
                                .put("expiresAt", ViewJson.text(who.expiresMs()))));
    }

    Future<Answer> changePassword(Call call) {
        RequestBody body = call.body().allowOnly("currentPassword", "newPassword");
        return logins.changePassword(
                        call.who(),
                        body.text("currentPassword", 1, PasswordPolicy.MAXIMUM_CHARS),
                        body.text("newPassword", 1, PasswordPolicy.MAXIMUM_CHARS),
                        call.address())
                .map(this::granted);
    }

    Future<Answer> users(Call call) {
        call.query().allowOnly();
        return Future.fromCompletionStage(users.list(), io.vertx.core.Vertx.currentContext())
                .map(AuthHandlers::list);
    }

    Future<Answer> createUser(Call call) {
        RequestBody body = call.body().allowOnly("username", "password", "role");
        return logins.createUser(
                        call.who(),
                        body.text("username", USERNAME, USERNAME_ALLOWED),
                        body.text("password", 1, PasswordPolicy.MAXIMUM_CHARS),
                        body.choice("role", ROLES),
                        call.address())
                .map(user -> Answer.of(201, json(user)));
    }

    Future<Answer> setRole(Call call) {
        RequestBody body = call.body().allowOnly("role");
        String username = call.pathText("username", USERNAME, USERNAME_ALLOWED);
        Role role = body.choice("role", ROLES);
        if (username.equals(call.who().username())) {
            throw new Problem(409, "conflict", "an admin does not change the own role");
        }
        return logins.setRole(call.who(), username, role, call.address())
                .map(done -> Answer.none());
    }

    Future<Answer> resetPassword(Call call) {
        RequestBody body = call.body().allowOnly("newPassword");
        return logins.resetPassword(
                        call.who(),
                        call.pathText("username", USERNAME, USERNAME_ALLOWED),
                        body.text("newPassword", 1, PasswordPolicy.MAXIMUM_CHARS),
                        call.address())
                .map(done -> Answer.none());
    }

    private Answer granted(Grant grant) {
        User user = grant.user();
        JsonObject json =
                new JsonObject()
                        .put("accessToken", grant.accessToken())
                        .put("tokenType", "Bearer")
                        .put("expiresIn", AccessTokens.LIFETIME_MS / 1_000)
                        .mergeIn(json(user));
        long maxAgeS = Math.max(1, (grant.refreshExpiresMs() - grant.nowMs()) / 1_000);
        return Answer.ok(json).with("Set-Cookie", cookie(grant.refreshToken(), maxAgeS));
    }

    private String cookie(String token, long maxAgeS) {
        return "%s=%s; Max-Age=%d; Path=/api/auth; HttpOnly; SameSite=Strict%s"
                .formatted(COOKIE, token, maxAgeS, secureCookie ? "; Secure" : "");
    }

    private static Answer list(List<User> users) {
        JsonArray array = new JsonArray();
        users.forEach(user -> array.add(json(user)));
        return Answer.ok(array);
    }

    private static JsonObject json(User user) {
        return new JsonObject()
                .put("username", user.username())
                .put("role", user.role().name().toLowerCase(Locale.ROOT))
                .put("mustChangePassword", user.mustChange());
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof AuthFailure auth && auth.kind() == AuthFailure.Kind.REFUSED;
    }
}
