package saker.ws;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import saker.api.Engine;
import saker.api.Workers;
import saker.auth.AccessTokens;
import saker.auth.Principal;
import saker.auth.RateLimiter;
import saker.auth.Revocations;

/**
 * The socket endpoint: admits connections, feeds them, and ends those whose token no longer counts.
 * Event loop only, apart from {@link #count()}.
 */
public final class SocketHub implements SocketSession.Host {
    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_PER_USER = 16;
    private static final int MAX_UNKNOWN_PER_ADDRESS = 16;
    private static final long TICK_MS = 50;
    private static final int FRAMES_PER_SECOND = 50;

    /** Told who was refused and why. */
    public interface Audit {
        void refused(String address, String user, String reason);
    }

    private final Context context;
    private final AccessTokens tokens;
    private final Revocations revocations;
    private final Audit audit;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final LiveFeed feed;
    private final String epoch = randomText();
    private final Set<SocketSession> sessions = new LinkedHashSet<>();
    private volatile int count;
    private long timer = -1;

    public SocketHub(
            Context context,
            Engine engine,
            Workers workers,
            AccessTokens tokens,
            Revocations revocations,
            Audit audit,
            MeterRegistry meters,
            InstantSource clock) {
        this.context = context;
        this.tokens = tokens;
        this.revocations = revocations;
        this.audit = audit;
        this.meters = meters;
        this.clock = clock;
        this.feed = new LiveFeed(context, engine, workers, meters, clock);
    }

    public void start() {
        meters.gauge("saker_ws_clients", this, SocketHub::count);
        meters.counter("saker_ws_gap");
        feed.start(this::flush);
        timer = context.owner().setPeriodic(TICK_MS, tick -> onTick());
        revocations.listen(() -> context.runOnContext(v -> endRevoked()));
    }

    /** Says goodbye; clients come back after a moment. */
    public void stop() {
        context.owner().cancelTimer(timer);
        for (SocketSession session : List.copyOf(sessions)) {
            session.close(CloseCode.RESTARTING, "restarting", clock.millis());
        }
    }

    /** Open connections. Any thread. */
    public int count() {
        return count;
    }

    /**
     * Upgrades a request. The query must be empty: a token in an address ends up in logs.
     *
     * @param isOwnPage whether the request's origin may connect
     */
    public void onRequest(HttpServerRequest request, String address, boolean isOwnPage) {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            refuse(request, 426, "upgrade_required", "a WebSocket handshake");
        } else if (!isOwnPage) {
            audit.refused(address, "?", "origin " + request.getHeader("Origin"));
            refuse(request, 403, "forbidden", "Origin of our own page");
        } else if (request.query() != null && !request.query().isEmpty()) {
            audit.refused(address, "?", "query on the socket's address");
            refuse(request, 403, "forbidden", "no query; the token goes into the first frame");
        } else {
            Future<ServerWebSocket> upgrade = request.toWebSocket();
            upgrade.onSuccess(socket -> accept(socket, address));
        }
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public Optional<Topic> topic(String name) {
        return feed.topic(name);
    }

    @Override
    public List<String> topicNames(Principal who) {
        return feed.names(operation -> operation.allows(who));
    }

    @Override
    public boolean admit(Principal who) {
        return sessions.stream()
                        .filter(s -> s.who().filter(p -> sameUser(p, who)).isPresent())
                        .count()
                < MAX_PER_USER;
    }

    @Override
    public void onRefused(String address, String user, String reason) {
        audit.refused(address, user, reason);
    }

    @Override
    public void onReset(String reason) {
        meters.counter("saker_ws_resets", "reason", reason).increment();
    }

    @Override
    public void onGap() {
        meters.counter("saker_ws_gap").increment();
    }

    @Override
    public void onClosing(CloseCode code) {
        meters.counter("saker_ws_closed", "code", Integer.toString(code.code())).increment();
    }

    private void accept(ServerWebSocket socket, String address) {
        long nowMs = clock.millis();
        RateLimiter incoming = new RateLimiter(clock, FRAMES_PER_SECOND, 2 * FRAMES_PER_SECOND);
        SocketSession session =
                new SocketSession(randomText(), address, socket, tokens, this, incoming, nowMs);
        long unknown =
                sessions.stream()
                        .filter(s -> s.who().isEmpty() && s.address().equals(address))
                        .count();
        if (sessions.size() >= MAX_CONNECTIONS || unknown >= MAX_UNKNOWN_PER_ADDRESS) {
            session.close(CloseCode.TOO_MANY, "too many connections", nowMs);
            return;
        }
        sessions.add(session);
        count = sessions.size();
        socket.textMessageHandler(text -> session.onText(text, clock.millis()));
        socket.binaryMessageHandler(
                bytes -> session.close(CloseCode.PROTOCOL, "text frames only", clock.millis()));
        socket.exceptionHandler(e -> socket.close());
        socket.closeHandler(closed -> remove(session));
    }

    private void remove(SocketSession session) {
        session.onClosed();
        sessions.remove(session);
        count = sessions.size();
    }

    private void onTick() {
        feed.drain();
        long nowMs = clock.millis();
        for (SocketSession session : List.copyOf(sessions)) {
            session.onTick(nowMs);
        }
    }

    private void flush() {
        long nowMs = clock.millis();
        for (SocketSession session : List.copyOf(sessions)) {
            session.flush(nowMs);
        }
    }

    private void endRevoked() {
        for (SocketSession session : List.copyOf(sessions)) {
            if (session.who().filter(revocations::isRevoked).isPresent()) {
                session.close(CloseCode.REVOKED, "revoked", clock.millis());
            }
        }
    }

    private static void refuse(
            HttpServerRequest request, int status, String error, String message) {
        HttpServerResponse response = request.response();
        JsonObject json =
                new JsonObject()
                        .put("error", error)
                        .put("message", message)
                        .put("request_id", randomText());
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(json.toBuffer());
    }

    private static boolean sameUser(Principal a, Principal b) {
        return a.username().equals(b.username());
    }

    private static String randomText() {
        return Long.toString(new SecureRandom().nextLong() >>> 24, 36);
    }
}
