package saker.rest;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import saker.api.LogsBusyException;
import saker.api.StoreUnavailableException;
import saker.auth.AuthFailure;
import saker.json.BadRequest;

/** A request that was not done: status, stable code and message. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final long retryAfterS;
    private final transient BadRequest detail;

    public Problem(int status, String error, String message) {
        this(status, error, message, 0, null);
    }

    private Problem(int status, String error, String message, long retryAfterS, BadRequest detail) {
        super(message, null, false, false);
        this.status = status;
        this.error = error;
        this.retryAfterS = retryAfterS;
        this.detail = detail;
    }

    public static Problem unauthorized() {
        return new Problem(401, "unauthorized", "log in");
    }

    public static Problem forbidden(String message) {
        return new Problem(403, "forbidden", message);
    }

    public static Problem notFound(String message) {
        return new Problem(404, "not_found", message);
    }

    public static Problem tooMany(long retryAfterMs) {
        long seconds = Math.max(1, (retryAfterMs + 999) / 1_000);
        return new Problem(
                429, "too_many_requests", "try again in " + seconds + " s", seconds, null);
    }

    /** The problem that a failure is to the caller; what we did not expect is a bare 500. */
    public static Problem of(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof BadRequest bad) {
            return new Problem(400, "bad_request", bad.getMessage(), 0, bad);
        }
        if (failure instanceof AuthFailure auth) {
            return of(auth);
        }
        if (failure instanceof StoreUnavailableException) {
            return new Problem(503, "store_unavailable", "the database does not answer");
        }
        if (failure instanceof LogsBusyException) {
            return new Problem(503, "busy", failure.getMessage());
        }
        return new Problem(500, "internal", "see the log for this request id");
    }

    public int status() {
        return status;
    }

    public long retryAfterS() {
        return retryAfterS;
    }

    public JsonObject json(String requestId) {
        JsonObject json =
                new JsonObject()
                        .put("error", error)
                        .put("message", getMessage())
                        .put("request_id", requestId);
        if (detail != null) {
            json.put("field", detail.field())
                    .put("value", detail.value())
                    .put("allowed", detail.allowed());
        }
        return json;
    }

    private static Problem of(AuthFailure failure) {
        return switch (failure.kind()) {
            case REFUSED -> new Problem(401, "unauthorized", "wrong user name or password");
            case THROTTLED -> tooMany(failure.retryAfterS() * 1_000);
            case BUSY -> new Problem(503, "busy", "try again", failure.retryAfterS(), null);
            case WEAK_PASSWORD ->
                    of(new BadRequest("newPassword", "not shown", failure.getMessage()));
            case NAME_TAKEN -> new Problem(409, "conflict", "this user name is taken");
            case UNKNOWN_USER -> notFound("no such user");
        };
    }

    @Override
    public String toString() {
        return "%d %s: %s".formatted(status, error.toUpperCase(Locale.ROOT), getMessage());
    }
}
