package saker.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
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
import saker.journal.PayloadDamagedException;
import saker.journal.ReaderPosition;
import saker.live.LaneStates.LaneState;
import saker.live.LaneStates.SavedLane;
import saker.market.Instruments;
import saker.strategy.BarsState;
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

        SavedLane saved = lanes().load().get(0);

        assertThat(saved.position()).isEqualTo(state.position());
        assertThat(saved.host().encode()).isEqualTo(state.host().encode());
        assertThat(saved.bars())
                .extracting(BarsState::encode)
                .containsExactly(state.bars().get(0).encode(), state.bars().get(1).encode());
    }

    @Test
    void shouldKeepTwoOfThisBootAndTwoFromBeforeItOfEachLane() throws IOException {
        for (long index : new long[] {970, 980, 990, 1_010, 1_020, 1_030}) {
            lanes().save("a-0", state(index, 1));
            lanes().save("a-1", state(index + 1, 2));
        }

        assertThat(lanes().load().stream().map(SavedLane::index))
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
            assertNotWhole("flipped byte " + at);
            Files.write(file, Arrays.copyOf(good, at));
            assertNotWhole("cut at byte " + at);
        }
    }

    /** Passed over, or found as soon as its bars are wanted. */
    private void assertNotWhole(String how) {
        for (SavedLane lane : lanes().load()) {
            assertThatThrownBy(lane::bars)
                    .as(how)
                    .isInstanceOfAny(PayloadDamagedException.class, EOFException.class);
        }
    }

    @Test
    void shouldShareTheNewestThatServesEveryInstance() {
        SavedLane newest = saved(1_030, 1, 2);
        SavedLane older = saved(1_010, 1, 2, 3);
        SavedLane oldest = saved(990, 1, 2, 3);
        List<SavedLane> states = List.of(newest, older, oldest);

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
        SavedLane one = saved(1_030, 1);
        SavedLane two = saved(1_020, 2, 3);

        Map<SavedLane, List<Long>> shares =
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

    private SavedLane saved(long index, int... ids) {
        LaneState state = state(index, ids);
        return new SavedLane(state.position(), state.host(), folder.resolve("nowhere"));
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
