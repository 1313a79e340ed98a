package saker.ws;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import saker.auth.AccessTokens;
import saker.auth.Principal;
import saker.auth.RateLimiter;
import saker.auth.TokenCheck;
import saker.json.BadRequest;
import saker.json.RequestBody;

/**
 * One connection: its identity, its subscriptions, and how many frames it may still be sent. See
 * WEBSOCKET.md for the protocol. Event loop only.
 */
final class SocketSession {
    static final int MAX_TOPICS = 64;
    static final int CREDIT_FRAMES = 40;
    static final int MAX_BACKLOG = 1_000;
    static final int MAX_FRAME_CHARS = 16 * 1024;

    private static final long AUTH_LIMIT_MS = 5_000;
    private static final long EXPIRY_GRACE_MS = 30_000;
    private static final long HEARTBEAT_MS = 1_000;
    private static final int MAX_OPEN_BEATS = 60; // A minute at least, whatever the clock does.
    private static final int ROWS_PER_PART = 500;
    private static final int ITEMS_PER_FRAME = 200;
    private static final double MIN_HZ = 0.2;
    private static final double MAX_HZ = 20;

    /** What a session asks of the hub. */
    interface Host {
        String epoch();

        Optional<Topic> topic(String name);

        List<String> topicNames(Principal who);

        /** False if this user has too many connections. */
        boolean admit(Principal who);

        void onRefused(String address, String user, String reason);

        void onReset(String reason);

        void onGap();

        void onClosing(CloseCode code);
    }

    private final String id;
    private final String address;
    private final ServerWebSocket socket;
    private final AccessTokens tokens;
    private final Host host;
    private final RateLimiter incoming;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();

    private Principal who; // Null before the first auth.
    private double maxHz = MAX_HZ;
    private long sent;
    private long acknowledged;
    private int openBeats; // Heartbeats since the last ack.
    private long connectedMs;
    private long wroteMs;
    private boolean closed;

    SocketSession(
            String id,
            String address,
            ServerWebSocket socket,
            AccessTokens tokens,
            Host host,
            RateLimiter incoming,
            long nowMs) {
        this.id = id;
        this.address = address;
        this.socket = socket;
        this.tokens = tokens;
        this.host = host;
        this.incoming = incoming;
        this.connectedMs = nowMs;
        this.wroteMs = nowMs;
    }

    String address() {
        return address;
    }

    Optional<Principal> who() {
        return Optional.ofNullable(who);
    }

    boolean isClosed() {
        return closed;
    }

    void onClosed() {
        closed = true;
        subscriptions.clear();
    }

