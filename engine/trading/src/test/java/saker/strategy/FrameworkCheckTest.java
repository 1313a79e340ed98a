package saker.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every library that is wrong on purpose, each in a child of its own, two at a time: one of each
 * sort with every build, all of them nightly.
 */
class FrameworkCheckTest {
    private static final Path FOLDER =
            Path.of("../../native/target/test-classes/native/linux-x86-64/test");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(4); // For those that never return.
    private static final ProbeOptions OPTIONS = new ProbeOptions(List.of(), 0, 2_000, 500);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What each is told; of several, all must be there. */
    private static final Map<String, List<String>> PROBLEMS =
            Map.ofEntries(
                    Map.entry("not-a-library", List.of("cannot load library", "not-a-library.so")),
                    Map.entry("missing-export", List.of("missing export=c_runStrategy")),
                    Map.entry("abi", List.of("unsupported framework version", "version=3.0.0")),
                    Map.entry("init-fails", List.of("initInstanceC returns 3023")),
                    Map.entry("strings", List.of("C_getConversionSymbols: base has no end")),
                    Map.entry("long-strings", List.of("C_getConversionSymbols writes beyond base")),
                    Map.entry("nan", List.of("row=0, lots=NaN", "strategy 1000, call=1")),
                    Map.entry("inf", List.of("row=0, lots=Infinity")),
                    Map.entry("negative", List.of("row=0, ticketNumber=-7.0")),
                    Map.entry("huge", List.of("row=0, ticketNumber=1.0E300")),
                    Map.entry("bits", List.of("row=0, tradingSignals=1.073741824E9")),
                    Map.entry("fraction", List.of("row=0, tradingSignals=1.5")),
                    Map.entry("random", List.of("not deterministic: call=1, row=0, lots=")),
                    Map.entry("rows", List.of("writes beyond the result rows (3 of 80 bytes)")),
                    Map.entry("more-rows", List.of("writes beyond the result rows", "at=240")),
                    Map.entry("inputs", List.of("changes its input: settings[57]")),
                    Map.entry("leak", List.of("leaks memory: strategy=1000, calls=100000")),
                    Map.entry("abort", List.of("ends the process: SIGABRT: strategy 1000, call=1")),
                    Map.entry("segfault", List.of("SIGSEGV in [libbad-segfault.so", "call=1")),
                    Map.entry("stack", List.of("SIGSEGV", "strategy 1000, call=1")),
                    Map.entry("exit", List.of("exit(0): strategy 1000, call=1")),
                    Map.entry("null", List.of("SIGSEGV", "a null pointer as settings")),
                    Map.entry("crash-at-100", List.of("SIGSEGV", "call=99")),
                    Map.entry("loop", List.of("does not return: deadlineSeconds=4", "call=1")),
                    Map.entry("loop-at-100", List.of("does not return", "call=99")));

    private static final List<String> ONE_OF_EACH_SORT =
            List.of(
                    "not-a-library",
                    "missing-export",
                    "nan",
                    "rows",
                    "inputs",
                    "abort",
                    "segfault",
                    "loop");

    /** No reason to refuse them, but each says what it is. */
    private static final List<String> GOOD =
            List.of("idle", "late-init", "slow", "noise", "not-replayable");

    private static final Map<String, Future<FrameworkCheck.Outcome>> OUTCOMES = new HashMap<>();
    private static ExecutorService two;

    @BeforeAll
    static void start() {
        two = Executors.newFixedThreadPool(2);
        Stream.concat(ONE_OF_EACH_SORT.stream(), GOOD.stream()).forEach(FrameworkCheckTest::begin);
    }

    @AfterAll
    static void end() {
        two.shutdownNow();
    }

    private static Future<FrameworkCheck.Outcome> begin(String kind) {
        return OUTCOMES.computeIfAbsent(kind, k -> two.submit(check(k)));
    }

    static List<String> oneOfEachSort() {
        return ONE_OF_EACH_SORT;
    }

    static List<String> all() {
        List<String> kinds = PROBLEMS.keySet().stream().sorted().toList();
        kinds.forEach(FrameworkCheckTest::begin);
        return kinds;
    }

