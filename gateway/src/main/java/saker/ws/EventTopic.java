package saker.ws;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import saker.auth.Operation;

/** Items in the order they happened, the newest {@value #RING} of them. Nothing is merged. */
final class EventTopic extends Topic {
    static final int RING = 1_536;
    private static final int SNAPSHOT_ITEMS = 512;

    private final Deque<JsonObject> items = new ArrayDeque<>();

    EventTopic(String name, Operation operation) {
        super(name, operation, 20);
    }

    void append(JsonObject item) {
        seq++;
        items.addLast(item);
        if (items.size() > RING) {
            items.removeFirst();
        }
    }

    /** Says that items are missing here, so that nobody is told otherwise. */
    void onLoss() {
        seq++;
        items.clear();
    }

    @Override
    boolean canReplay(long since) {
        return since >= seq - items.size() && since <= seq;
    }

    @Override
    List<JsonObject> snapshot(Set<String> keys) {
        List<JsonObject> kept = new ArrayList<>(items);
        List<JsonObject> newest =
                kept.subList(Math.max(0, kept.size() - SNAPSHOT_ITEMS), kept.size());
        return keys == null
                ? newest
                : newest.stream().filter(item -> keys.contains(item.getString("id"))).toList();
    }

    @Override
    JsonObject updates(long held, long from, Set<String> keys, int limit) {
        long first = seq - items.size(); // Number before the oldest item.
        long to = Math.min(seq, from + limit);
        JsonArray array = new JsonArray();
        long number = first;
        for (JsonObject item : items) {
            number++;
            boolean wanted = keys == null || keys.contains(item.getString("id"));
            if (number > from && number <= to && wanted) {
                array.add(item);
            }
        }
        return new JsonObject().put("prev", held).put("seq", to).put("items", array);
    }
}