    /** A text frame of the client. */
    void onText(String text, long nowMs) {
        if (closed) {
            return;
        }
        if (text.length() > MAX_FRAME_CHARS) {
            close(CloseCode.PROTOCOL, "a frame of at most 16 kB", nowMs);
            return;
        }
        if (incoming.take("") > 0) {
            close(CloseCode.PROTOCOL, "too many frames", nowMs);
            return;
        }
        RequestBody frame;
        try {
            frame = RequestBody.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (BadRequest e) {
            close(CloseCode.PROTOCOL, "one JSON object per frame", nowMs);
            return;
        }
        String op = frame.node("op").asText("");
        if (who == null && !op.equals("auth")) {
            host.onRefused(address, "?", "first frame is no auth");
            close(CloseCode.AUTHENTICATION, "auth first", nowMs);
            return;
        }
        dispatch(op, frame, nowMs);
    }

    /** Every 50 ms: deadlines, states that are due, heartbeat. */
    void onTick(long nowMs) {
        if (closed) {
            return;
        }
        if (who == null) {
            if (nowMs - connectedMs >= AUTH_LIMIT_MS) {
                close(CloseCode.AUTHENTICATION, "no auth within 5 s", nowMs);
            }
            return;
        }
        if (nowMs >= who.expiresMs() + EXPIRY_GRACE_MS) {
            close(CloseCode.AUTHENTICATION, "token expired", nowMs);
            return;
        }
        if (openBeats >= MAX_OPEN_BEATS) {
            close(CloseCode.SLOW_CONSUMER, "no ack of 60 heartbeats", nowMs);
            return;
        }
        flush(nowMs);
        if (!closed && nowMs - wroteMs >= HEARTBEAT_MS) {
            JsonObject beat = new JsonObject().put("op", "hb").put("ts", nowMs);
            write(beat.put("n", sent + 1), nowMs);
            openBeats++;
        }
    }

    /** Sends what is due and fits into the credit. */
    void flush(long nowMs) {
        if (who == null) {
            return;
        }
        for (Subscription subscription : List.copyOf(subscriptions.values())) {
            flush(subscription, nowMs);
            if (closed) {
                return;
            }
        }
    }

    void close(CloseCode code, String reason, long nowMs) {
        if (closed) {
            return;
        }
        JsonObject bye =
                new JsonObject().put("op", "bye").put("code", code.code()).put("reason", reason);
        if (code == CloseCode.RESTARTING) {
            bye.put("retry_ms", 2_000);
        }
        write(bye, nowMs);
        closed = true;
        subscriptions.clear();
        host.onClosing(code);
        socket.close((short) code.code(), reason);
    }

    private void dispatch(String op, RequestBody frame, long nowMs) {
        switch (op) {
            case "auth" -> onAuth(frame, nowMs);
            case "sub" -> onSub(frame, nowMs);
            case "unsub" -> subscriptions.remove(frame.node("t").asText(""));
            case "rate" -> onRate(frame, nowMs);
            case "ack" -> onAck(frame, nowMs);
            default -> {
                // Unknown ops are ignored, so that a newer client may try one. No op is a command.
            }
        }
    }

    private void onAuth(RequestBody frame, long nowMs) {
        TokenCheck check = tokens.check(frame.node("token").asText(""));
        if (!(check instanceof TokenCheck.Valid valid)) {
            host.onRefused(address, "?", ((TokenCheck.Refused) check).reason());
            close(CloseCode.AUTHENTICATION, "token refused", nowMs);
            return;
        }
        Principal principal = valid.principal();
        if (principal.mustChangePassword()) {
            close(CloseCode.REVOKED, "change the password first", nowMs);
            return;
        }
        if (who != null && !who.username().equals(principal.username())) {
            close(CloseCode.AUTHENTICATION, "another user", nowMs);
            return;
        }
        if (who == null && !host.admit(principal)) {
            close(CloseCode.TOO_MANY, "too many connections", nowMs);
            return;
        }
        who = principal;
        subscriptions.values().removeIf(s -> !s.topic.operation().allows(who));
        write(hello(nowMs), nowMs);
    }

    private JsonObject hello(long nowMs) {
        return new JsonObject()
                .put("op", "hello")
                .put("session", id)
                .put("epoch", host.epoch())
                .put("now", nowMs)
                .put("hb_ms", HEARTBEAT_MS)
                .put("user", who.username())
                .put("role", who.roleName())
                .put("expires", who.expiresMs())
                .put("max_topics", MAX_TOPICS)
                .put("topics", host.topicNames(who));
    }

    private void onSub(RequestBody frame, long nowMs) {
        Object requestId = frame.node("id").isIntegralNumber() ? frame.node("id").asLong() : null;
        if (socket.writeQueueFull()) {
            close(CloseCode.SLOW_CONSUMER, "snapshots are not read", nowMs);
            return;
        }
        if (!frame.node("topics").isArray()) {
            error(requestId, null, "bad_request", "topics: a list", nowMs);
            return;
        }
        for (var topic : frame.node("topics")) {
            if (closed) {
                return;
            }
            subscribe(topic, requestId, nowMs);
        }
    }

    private void subscribe(JsonNode wish, Object requestId, long nowMs) {
        String name = wish.path("t").asText("");
        Optional<Topic> found = host.topic(name);
        if (found.isEmpty()) {
            error(requestId, name, "unknown_topic", "no such topic", nowMs);
            return;
        }
        Topic topic = found.get();
        if (!topic.operation().allows(who)) {
            host.onRefused(address, who.username(), "topic " + name);
            error(requestId, name, "forbidden", "not allowed for role " + who.roleName(), nowMs);
            return;
        }
        double hz = wish.path("hz").asDouble(topic.defaultHz());
        if (!(hz >= MIN_HZ && hz <= MAX_HZ)) {
            error(requestId, name, "bad_request", "hz: 0.2 to 20", nowMs);
            return;
        }
        boolean again = subscriptions.containsKey(name);
        if (!again && subscriptions.size() >= MAX_TOPICS) {
            error(requestId, name, "too_many_topics", "at most " + MAX_TOPICS, nowMs);
            return;
        }
        Subscription subscription = new Subscription(topic, keys(wish.path("keys")), hz);
        subscriptions.put(name, subscription);
        if (again && !wish.has("since")) {
            host.onGap(); // A client does this when a frame did not fit.
        }
        begin(subscription, wish.path("since"), requestId, nowMs);
    }

    private void begin(Subscription subscription, JsonNode since, Object requestId, long nowMs) {
        long seq = since.path("seq").asLong(-1);
        if (since.isMissingNode() || since.isNull()) {
            snapshot(subscription, requestId, nowMs);
        } else if (!host.epoch().equals(since.path("epoch").asText(""))) {
            reset(subscription, "epoch", requestId, nowMs);
        } else if (!subscription.topic.canReplay(seq)) {
            reset(subscription, "ring", requestId, nowMs);
        } else {
            subscription.heldSeq = seq;
            subscription.fromSeq = seq;
            subscription.owed = true;
            flush(subscription, nowMs);
        }
    }

    private void onRate(RequestBody frame, long nowMs) {
        double hz = frame.node("hz").asDouble(-1);
        if (hz >= MIN_HZ && hz <= MAX_HZ) {
            maxHz = hz;
        } else {
            error(null, null, "bad_request", "hz: 0.2 to 20", nowMs);
        }
    }

    private void onAck(RequestBody frame, long nowMs) {
        long n = frame.node("n").asLong(-1);
        if (n < 0 || n > sent) {
            close(CloseCode.PROTOCOL, "ack of frames that were not sent", nowMs);
            return;
        }
        if (n > acknowledged) {
            acknowledged = n;
            openBeats = 0;
        }
        flush(nowMs);
    }

    private void flush(Subscription subscription, long nowMs) {
        if (subscription.backlog() == 0 && !subscription.owed) {
            return;
        }
        if (!subscription.topic.canReplay(subscription.fromSeq)) {
            if (hasCredit()) {
                reset(subscription, "ring", null, nowMs);
            }
            return;
        }
        if (subscription.isEvents()) {
            flushEvents(subscription, nowMs);
        } else if (subscription.owed || isDue(subscription, nowMs)) {
            flushState(subscription, nowMs);
        }
    }

    private boolean isDue(Subscription subscription, long nowMs) {
        double hz = Math.min(maxHz, subscription.hz);
        // Half a tick early, so that 50 ms ticks give 20 Hz and not 10.
        return nowMs - subscription.sentMs >= 1_000 / hz - 25;
    }

    private void flushState(Subscription subscription, long nowMs) {
        if (!hasCredit()) {
            return;
        }
        JsonObject updates =
                subscription.topic.updates(
                        subscription.heldSeq, subscription.fromSeq, subscription.keys, 0);
        boolean empty =
                updates.getJsonArray("up").isEmpty() && updates.getJsonArray("del").isEmpty();
        if (empty && !subscription.owed) {
            subscription.fromSeq = subscription.topic.seq(); // Other keys changed.
            return;
        }
        write(frame("delta", subscription, nowMs).mergeIn(updates), nowMs);
        subscription.onSent(updates.getLong("seq"), nowMs);
    }

    private void flushEvents(Subscription subscription, long nowMs) {
        while (subscription.backlog() > 0 || subscription.owed) {
            if (!hasCredit()) {
                if (subscription.backlog() > MAX_BACKLOG) {
                    close(CloseCode.SLOW_CONSUMER, subscription.topic.name(), nowMs);
                }
                return;
            }
            JsonObject updates =
                    subscription.topic.updates(
                            subscription.heldSeq,
                            subscription.fromSeq,
                            subscription.keys,
                            ITEMS_PER_FRAME);
            if (updates.getJsonArray("items").isEmpty() && !subscription.owed) {
                subscription.fromSeq = updates.getLong("seq");
                continue;
            }
            write(frame("ev", subscription, nowMs).mergeIn(updates), nowMs);
            subscription.onSent(updates.getLong("seq"), nowMs);
        }
    }

    private void reset(Subscription subscription, String reason, Object requestId, long nowMs) {
        host.onReset(reason);
        write(
                new JsonObject()
                        .put("op", "reset")
                        .put("t", subscription.topic.name())
                        .put("reason", reason),
                nowMs);
        snapshot(subscription, requestId, nowMs);
    }

    private void snapshot(Subscription subscription, Object requestId, long nowMs) {
        List<JsonObject> rows = subscription.topic.snapshot(subscription.keys);
        int parts = Math.max(1, (rows.size() + ROWS_PER_PART - 1) / ROWS_PER_PART);
        for (int part = 1; part <= parts; part++) {
            int to = Math.min(rows.size(), part * ROWS_PER_PART);
            List<JsonObject> some = new ArrayList<>(rows.subList((part - 1) * ROWS_PER_PART, to));
            JsonObject frame = new JsonObject().put("op", "snap");
            frame.put("t", subscription.topic.name());
            if (requestId != null) {
                frame.put("id", requestId);
            }
            frame.put("epoch", host.epoch())
                    .put("seq", subscription.topic.seq())
                    .put("ts", nowMs)
                    .put("rows", Topic.array(some))
                    .put("part", new JsonArray().add(part).add(parts));
            write(frame, nowMs);
        }
        subscription.onSent(subscription.topic.seq(), nowMs);
    }

    private static JsonObject frame(String op, Subscription subscription, long nowMs) {
        return new JsonObject().put("op", op).put("t", subscription.topic.name()).put("ts", nowMs);
    }

    private void error(Object requestId, String topic, String code, String message, long nowMs) {
        JsonObject error = new JsonObject().put("op", "err");
        if (requestId != null) {
            error.put("id", requestId);
        }
        if (topic != null) {
            error.put("t", topic);
        }
        write(error.put("code", code).put("msg", message), nowMs);
    }

    private boolean hasCredit() {
        return sent - acknowledged < CREDIT_FRAMES;
    }

    private void write(JsonObject frame, long nowMs) {
        sent++;
        wroteMs = nowMs;
        socket.writeTextMessage(frame.encode());
    }

    private static Set<String> keys(JsonNode node) {
        if (!node.isArray()) {
            return null;
        }
        Set<String> keys = new HashSet<>();
        node.forEach(key -> keys.add(key.asText()));
        return keys;
    }
}
