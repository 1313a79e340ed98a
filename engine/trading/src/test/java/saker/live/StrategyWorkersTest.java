package saker.live;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.live.WorkerDesk.breakouts;
import static saker.live.WorkerDesk.group;
import static saker.live.WorkerDesk.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.api.WorkerView;
import saker.api.WorkerView.State;
import saker.api.Workers.Action;
import saker.config.StrategyConfig;
import saker.live.WorkerDesk.Recorded;
import saker.model.EngineState;
import saker.model.WorkerEvent;
import saker.model.WorkerEvent.Event;
import saker.model.WorkerEvent.Policy;
import saker.strategy.CallTimes;
import saker.strategy.InstanceStatus;
import saker.strategy.InstanceStatus.Phase;
import saker.strategy.TestLibrary;

/** Real children on a journal: what they compute, and what happens when one of them breaks. */
class StrategyWorkersTest {
    private static final int TICKS = 2_000;

    @TempDir private Path folder;

    @Test
    void shouldComputeInParallelWhatOneThreadComputesAndAlsoWhenAWorkerIsLost() throws Exception {
        var group = group("g", TestLibrary.path(), 4, 0, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 40))) {
            desk.ticks(TICKS);
            for (int i = 1; i <= 4; i++) {
                desk.awaitRunning("g-" + i);
            }
            assertThat(sizes(desk)).containsExactly(10, 10, 10, 10);

            kill(desk, "g-2");
            WorkerDesk.await("a loss", () -> desk.worker("g-2").state() == State.LOST);
            desk.awaitHandled(desk.ticks(TICKS));

            assertThat(sizes(desk)).containsExactly(14, 0, 13, 13);
            var computed = desk.computed();
            assertThat(computed).hasSize(40);
            WorkerDesk.await("the last signal", () -> desk.signals().equals(computed));
            WorkerDesk.await(
                    "their status",
                    () ->
                            desk.workers.statuses().stream()
                                    .allMatch(s -> s.phase() == Phase.RUNNING && s.runs() > TICKS));
            assertThat(desk.events(Event.ASSIGNED)).hasSize(10);
            assertThat(desk.events(Event.INSTANCE_FAILED)).isEmpty();
        }
    }

    @Test
    void shouldGoOnAfterAKillAsIfNothingHadHappened() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 9, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 3))) {
            desk.awaitRunning("g-1");
            desk.awaitHandled(desk.ticks(TICKS / 2));
            kill(desk, "g-1");
            desk.nextDay();
            desk.ticks(TICKS / 2);
            desk.awaitRunning("g-1");

            desk.awaitHandled(desk.ticks(100));

            var computed = desk.computed();
            assertThat(computed.get(1L)).isNotEmpty();
            WorkerDesk.await("the last signal", () -> desk.signals().equals(computed));
            assertThat(desk.events(Event.RESTARTED)).hasSize(1);
            assertThat(desk.workers.counters().repeated()).isPositive();
            assertThat(desk.worker("g-1").restarts()).isEqualTo(1);
        }
    }

    /** A record that the lane has behind it is broken: who reads everything would fail at it. */
    @Test
    void shouldReadOnlyWhatFollowsItsLaneAfterAKill() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 9, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.prepare(folder, List.of(group), breakouts("g", 1, 3))) {
            desk.ticks(10);
            long early = desk.ticks(1);
            desk.ticks(TICKS);
            desk.workers.start();
            desk.awaitRunning("g-1");
            WorkerDesk.await("a lane", () -> !lanes(desk).isEmpty());
            desk.awaitHandled(desk.ticks(TICKS));

            desk.turnBitOf(early);
            kill(desk, "g-1");
            long last = desk.ticks(TICKS);
            desk.awaitRunning("g-1");
            desk.awaitHandled(last);
            desk.turnBitOf(early);

            var computed = desk.computed();
            assertThat(computed.get(1L)).isNotEmpty();
            WorkerDesk.await("the last signal", () -> desk.signals().equals(computed));
            assertThat(desk.events(Event.RESTARTED)).hasSize(1);
        }
    }

    /** The next engine's child goes on from the lane; one with other instances cannot. */
    @Tag("nightly")
    @Test
    void shouldGoOnFromTheLaneOfAnEarlierBoot() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 9, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 3))) {
            desk.awaitRunning("g-1");
            desk.awaitHandled(desk.ticks(TICKS));
        }
        for (int instances : new int[] {2, 4}) {
            try (WorkerDesk desk =
                    WorkerDesk.start(folder, List.of(group), breakouts("g", 1, instances))) {
                assertThat(lanes(desk)).isNotEmpty();
                desk.awaitRunning("g-1");
                desk.awaitHandled(desk.ticks(TICKS));

                var computed = ofThisBoot(desk, desk.computed());
                assertThat(computed).hasSize(instances);
                WorkerDesk.await(
                        "the last signal", () -> ofThisBoot(desk, desk.signals()).equals(computed));
            }
        }
    }

    @Test
    void shouldGiveUpOnlyTheInstanceThatBreaksItsProcess() throws Exception {
        List<StrategyConfig> strategies = new ArrayList<>(breakouts("good", 1, 2));
        strategies.addAll(breakouts("crash", 11, 1));
        strategies.addAll(breakouts("hang", 21, 1));
        var groups =
                List.of(
                        group("good", TestLibrary.path(), 1, 1, Policy.HOLD),
                        group("crash", library("bad-segfault"), 1, 1, Policy.FLATTEN),
                        group("hang", library("bad-loop"), 1, 0, Policy.HOLD));
        try (WorkerDesk desk = WorkerDesk.start(folder, groups, strategies)) {
            long index = desk.ticks(TICKS);
            WorkerDesk.await("two failures", () -> desk.events(Event.INSTANCE_FAILED).size() == 2);
            desk.awaitRunning("good-1");

            desk.awaitHandled(desk.ticks(TICKS));

            var computed = desk.computed();
            assertThat(computed.get(1L)).isNotEmpty();
            WorkerDesk.await(
                    "good signals",
                    () ->
                            computed.get(1L).equals(desk.signals().get(1L))
                                    && computed.get(2L).equals(desk.signals().get(2L)));
            assertThat(desk.signals()).containsOnlyKeys(1L, 2L);
            assertThat(desk.events(Event.INSTANCE_FAILED))
                    .anySatisfy(
                            e -> {
                                assertThat(e.instanceId()).isEqualTo(11);
                                assertThat(e.policy()).isEqualTo(Policy.FLATTEN);
                                assertThat(e.atIndex()).isPositive().isLessThan(index);
                                assertThat(e.detail()).contains("SIGSEGV", "c_runStrategy");
                            })
                    .anySatisfy(
                            e -> {
                                assertThat(e.instanceId()).isEqualTo(21);
                                assertThat(e.policy()).isEqualTo(Policy.HOLD);
                                assertThat(e.detail()).contains("call of more than 400 ms");
                            });
            assertThat(desk.worker("crash-1").restarts()).isEqualTo(1);
            assertThat(desk.worker("hang-1").instanceIds()).isEmpty();
            assertThat(desk.workers.counters().deadlineMisses()).isEqualTo(1);
        }
    }

    /** The library keeps no snapshots, so what was missed is called for and discarded. */
    @Tag("nightly")
    @Test
    void shouldMissNoCallOfTheOthersOfAWorkerThatOneInstanceBreaksAgainAndAgain() throws Exception {
        var group = group("g", library("bad-crash-of-12"), 1, 3, Policy.FLATTEN);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 11, 3))) {
            desk.ticks(TICKS / 2);
            WorkerDesk.await("a failure", () -> !desk.events(Event.INSTANCE_FAILED).isEmpty());
            desk.awaitRunning("g-1");

            desk.awaitHandled(desk.ticks(TICKS / 2));

            List<Long> ticks = desk.tickIndices();
            WorkerDesk.await(
                    "all signals of the others",
                    () -> causes(desk, 11).equals(ticks) && causes(desk, 13).equals(ticks));
            assertThat(desk.signals()).containsOnlyKeys(11L, 13L);
            assertThat(desk.events(Event.FAULT))
                    .hasSize(4)
                    .allSatisfy(e -> assertThat(e.instanceId()).isEqualTo(12));
            assertThat(desk.events(Event.INSTANCE_FAILED))
                    .singleElement()
                    .satisfies(
                            e -> {
                                assertThat(e.instanceId()).isEqualTo(12);
                                assertThat(e.policy()).isEqualTo(Policy.FLATTEN);
                                assertThat(e.atIndex()).isEqualTo(ticks.get(0));
                                assertThat(e.detail()).contains("SIGSEGV");
                            });
            assertThat(desk.events(Event.LOST)).isEmpty();
            assertThat(desk.worker("g-1").instanceIds()).containsExactly(11L, 13L);
            assertThat(desk.worker("g-1").restarts()).isEqualTo(4);
        }
    }

    private static List<Long> causes(WorkerDesk desk, long instanceId) {
        return desk.signals().getOrDefault(instanceId, List.of()).stream()
                .map(WorkerDesk.Recorded::cause)
                .toList();
    }

    @Test
    void shouldRunTheOthersOfAWorkerWhenOneInstanceCannotBeSetUp() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 0, Policy.HOLD);
        List<StrategyConfig> strategies = new ArrayList<>(breakouts("g", 1, 1));
        strategies.add(ofAnother("demo", "EURGBP", breakouts("g", 2, 1).get(0)));
        strategies.add(ofAnother("nobody", "EURUSD", breakouts("g", 3, 1).get(0)));
        var alone = group("alone", TestLibrary.path(), 1, 0, Policy.HOLD);
        strategies.add(ofAnother("demo", "EURGBP", breakouts("alone", 4, 1).get(0)));
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group, alone), strategies)) {
            desk.awaitRunning("g-1");

            desk.ticks(TICKS);

            WorkerDesk.await("signals", () -> desk.signals().containsKey(1L));
            // One is refused by the framework, the other trips our own code.
            for (int i = 1; i <= 3; i++) {
                InstanceStatus status = desk.workers.statuses().get(i);
                WorkerDesk.await(
                        "its error",
                        () ->
                                status.phase() == Phase.ERROR
                                        && status.detail().contains("cannot be set up"));
            }
            assertThat(desk.signals()).containsOnlyKeys(1L);
            assertThat(desk.events(Event.FAULT)).isEmpty();
        }
    }

    /** Of EURGBP: sterling against the account's dollar is not subscribed. */
    private static StrategyConfig ofAnother(String account, String symbol, StrategyConfig s) {
        return new StrategyConfig(
                s.instanceId(),
                s.name(),
                s.strategyId(),
                account,
                symbol,
                s.timeframe(),
                s.settings(),
                s.rates(),
                s.enabled(),
                s.framework());
    }

    @Tag("nightly")
    @Test
    void shouldTakeAnEnabledInstanceBackOnceAWorkerIsThere() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 0, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 1))) {
            desk.awaitRunning("g-1");
            desk.awaitHandled(desk.ticks(TICKS));
            kill(desk, "g-1");
            WorkerDesk.await("a loss", () -> desk.worker("g-1").state() == State.LOST);
            assertThat(desk.events(Event.INSTANCE_FAILED)).hasSize(1);
            desk.state(1, EngineState.State.RUNNING);
            WorkerDesk.await(
                    "it waits",
                    () -> desk.workers.statuses().get(0).detail().contains("no worker can run"));

            assertThat(control(desk, Action.START)).isEmpty();

            desk.awaitRunning("g-1");
            assertThat(desk.worker("g-1").instanceIds()).containsExactly(1L);
            long startAt = desk.ticks(1);
            desk.awaitHandled(desk.ticks(TICKS));
            WorkerDesk.await(
                    "signals",
                    () -> desk.signals().get(1L).stream().anyMatch(s -> s.cause() > startAt));
        }
    }

    @Test
    void shouldRefuseToEnableWhatNoWorkerWouldRun() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 0, Policy.FLATTEN);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 1))) {
            desk.awaitRunning("g-1");
            assertThat(desk.workers.whyNotEnabled(1)).isEmpty();

            kill(desk, "g-1");
            WorkerDesk.await("a loss", () -> desk.worker("g-1").state() == State.LOST);

            assertThat(desk.workers.whyNotEnabled(1))
                    .isEqualTo("start a worker first: none can run it: g-1 is LOST");
            assertThat(desk.workers.whyNotEnabled(2)).isEmpty();
            assertThat(control(desk, Action.START)).isEmpty();
            assertThat(desk.workers.whyNotEnabled(1)).isEmpty();
        }
    }

    @Tag("nightly")
    @Test
    void shouldObeyACommandOnceAlsoInALaterLifeOfTheEngine() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 0, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 1))) {
            desk.awaitRunning("g-1");
            assertThat(control(desk.workers, Action.RESTART, "c-1")).isEmpty();
            assertThat(control(desk.workers, Action.RESTART, "c-1")).isEmpty();
            assertThat(desk.events(Event.RESTARTED))
                    .singleElement()
                    .satisfies(e -> assertThat(e.commandId()).isEqualTo("c-1"));
            desk.workers.close();

            JournalSurvey survey = new JournalSurvey();
            survey.restore(SurveyState.decode(surveyed(desk).snapshot().encode()));
            try (StrategyWorkers later = desk.again(survey.workerCommands())) {
                later.start();
                WorkerDesk.await("it runs", () -> state(later) == State.RUNNING);

                assertThat(control(later, Action.RESTART, "c-1")).isEmpty();
                assertThat(desk.events(Event.RESTARTED)).hasSize(1);
                assertThat(control(later, Action.RESTART, "c-2")).isEmpty();
                assertThat(desk.events(Event.RESTARTED)).hasSize(2);
            }
        }
    }

    /** A start of the engine launches every worker, whatever was asked for before it. */
    @Tag("nightly")
    @Test
    void shouldObeyARepeatedStopAndStartByWhatTheWorkerDoesNow() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 0, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 1))) {
            desk.awaitRunning("g-1");
            assertThat(control(desk.workers, Action.STOP, "c-1")).isEmpty();
            desk.workers.close();

            try (StrategyWorkers later = desk.again(surveyed(desk).workerCommands())) {
                later.start();
                WorkerDesk.await("it runs", () -> state(later) == State.RUNNING);

                assertThat(control(later, Action.STOP, "c-1")).isEmpty();
                assertThat(state(later)).isEqualTo(State.STOPPED);
                assertThat(control(later, Action.STOP, "c-1")).as("done already").isEmpty();
                assertThat(desk.events(Event.STOPPED)).hasSize(2);
                assertThat(control(later, Action.STOP, "c-2")).isEqualTo("it is stopped already");

                assertThat(control(later, Action.START, "c-3")).isEmpty();
                assertThat(control(later, Action.START, "c-3")).as("done already").isEmpty();
                assertThat(control(later, Action.STOP, "c-4")).isEmpty();
                assertThat(control(later, Action.START, "c-3")).isEmpty();
                assertThat(state(later)).isIn(State.STARTING, State.RUNNING);
            }
        }
    }

    private static State state(StrategyWorkers workers) {
        return workers.workers().stream()
                .filter(worker -> worker.id().equals("g-1"))
                .findAny()
                .orElseThrow()
                .state();
    }

    private static JournalSurvey surveyed(WorkerDesk desk) {
        JournalSurvey survey = new JournalSurvey();
        desk.read(survey);
        return survey;
    }

    @Test
    void shouldRunAChildWithinItsLimits() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 0, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 1))) {
            desk.awaitRunning("g-1");

            List<String> limits =
                    Files.readAllLines(
                            Path.of("/proc", Long.toString(desk.worker("g-1").pid()), "limits"));

            assertThat(limits)
                    .anyMatch(line -> line.matches("Max core file size +0 +0 +bytes *"))
                    .anyMatch(line -> line.matches("Max open files +512 +512 +files *"))
                    .anyMatch(
                            line -> line.matches("Max file size +1073741824 +1073741824 +bytes *"));
        }
    }

    @Tag("nightly")
    @Test
    void shouldCountHowLongTheCallsOfAChildTookOverItsRestarts() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 3, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 1))) {
            desk.awaitRunning("g-1");
            desk.awaitHandled(desk.ticks(TICKS));
            WorkerDesk.await("its calls", () -> calls(desk) >= TICKS);

            kill(desk, "g-1");
            desk.awaitRunning("g-1");
            long before = calls(desk);
            assertThat(before).isGreaterThanOrEqualTo(TICKS);
            desk.awaitHandled(desk.ticks(TICKS));

            WorkerDesk.await("more calls", () -> calls(desk) >= before + TICKS);
            assertThat(desk.workers.statuses().get(0).callTimes().sumNs()).isPositive();
        }
    }

    private static long calls(WorkerDesk desk) {
        CallTimes times = desk.workers.statuses().get(0).callTimes();
        return LongStream.range(0, CallTimes.SPANS).map(i -> times.calls((int) i)).sum();
    }

    @Test
    void shouldRefuseARequestAfterItsEnd() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 0, Policy.HOLD);
        WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 1));
        desk.close();

        assertThat(control(desk, Action.RESTART)).isEqualTo("the engine ends");
    }

    @Tag("nightly")
    @Test
    void shouldBelieveNothingOfAWorkerThatWritesGarbage() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 3, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 2))) {
            desk.awaitRunning("g-1");
            desk.awaitHandled(desk.ticks(TICKS));
            WorkerDesk.await("signals", () -> desk.signals().containsKey(2L));
            int ofTheSecond = desk.signals().get(2L).size();
            int ofTheFirst = desk.signals().get(1L).size();
            Path signals = desk.data.resolve("worker/g-1/1/signals");

            Files.write(signals, new byte[100], StandardOpenOption.APPEND);

            WorkerDesk.await("a loss", () -> desk.worker("g-1").state() == State.LOST);
            assertThat(desk.worker("g-1").detail()).contains("signals refused");
            assertThat(desk.events(Event.INSTANCE_FAILED))
                    .extracting(WorkerEvent::instanceId)
                    .containsExactly(1L, 2L);
            assertThat(desk.ticks(1)).isPositive();

            // An operator may start it again, and enable an instance; it begins anew.
            assertThat(control(desk, Action.START)).isEmpty();
            desk.state(1, EngineState.State.DISABLED);
            desk.state(1, EngineState.State.RUNNING);
            WorkerDesk.await("its instance", () -> desk.worker("g-1").instanceIds().contains(1L));
            desk.awaitRunning("g-1");
            desk.awaitHandled(desk.ticks(TICKS));
            WorkerDesk.await("more", () -> desk.signals().get(1L).size() > ofTheFirst);
            assertThat(desk.signals().get(2L)).hasSize(ofTheSecond);
        }
        // What was asked for after the failure is not computed again, what was before is.
        JournalReplay.Result replay =
                JournalReplay.run(folder.resolve("data"), null, folder.resolve("scratch"));
        assertThat(replay.first()).isNull();
        assertThat(replay.compared()).isPositive();
    }

    @Tag("nightly")
    @Test
    void shouldStopAndStartAWorkerForAnOperator() throws Exception {
        var group = group("g", library("bad-not-replayable"), 1, 0, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.start(folder, List.of(group), breakouts("g", 1, 1))) {
            desk.awaitRunning("g-1");
            long stopAt = desk.ticks(TICKS);
            desk.awaitHandled(stopAt);
            assertThat(control(desk, Action.START)).isEqualTo("it runs already");

            assertThat(control(desk, Action.STOP)).isEmpty();
            long startAt = desk.ticks(TICKS);
            assertThat(desk.worker("g-1").state()).isEqualTo(State.STOPPED);
            assertThat(control(desk, Action.START)).isEmpty();
            desk.awaitRunning("g-1");
            desk.awaitHandled(desk.ticks(TICKS));

            WorkerEvent stopped = desk.events(Event.STOPPED).get(0);
            assertThat(stopped.user()).isEqualTo("ana");
            assertThat(stopped.detail()).isEqualTo("maintenance");
            assertThat(desk.worker("g-1").replayable()).isFalse();
            WorkerDesk.await("signals", () -> desk.signals().get(1L).get(0).cause() < stopAt);
            // What it missed is only caught up with.
            WorkerDesk.await(
                    "signals after the start",
                    () -> desk.signals().get(1L).stream().anyMatch(s -> s.cause() > startAt));
            assertThat(desk.signals().get(1L))
                    .allSatisfy(
                            s ->
                                    assertThat(s.signal().discarded())
                                            .isEqualTo(s.cause() > stopAt && s.cause() <= startAt));
            assertThat(desk.signals().get(1L)).anyMatch(s -> s.signal().discarded());
        }
    }

    @Test
    void shouldRefuseAnotherConfigurationThanTheJournals() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 0, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.prepare(folder, List.of(group), breakouts("g", 1, 1))) {
            WorkerOptions options =
                    desk.options("g", folder.resolve("incarnation"), "ab".repeat(32));

            try (WorkerProcess child = WorkerProcess.start(options, 512)) {
                WorkerDesk.await("its end", () -> !child.isAlive());

                assertThat(child.exitCode()).isEqualTo(StrategyWorker.CONFIG_REFUSED);
                assertThat(child.status().refresh(true)).isTrue();
                assertThat(child.status().problem()).contains("another configuration", "abab");
            }
        }
    }

    @Tag("nightly")
    @Test
    void shouldEndWithTheEngineEvenInACallThatNeverReturns() throws Exception {
        var group = group("g", library("bad-loop"), 1, 0, Policy.HOLD);
        try (WorkerDesk desk = WorkerDesk.prepare(folder, List.of(group), breakouts("g", 1, 1))) {
            desk.ticks(10);
            WorkerOptions options = desk.options("g", folder.resolve("incarnation"));
            try (WorkerProcess child = WorkerProcess.start(options, 512)) {
                child.assign(List.of(new WorkerAssignment(1, WorkerAssignment.How.BOOT, 0, 0)));
                WorkerDesk.await(
                        "a call",
                        () ->
                                child.status().refresh(false)
                                        && child.status().instanceInCall() == 1
                                        && !child.status().isSetup());

                child.closeInput();

                WorkerDesk.await("its end", () -> !child.isAlive());
            }
        }
    }

    private static String control(WorkerDesk desk, Action action) throws Exception {
        return control(desk.workers, action, UUID.randomUUID().toString());
    }

    private static String control(StrategyWorkers workers, Action action, String commandId)
            throws Exception {
        return workers.control("g-1", action, "ana", "maintenance", commandId)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static Map<Long, List<Recorded>> ofThisBoot(
            WorkerDesk desk, Map<Long, List<Recorded>> signals) {
        Map<Long, List<Recorded>> those = new TreeMap<>();
        signals.forEach(
                (id, all) ->
                        all.stream()
                                .filter(signal -> signal.cause() > desk.setup.configIndex())
                                .forEach(
                                        signal ->
                                                those.computeIfAbsent(id, i -> new ArrayList<>())
                                                        .add(signal)));
        return those;
    }

    private static List<Path> lanes(WorkerDesk desk) {
        Path lanes = desk.data.resolve("lanes");
        if (!Files.isDirectory(lanes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lanes)) {
            return files.filter(file -> file.toString().endsWith(".lane")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kill(WorkerDesk desk, String workerId) throws Exception {
        ProcessHandle child = ProcessHandle.of(desk.worker(workerId).pid()).orElseThrow();
        child.destroyForcibly();
        child.onExit().get(10, TimeUnit.SECONDS);
        WorkerDesk.await("its end seen", () -> desk.worker(workerId).state() != State.RUNNING);
    }

    private static List<Integer> sizes(WorkerDesk desk) {
        return desk.workers.workers().stream()
                .filter(w -> w.isolation() == WorkerView.Isolation.PROCESS)
                .map(w -> w.instanceIds().size())
                .toList();
    }
}
