package saker.live;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.live.WorkerDesk.breakouts;
import static saker.live.WorkerDesk.group;
import static saker.live.WorkerDesk.library;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import saker.api.WorkerView;
import saker.config.StrategyConfig;
import saker.model.Signal;
import saker.model.WorkerEvent.Event;
import saker.model.WorkerEvent.Policy;
import saker.strategy.InstanceStatus;
import saker.strategy.TestLibrary;

/** Libraries that are wrong on purpose, each beside a good one: engine/README.md has the table. */
@Tag("nightly")
class HostileLibraryTest {
    private static final int TICKS = 2_000;
    private static final long GOOD = 1;
    private static final long BAD = 11;

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "bad-abort, SIGABRT",
        "bad-segfault, SIGSEGV",
        "bad-stack, SIGSEGV",
        "bad-exit, exit(0)",
        "bad-loop, call of more than 400 ms",
        "bad-loop-at-100, call of more than 400 ms",
        "bad-crash-at-100, SIG",
        "bad-missing-export, c_runStrategy",
        "bad-abi, unsupported framework version",
        "bad-not-a-library, cannot load library"
    })
    void shouldGiveUpTheInstance(String name, String why) throws Exception {
        try (WorkerDesk desk = start(name)) {
            desk.ticks(TICKS);
            WorkerDesk.await("a failure", () -> !desk.events(Event.INSTANCE_FAILED).isEmpty());

            assertThat(desk.events(Event.INSTANCE_FAILED))
                    .singleElement()
                    .satisfies(
                            e -> {
                                assertThat(e.instanceId()).isEqualTo(BAD);
                                assertThat(e.detail()).contains(why);
                            });
            checkTheGoodOne(desk);
        }
    }

    @ParameterizedTest
    @CsvSource({"bad-nan", "bad-inf", "bad-negative", "bad-huge", "bad-bits", "bad-fraction"})
    void shouldRefuseItsResultOnceAndCallItNoMore(String name) throws Exception {
        try (WorkerDesk desk = start(name)) {
            desk.ticks(TICKS);
            WorkerDesk.await("a refusal", () -> desk.signals().containsKey(BAD));

            checkTheGoodOne(desk);
            assertThat(desk.signals().get(BAD))
                    .singleElement()
                    .satisfies(
                            s -> {
                                assertThat(s.signal().returnCode())
                                        .isEqualTo(Signal.INVALID_RESULT);
                                assertThat(s.signal().rows()).isEmpty();
                            });
            assertThat(desk.events(Event.FAULT)).isEmpty();
            WorkerDesk.await(
                    "its status", () -> status(desk).phase() == InstanceStatus.Phase.ERROR);
            assertThat(status(desk).detail()).startsWith("invalid result");
        }
    }

    @ParameterizedTest
    @CsvSource({"bad-idle", "bad-late-init", "bad-noise", "bad-slow"})
    void shouldBearWhatDoesNoHarm(String name) throws Exception {
        try (WorkerDesk desk = start(name)) {
            desk.ticks(100);

            checkTheGoodOne(desk);

            WorkerDesk.await("its calls", () -> status(desk).runs() >= 100);
            assertThat(desk.events(Event.FAULT)).isEmpty();
        }
    }

    /** No single call is to blame for what grows over all of them, so the worker is given up. */
    @Test
    void shouldGiveUpAWorkerThatTakesTooMuchMemory() throws Exception {
        List<StrategyConfig> strategies = new ArrayList<>(breakouts("good", (int) GOOD, 1));
        strategies.addAll(breakouts("bad", (int) BAD, 20));
        var leak = group("bad", library("bad-leak"), 1, 0, Policy.HOLD);
        try (WorkerDesk desk =
                WorkerDesk.start(
                        folder,
                        List.of(group("good", TestLibrary.path(), 1, 1, Policy.HOLD), leak),
                        strategies)) {
            WorkerDesk.await(
                    "the end of its memory",
                    () -> {
                        desk.ticks(500);
                        return desk.worker("bad-1").state() == WorkerView.State.LOST
                                || desk.events(Event.INSTANCE_FAILED).size() > 0;
                    });

            assertThat(desk.events(Event.FAULT))
                    .allSatisfy(e -> assertThat(e.detail()).startsWith("memory of "));
            checkTheGoodOne(desk);
        }
    }

    private WorkerDesk start(String name) throws Exception {
        List<StrategyConfig> strategies = new ArrayList<>(breakouts("good", (int) GOOD, 1));
        strategies.addAll(breakouts("bad", (int) BAD, 1));
        return WorkerDesk.start(
                folder,
                List.of(
                        group("good", TestLibrary.path(), 1, 1, Policy.HOLD),
                        group("bad", library(name), 1, 1, Policy.FLATTEN)),
                strategies);
    }

    private static InstanceStatus status(WorkerDesk desk) {
        return desk.workers.statuses().stream()
                .filter(s -> s.instanceId() == BAD)
                .findAny()
                .orElseThrow();
    }

    private static void checkTheGoodOne(WorkerDesk desk) {
        desk.awaitRunning("good-1");
        desk.ticks(TICKS);
        var computed = desk.computed().get(GOOD);
        assertThat(computed).isNotEmpty();
        WorkerDesk.await("its signals", () -> computed.equals(desk.signals().get(GOOD)));
    }
}
