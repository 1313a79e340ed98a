package saker.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A client that follows WEBSOCKET.md to the letter: applies what fits, counts gaps, acknowledges,
 * and can be told not to. Thread-safe.
 */
final class LiveClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final Map<String, Map<String, ObjectNode>> rows = new HashMap<>();
    final Map<String, List<JsonNode>> items = new HashMap<>();
    final Map<String, Long> seqs = new HashMap<>();
    final List<JsonNode> frames = new ArrayList<>();
    int gaps;
    int snapshots;
    String epoch;

    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;
    private boolean acknowledging = true;
    private long received;
    private int closeCode = -1;

    /** Connects with the gateway's own origin. */
    static LiveClient connect(GatewayFixture gateway) {
        return connect(gateway, gateway.origin(), "/ws");
    }

    /**
     * @throws CompletionException if the handshake is refused
     */
    static LiveClient connect(GatewayFixture gateway, String origin, String path) {
        LiveClient client = new LiveClient();
        client.open(gateway, origin, path);
        return client;
    }

    /** A new connection of the same client: what it held, it still holds. */
    void reconnect(GatewayFixture gateway, String token) {
        open(gateway, gateway.origin(), "/ws");
        auth(token);
    }

    private void open(GatewayFixture gateway, String origin, String path) {
        synchronized (this) {
            received = 0;
            closeCode = -1;
            partial.setLength(0);
        }
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (origin != null) {
            builder.header("Origin", origin);
        }
        URI uri = URI.create("ws://127.0.0.1:" + gateway.server.port() + path);
        WebSocket opened = builder.buildAsync(uri, this).join();
        synchronized (this) {
            socket = opened;
        }
    }

    LiveClient auth(String token) {
        int before = count(frame -> op(frame, "hello"));
        send(
                "{\"op\":\"auth\",\"token\":\"%s\",\"proto\":1,\"client\":\"test/1\"}"
                        .formatted(token));
        await(() -> count(frame -> op(frame, "hello")) > before || isClosed());
        return this;
    }

    LiveClient subscribe(String topic) {
        return subscribe(topic, 20);
    }

    LiveClient subscribe(String topic, double hz) {
        send(
                "{\"op\":\"sub\",\"id\":1,\"topics\":[{\"t\":\"%s\",\"hz\":%s}]}"
                        .formatted(topic, hz));
        return this;
    }

    /** Subscribes from what is held. */
    LiveClient resume(String topic) {
        send(
                ("{\"op\":\"sub\",\"id\":2,\"topics\":[{\"t\":\"%s\",\"hz\":20,"
                                + "\"since\":{\"epoch\":\"%s\",\"seq\":%d}}]}")
                        .formatted(topic, epoch, seq(topic)));
        return this;
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    synchronized void acknowledge(boolean on) {
        acknowledging = on;
        if (on) {
            ack();
        }
    }

    /** Cuts the connection without a goodbye. */
    void kill() {
        socket.abort();
    }

    synchronized long seq(String topic) {
        return seqs.getOrDefault(topic, -1L);
    }

    synchronized Map<String, String> column(String topic, String member) {
        Map<String, String> column = new TreeMap<>();
        rows.getOrDefault(topic, Map.of())
                .forEach((id, row) -> column.put(id, row.path(member).asText()));
        return column;
    }

    synchronized List<String> itemIds(String topic) {
        return items.getOrDefault(topic, List.of()).stream()
                .map(item -> item.get("id").asText())
                .toList();
    }

    synchronized int count(Predicate<JsonNode> wanted) {
        return (int) frames.stream().filter(wanted).count();
    }

    synchronized JsonNode first(Predicate<JsonNode> wanted) {
        return frames.stream().filter(wanted).findFirst().orElseThrow();
    }

    synchronized int closeCode() {
        return closeCode;
    }

    synchronized boolean isClosed() {
        return closeCode >= 0;
    }

    /** Waits until frames made it true; fails after 15 s. */
    synchronized void await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 15_000_000_000L;
        while (!condition.getAsBoolean()) {
            long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new AssertionError(
                        "not reached: seqs=%s, closeCode=%d, last=%s"
                                .formatted(
                                        seqs,
                                        closeCode,
                                        frames.isEmpty() ? null : frames.get(frames.size() - 1)));
            }
            try {
                wait(Math.min(leftMs, 100));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static boolean op(JsonNode frame, String op) {
        return frame.get("op").asText().equals(op);
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            JsonNode frame = GatewayFixture.json(partial.toString());
            partial.setLength(0);
            received++;
            frames.add(frame);
            apply(frame);
            if (acknowledging && (received % 10 == 0 || op(frame, "hb"))) {
                from.sendText("{\"op\":\"ack\",\"n\":" + received + "}", true);
            }
            notifyAll();
        }
        from.request(1);
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode = code;
        notifyAll();
        return null;
    }

    @Override
    public synchronized void onError(WebSocket from, Throwable error) {
        if (closeCode < 0) {
            closeCode = 1006;
        }
        notifyAll();
    }

    @Override
    public void close() {
        try {
            socket.sendClose(1000, "").get(2, TimeUnit.SECONDS);
        } catch (Exception e) {
            socket.abort(); // Closed by the other side already.
        }
    }

    private void ack() {
        socket.sendText("{\"op\":\"ack\",\"n\":" + received + "}", true);
    }

    private void apply(JsonNode frame) {
        String topic = frame.path("t").asText();
        switch (frame.get("op").asText()) {
            case "hello" -> epoch = frame.get("epoch").asText();
            case "snap" -> snapshot(topic, frame);
            case "delta", "ev" -> update(topic, frame);
            default -> {
                // hb, err, reset and bye change no rows.
            }
        }
    }

    private void snapshot(String topic, JsonNode frame) {
        if (frame.get("part").get(0).asInt() == 1) {
            snapshots++;
            rows.put(topic, new HashMap<>());
            items.put(topic, new ArrayList<>());
        }
        for (JsonNode row : frame.get("rows")) {
            rows.get(topic).put(row.get("id").asText(), (ObjectNode) row);
            items.get(topic).add(row);
        }
        seqs.put(topic, frame.get("seq").asLong());
    }

    private void update(String topic, JsonNode frame) {
        long held = seq(topic);
        if (frame.get("seq").asLong() < held) {
            return;
        }
        if (frame.get("prev").asLong() != held) {
            gaps++;
            return;
        }
        for (JsonNode row : frame.path("up")) {
            rows.get(topic)
                    .merge(
                            row.get("id").asText(),
                            (ObjectNode) row.deepCopy(),
                            (old, change) -> old.setAll((ObjectNode) row));
        }
        for (JsonNode id : frame.path("del")) {
            rows.get(topic).remove(id.asText());
        }
        for (JsonNode item : frame.path("items")) {
            items.get(topic).add(item);
        }
        seqs.put(topic, frame.get("seq").asLong());
    }
}