    @ParameterizedTest
    @MethodSource("oneOfEachSort")
    void shouldNameWhatIsWrong(String kind) throws Exception {
        assertNamed(kind, begin(kind).get());
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("nightly")
    void shouldNameWhatIsWrongWithEachOfThem(String kind) throws Exception {
        assertNamed(kind, begin(kind).get());
    }

    private static void assertNamed(String kind, FrameworkCheck.Outcome outcome) {

        assertThat(outcome.isGood()).as(outcome.toString()).isFalse();
        assertThat(outcome.problem()).contains(PROBLEMS.get(kind));
        assertThat(outcome.problem().lines()).hasSize(1);
    }

    @Test
    void shouldAcceptALibraryThatIsReadyLate() throws Exception {
        JsonNode report = goodReport("late-init");

        assertThat(report.get("strategies").get(0).get("calls").asInt()).isPositive();
    }

    @Test
    void shouldFindMissingNamesAndTryTheUsualStrategies() throws Exception {
        JsonNode report = goodReport("idle");

        assertThat(report.get("exports").get("c_runStrategy").asBoolean()).isTrue();
        assertThat(report.get("exports").get("mql5_runStrategy").asBoolean()).isFalse();
        assertThat(report.get("replayable").asBoolean()).isFalse();
        assertThat(report.get("strategies")).hasSize(2);
        assertThat(report.get("strategies").get(0).get("restored").isNull()).isTrue();
        assertThat(report.get("nullPointers").get("orders").asInt()).isEqualTo(3005);
    }

    @Tag("nightly")
    @Test
    void shouldWarnOfASlowLibrary() throws Exception {
        JsonNode report = goodReport("slow");

        assertThat(report.get("warnings").toString()).contains("slow: strategy=1000, median=2");
        assertThat(report.get("strategies").get(0).get("leakCalls").asInt()).isZero();
    }

    @Test
    void shouldWarnOfNoise() throws Exception {
        goodReport("noise");

        assertThat(begin("noise").get().noise())
                .anyMatch(line -> line.matches("prints on stdout: \\d+ lines, the first: call 1"))
                .anyMatch(line -> line.matches("prints on stderr: \\d+ .*: still at call 1"));
    }

    @Test
    void shouldRunALibraryThatCannotReplay() throws Exception {
        JsonNode report = goodReport("not-replayable");

        assertThat(report.get("replayable").asBoolean()).isFalse();
        assertThat(report.get("strategies").get(0).get("signals").asInt()).isPositive();
        assertThat(report.get("strategies").get(0).get("layouts").toString())
                .isEqualTo("[\"c\",\"mql5\",\"mql4\"]");
    }

    @Test
    void shouldLeaveNothingBehind(@TempDir Path folder) throws Exception {
        begin("segfault").get();

        assertThat(Path.of(".")).isDirectoryNotContaining("glob:**/hs_err*");
        assertThat(Path.of(".")).isDirectoryNotContaining("glob:**/core*");
        assertThat(FrameworkCheck.run(folder.resolve("no.so"), OPTIONS, child(), SHORT).problem())
                .startsWith("no such library: path=");
    }

    private static JsonNode goodReport(String kind) throws Exception {
        FrameworkCheck.Outcome outcome = begin(kind).get();
        assertThat(outcome.problem()).isNull();
        return JSON.readTree(outcome.report());
    }

    private static Callable<FrameworkCheck.Outcome> check(String kind) {
        Path library = FOLDER.resolve("libbad-" + kind + ".so");
        Duration deadline = kind.startsWith("loop") ? SHORT : PATIENCE;
        return () -> FrameworkCheck.run(library, OPTIONS, child(), deadline);
    }

    private static List<String> child() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-Dorg.agrona.disable.bounds.checks=false",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName());
    }

    /** What runs in the child. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            FrameworkProbe.child(List.of(arguments), Child::json);
        }

        private static String json(ProbeReport report) {
            try {
                return JSON.writeValueAsString(report);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
