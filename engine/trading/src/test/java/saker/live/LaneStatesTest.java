package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.core.Fixtures;
import saker.journal.ReaderPosition;
import saker.live.LaneStates.LaneState;
import saker.market.Instruments;
import saker.strategy.FrameworkFiles;
import saker.strategy.NativeFramework;
import saker.strategy.RunObserver;
import saker.strategy.StrategyHost;
import saker.strategy.TestLibrary;

/** Which lanes are kept, and which instance goes on from which. */
class LaneStatesTest {
    private static final long BOOT_INDEX = 1_000;

    @TempDir private Path folder;

    @Test
    void shouldGiveBackWhatItWasGiven() throws IOException {
        LaneState state = state(1_010, 1, 2);
        lanes().save("a-0", state);

        LaneState loaded = lanes().load().get(0);

        assertThat(loaded.position()).isEqualTo(state.position());
        assertThat(loaded.host().encode()).isEqualTo(state.host().encode());
        assertThat(loaded.bars().encode()).isEqualTo(state.bars().encode());
    }

    @Test
    void shouldKeepTwoOfThisBootAndTwoFromBeforeItOfEachLane() throws IOException {
        for (long index : new long[] {970, 980, 990, 1_010, 1_020, 1_030}) {
            lanes().save("a-0", state(index, 1));
            lanes().save("a-1", state(index + 1, 2));
        }

        assertThat(lanes().load().stream().map(LaneState::index))
                .containsExactly(1_031L, 1_030L, 1_021L, 1_020L, 991L, 990L, 981L, 980L);
    }

    @Test
    void shouldPassOverDamageAtAnyByte() throws IOException {
        lanes().save("a-0", state(1_010, 1));
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.findAny().orElseThrow();
        }
        byte[] good = Files.readAllBytes(file);

        for (int at = 0; at < good.length; at += 7) {
            byte[] bad = good.clone();
            bad[at] ^= 4;
            Files.write(file, bad);
            assertThat(lanes().load()).as("flipped byte %d", at).isEmpty();
            Files.write(file, Arrays.copyOf(good, at));
            assertThat(lanes().load()).as("cut at byte %d", at).isEmpty();
        }
    }

    @Test
    void shouldShareTheNewestThatServesEveryInstance() {
        LaneState newest = state(1_030, 1, 2);
        LaneState older = state(1_010, 1, 2, 3);
        LaneState oldest = state(990, 1, 2, 3);
        List<LaneState> states = List.of(newest, older, oldest);

        assertThat(LaneStates.share(states, Map.of(1L, 1_030L, 2L, 1_099L)))
                .containsOnlyKeys(newest);
        assertThat(LaneStates.share(states, Map.of(1L, 1_029L, 2L, 1_099L)))
                .as("the first is called before it already")
                .containsOnlyKeys(older);
        assertThat(LaneStates.share(states, Map.of(1L, 1_099L, 2L, 1_099L, 3L, 999L)))
                .as("the third begins with the boot")
                .containsOnlyKeys(oldest);
    }

    @Test
    void shouldShareSeveralWhereNoneServesAll() {
        LaneState one = state(1_030, 1);
        LaneState two = state(1_020, 2, 3);

        Map<LaneState, List<Long>> shares =
                LaneStates.share(
                        List.of(one, two), Map.of(1L, 2_000L, 2L, 2_000L, 3L, 1_000L, 4L, 2_000L));

        assertThat(shares).containsOnlyKeys(one, two, null);
        assertThat(shares.get(one)).containsExactly(1L);
        assertThat(shares.get(two)).containsExactly(2L);
        assertThat(shares.get(null)).containsExactlyInAnyOrder(3L, 4L);
    }

    private LaneStates lanes() {
        return new LaneStates(folder, BOOT_INDEX);
    }

    /** Of a real host of breakouts with these ids. */
    private LaneState state(long index, int... ids) {
        Path config = FrameworkFiles.writeConfig(folder.resolveSibling("framework"));
        try (StrategyHost host =
                new StrategyHost(
                        NativeFramework.load(TestLibrary.path()),
                        config,
                        true,
                        new Instruments(Fixtures.instruments()),
                        List.of(new StrategyHost.Account("demo", "USD")),
                        Arrays.stream(ids)
                                .mapToObj(id -> WorkerDesk.breakouts("g", id, 1).get(0))
                                .toList(),
                        (kind, version, time, cause, ordinal, last, payload, offset, length) -> 1,
                        RunObserver.NOBODY,
                        true)) {
            return new LaneState(new ReaderPosition(7, 8, index), host.snapshot(), host.bars());
        }
    }
}
