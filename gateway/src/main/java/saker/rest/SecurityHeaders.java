package saker.rest;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/** Headers that every answer carries, and CORS for the configured origins. */
public final class SecurityHeaders implements Handler<RoutingContext> {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\-\\[\\]:]{1,255}");
    private static final String METHODS = "GET, POST, PATCH, PUT, DELETE";
    private static final String HEADERS =
            "Authorization, Content-Type, Idempotency-Key, X-Saker-Request";

    private final Origins origins;
    private final boolean secure;

    public SecurityHeaders(Origins origins, boolean secure) {
        this.origins = origins;
        this.secure = secure;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.putHeader("Content-Security-Policy", policy(context.request().getHeader("Host")))
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
                .putHeader("Cache-Control", "no-store");
        if (secure) {
            response.putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        if (!isPreflight(context)) {
            context.next();
        }
    }

    /** Sets the CORS headers; true if the request was a preflight and is answered. */
    private boolean isPreflight(RoutingContext context) {
        String origin = context.request().getHeader("Origin");
        boolean allowed = origins.isConfigured(origin);
        HttpServerResponse response = context.response().putHeader("Vary", "Origin");
        if (allowed) {
            response.putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Allow-Credentials", "true")
                    .putHeader("Access-Control-Expose-Headers", "X-Total-Count, Retry-After")
                    .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
        }
        boolean preflight =
                context.request().method().name().equals("OPTIONS")
                        && context.request().getHeader("Access-Control-Request-Method") != null;
        if (!preflight) {
            return false;
        }
        if (allowed) {
            response.putHeader("Access-Control-Allow-Methods", METHODS)
                    .putHeader("Access-Control-Allow-Headers", HEADERS)
                    .putHeader("Access-Control-Max-Age", "600");
        }
        response.setStatusCode(allowed ? 204 : 403).end();
        return true;
    }

    private String policy(String host) {
        // 'self' covers the socket in current browsers; older ones want it by name.
        String socket =
                host != null && HOST.matcher(host).matches()
                        ? " " + (secure ? "wss://" : "ws://") + host
                        : "";
        return "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data:; font-src 'self'; connect-src 'self'"
                + socket
                + "; object-src 'none'; base-uri 'none'; form-action 'self'; "
                + "frame-ancestors 'none'";
    }
}
