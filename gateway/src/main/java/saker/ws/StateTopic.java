package saker.ws;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import saker.auth.Operation;

/**
 * Rows by id. Every member remembers the sequence number of its last change, and every removed row
 * that of its removal, so that the way from any past number to now is one merged update: values are
 * absolute, and what happened in between does not matter.
 */
final class StateTopic extends Topic {
    private static final int MAX_REMOVALS = 4_096;

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Long> removals = new LinkedHashMap<>();
    private long floorSeq; // Removals up to here are forgotten.

    private static final class Row {
        private final JsonObject members = new JsonObject();
        private final Map<String, Long> changedAt = new HashMap<>();
        private long newest;
    }

    StateTopic(String name, Operation operation, double defaultHz) {
        super(name, operation, defaultHz);
    }

    /** Takes in rows (each with an id, complete) and removals as one update. */
    void apply(List<JsonObject> changed, List<String> removed) {
        long next = seq + 1;
        boolean any = false;
        for (JsonObject row : changed) {
            any |= put(row, next);
        }
        for (String id : removed) {
            any |= remove(id, next);
        }
        if (any) {
            seq = next;
        }
    }

    boolean contains(String id) {
        return rows.containsKey(id);
    }

    int size() {
        return rows.size();
    }

    /** The row that was added first, or null. */
    String oldest() {
        return rows.isEmpty() ? null : rows.keySet().iterator().next();
    }

    @Override
    boolean canReplay(long since) {
        return since >= floorSeq && since <= seq;
    }

    @Override
    List<JsonObject> snapshot(Set<String> keys) {
        List<JsonObject> all = new ArrayList<>(rows.size());
        rows.forEach(
                (id, row) -> {
                    if (keys == null || keys.contains(id)) {
                        all.add(row.members);
                    }
                });
        return all;
    }

    @Override
    JsonObject updates(long held, long from, Set<String> keys, int limit) {
        JsonArray up = new JsonArray();
        rows.forEach(
                (id, row) -> {
                    if (row.newest > from && (keys == null || keys.contains(id))) {
                        up.add(changes(id, row, from));
                    }
                });
        JsonArray del = new JsonArray();
        removals.forEach(
                (id, at) -> {
                    if (at > from && (keys == null || keys.contains(id))) {
                        del.add(id);
                    }
                });
        JsonObject frame = new JsonObject().put("prev", held).put("seq", seq);
        if (seq - held > 1) {
            frame.put("cf", seq - held);
        }
        return frame.put("up", up).put("del", del);
    }

    private boolean put(JsonObject values, long next) {
        String id = values.getString("id");
        Row row = rows.computeIfAbsent(id, k -> new Row());
        boolean any = removals.remove(id) != null;
        for (Map.Entry<String, Object> member : values) {
            String name = member.getKey();
            boolean same =
                    row.changedAt.containsKey(name)
                            && Objects.equals(row.members.getValue(name), member.getValue());
            if (!same) {
                row.members.put(name, member.getValue());
                row.changedAt.put(name, next);
                row.newest = next;
                any = true;
            }
        }
        return any;
    }

    private boolean remove(String id, long next) {
        if (rows.remove(id) == null) {
            return false;
        }
        removals.put(id, next);
        Iterator<Long> oldest = removals.values().iterator();
        while (removals.size() > MAX_REMOVALS && oldest.hasNext()) {
            floorSeq = oldest.next();
            oldest.remove();
        }
        return true;
    }

    private static JsonObject changes(String id, Row row, long from) {
        JsonObject changes = new JsonObject().put("id", id);
        row.changedAt.forEach(
                (name, at) -> {
                    if (at > from) {
                        changes.put(name, row.members.getValue(name));
                    }
                });
        return changes;
    }
}
