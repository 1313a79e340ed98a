package saker.rest;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which pages may talk to us: our own, and the configured ones, each named exactly. On loopback our
 * own page is one that was loaded from a loopback name, so that a foreign name which points at
 * 127.0.0.1 does not count.
 */
public final class Origins {
    private static final Pattern EXACT = Pattern.compile("https?://[a-z0-9.\\-\\[\\]:]+");
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]{1,5})?");

    private final Set<String> configured;
    private final boolean loopback;
    private final boolean secure;

    /**
     * @param loopback whether we listen on loopback, without a proxy in front
     * @param secure whether browsers reach us by TLS
     * @throws IllegalArgumentException for {@code *} or anything else that is no exact origin
     */
    public Origins(List<String> configured, boolean loopback, boolean secure) {
        for (String origin : configured) {
            if (!EXACT.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        "bad gateway.origins: value=%s, allowed=exact origins such as https://desk.example.com, never *"
                                .formatted(origin));
            }
        }
        this.configured = Set.copyOf(configured);
        this.loopback = loopback;
        this.secure = secure;
    }

    /** Whether the origin is configured and so gets CORS headers. */
    public boolean isConfigured(String origin) {
        return origin != null && configured.contains(origin);
    }

    /** Whether the request names an origin that is ours or configured. */
    public boolean isAllowed(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        return isConfigured(origin) || isOwn(origin, request.getHeader("Host"));
    }

    private boolean isOwn(String origin, String host) {
        if (origin == null || host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        if (loopback && !LOOPBACK.matcher(name).matches()) {
            return false;
        }
        return origin.equals((secure ? "https://" : "http://") + name);
    }
}
