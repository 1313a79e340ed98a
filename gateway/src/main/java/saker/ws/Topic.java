package saker.ws;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import saker.auth.Operation;

/**
 * One topic of the live feed: what it holds now, and enough of its past to bring a client from a
 * sequence number to the present. {@code seq} counts updates since the gateway started. Event loop
 * only.
 */
abstract sealed class Topic permits StateTopic, EventTopic {
    private final String name;
    private final Operation operation;
    private final double defaultHz;
    protected long seq;

    Topic(String name, Operation operation, double defaultHz) {
        this.name = name;
        this.operation = operation;
        this.defaultHz = defaultHz;
    }

    final String name() {
        return name;
    }

    /** What a user must be allowed to subscribe. */
    final Operation operation() {
        return operation;
    }

    final double defaultHz() {
        return defaultHz;
    }

    final long seq() {
        return seq;
    }

    /** Whether the updates after {@code since} are all still known. */
    abstract boolean canReplay(long since);

    /** Rows or kept items, for a snapshot; {@code keys} null for all. */
    abstract List<JsonObject> snapshot(Set<String> keys);

    /**
     * The updates after {@code from} as the members of one frame, without op, t and ts.
     *
     * @param held sequence number the client holds, for {@code prev}
     * @param limit most items of an event frame
     */
    abstract JsonObject updates(long held, long from, Set<String> keys, int limit);

    static JsonArray array(List<JsonObject> rows) {
        return new JsonArray(rows);
    }
}
