package saker.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import saker.auth.Operation;

class TopicTest {
    private final StateTopic state = new StateTopic("positions:0", Operation.WATCH_POSITIONS, 10);
    private final EventTopic events = new EventTopic("fills:0", Operation.WATCH_FILLS);

    /** A client that looks now and then ends with the same rows as one that looked always. */
    @RepeatedTest(50)
    void shouldBringAClientFromAnyPastToThePresent(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Map<String, JsonObject> truth = new TreeMap<>();
        Map<String, JsonObject> client = new TreeMap<>();
        long held = 0;

        for (int step = 0; step < 400; step++) {
            String id = "t" + random.nextInt(20);
            if (random.nextInt(3) == 0) {
                state.apply(List.of(), List.of(id));
                truth.remove(id);
            } else {
                JsonObject row =
                        new JsonObject()
                                .put("id", id)
                                .put("profit", Integer.toString(random.nextInt(5)))
                                .put("sl", random.nextBoolean() ? null : "1." + random.nextInt(3));
                state.apply(List.of(row), List.of());
                truth.put(id, row);
            }
            if (random.nextInt(7) == 0) {
                held = follow(client, held);
            }
        }
        follow(client, held);

        assertThat(client).isEqualTo(truth);
    }

    @Test
    void shouldNotCountAnUpdateThatChangesNothing() {
        JsonObject row = new JsonObject().put("id", "a").put("bid", "1.1");
        state.apply(List.of(row), List.of());

        state.apply(List.of(row.copy()), List.of("unknown"));

        assertThat(state.seq()).isEqualTo(1);
    }

    @Test
    void shouldNotReplayWhatItHasForgotten() {
        for (int i = 0; i < 6_000; i++) {
            state.apply(List.of(new JsonObject().put("id", "r" + i)), List.of());
            state.apply(List.of(), List.of("r" + i));
        }

        assertThat(state.canReplay(10)).isFalse();
        assertThat(state.canReplay(state.seq() - 1_000)).isTrue();
        assertThat(state.canReplay(state.seq() + 1)).isFalse();
    }

    @Test
    void shouldReplayAtLeast512Events() {
        IntStream.rangeClosed(1, 5_000)
                .forEach(i -> events.append(new JsonObject().put("id", Integer.toString(i))));

        JsonObject updates = events.updates(4_400, 4_400, null, 1_000);

        assertThat(events.canReplay(5_000 - 512)).isTrue();
        assertThat(events.canReplay(3_000)).isFalse();
        assertThat(updates.getJsonArray("items")).hasSize(600);
        assertThat(updates.getLong("seq")).isEqualTo(5_000);
    }

    @Test
    void shouldNotReplayAcrossLostEvents() {
        events.append(new JsonObject().put("id", "1"));

        events.onLoss();

        assertThat(events.canReplay(1)).isFalse();
        assertThat(events.canReplay(2)).isTrue();
        assertThat(events.snapshot(null)).isEmpty();
    }

    @Test
    void shouldSayWhenMoreHappenedThanItCanHold() {
        PendingChanges pending = new PendingChanges((symbol, period) -> true, () -> {});
        for (int i = 0; i <= PendingChanges.MAX_EVENTS; i++) {
            pending.onFill(
                    new saker.api.FillView(
                            0, i, 1, "EURUSD", saker.model.Side.BUY, 1, 1, 0, "", 1));
        }

        PendingChanges.Batch batch = pending.drain();

        assertThat(batch.events()).hasSize(PendingChanges.MAX_EVENTS);
        assertThat(batch.lost()).isTrue();
        assertThat(pending.drain().lost()).isFalse();
    }

    private long follow(Map<String, JsonObject> client, long held) {
        JsonObject updates = state.updates(held, held, null, 0);
        assertThat(updates.getLong("prev")).isEqualTo(held);
        List<JsonObject> up = new ArrayList<>();
        updates.getJsonArray("up").forEach(row -> up.add((JsonObject) row));
        for (JsonObject change : up) {
            client.computeIfAbsent(change.getString("id"), id -> new JsonObject()).mergeIn(change);
        }
        updates.getJsonArray("del").forEach(id -> client.remove((String) id));
        return updates.getLong("seq");
    }
}
