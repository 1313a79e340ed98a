package saker.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A reader of the live feed that acknowledges as WEBSOCKET.md asks. Thread-safe. */
final class LiveSocket implements WebSocket.Listener, AutoCloseable {
    private final List<JsonNode> frames = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private LiveSocket(DemoApi api) {
        socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Origin", api.base().toString())
                        .buildAsync(api.socket(), this)
                        .join();
        send("{\"op\":\"auth\",\"token\":\"%s\",\"proto\":1}".formatted(api.token()));
    }

    static LiveSocket open(DemoApi api) {
        return new LiveSocket(api);
    }

    void send(String frame) {
        socket.sendText(frame, true).join();
    }

    JsonNode await(String what, Predicate<JsonNode> wanted) {
        return Await.value(what, Duration.ofSeconds(15), () -> first(wanted));
    }

    synchronized long count(Predicate<JsonNode> wanted) {
        return frames.stream().filter(wanted).count();
    }

    private synchronized Optional<JsonNode> first(Predicate<JsonNode> wanted) {
        return frames.stream().filter(wanted).findFirst();
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            frames.add(Json.parse(partial.toString()));
            partial.setLength(0);
            if (frames.size() % 10 == 0) {
                from.sendText("{\"op\":\"ack\",\"n\":" + frames.size() + "}", true);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
