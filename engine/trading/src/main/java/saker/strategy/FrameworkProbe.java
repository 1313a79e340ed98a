package saker.strategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries a library out: what it exports, its strings, every strategy over a made-up market with
 * guards around all it may touch, twice and over a snapshot, its memory, and null pointers. To be
 * run in a process of its own, since a library may abort or never return: see {@link
 * FrameworkCheck}.
 */
public final class FrameworkProbe {
    private static final int SUCCESS = 0;
    private static final int NULL_POINTER = 3005;
    private static final int UNKNOWN_STRATEGY = 3006;
    private static final int HIGHEST_ID = 1999; // Of those that are looked for.
    private static final int ABSURD_ID = 999_983;
    private static final int AUTOBBS_TREND_MODE = 102;
    private static final int[][] USUAL = {{1000, 0}, {29, AUTOBBS_TREND_MODE}};
    private static final long SLOW_NS = 1_000_000;
    private static final int LOOKING_INSTANCE = 101; // One for all: each id leaves a state file.
    private static final int FIRST_INSTANCE = 102;

    private final NativeFramework framework;
    private final String config;
    private final ProbeProgress progress;
    private final ProbeOptions options;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Integer> notRun = new LinkedHashMap<>();
    private int nextInstance = FIRST_INSTANCE;

    private FrameworkProbe(
            NativeFramework framework, String config, ProbeProgress progress, ProbeOptions o) {
        this.framework = framework;
        this.config = config;
        this.progress = progress;
        this.options = o;
    }

    /**
     * @param folder for the framework's configuration and what the trial is at; written to
     * @throws FrameworkException naming the problem in one line
     */
    public static ProbeReport run(Path library, Path folder, ProbeOptions options) {
        ProbeProgress progress = new ProbeProgress(folder.resolve(FrameworkCheck.PROGRESS));
        progress.at("loading");
        NativeFramework framework = NativeFramework.load(library);
        String config = FrameworkFiles.writeConfig(folder).toString();
        return new FrameworkProbe(framework, config, progress, options).probe();
    }

    /**
     * The child of {@link FrameworkCheck}: {@code LIBRARY FOLDER OPTIONS…}.
     *
     * @param write makes the report's text
     */
    public static void child(
            List<String> arguments, java.util.function.Function<ProbeReport, String> write) {
        Path folder = Path.of(arguments.get(1));
        ResourceLimits.noCoreDump();
        String answer;
        try {
            ProbeOptions options = ProbeOptions.parse(arguments.subList(2, arguments.size()));
            answer = "OK " + write.apply(run(Path.of(arguments.get(0)), folder, options));
        } catch (FrameworkException e) {
            answer = "BAD " + e.getMessage();
        }
        try {
            Files.writeString(folder.resolve(FrameworkCheck.ANSWER), answer);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot answer: folder=" + folder, e);
        }
    }

    private ProbeReport probe() {
        progress.at("C_getConversionSymbols");
        List<String> conversions = new ProbeStrings(framework).conversions();
        List<ProbeReport.Strategy> strategies = new ArrayList<>();
        ProbeSample first = null;
        for (int[] strategy : strategies()) {
            ProbeSample sample = accepted(strategy[0], strategy[1]);
            if (sample != null) {
                strategies.add(strategy(sample));
                first = first == null ? sample : first;
            }
        }
        Map<String, Integer> nullPointers = first == null ? Map.of() : nullPointers(first);
        if (strategies.isEmpty()) {
            warnings.add("no strategy was run: name one by its id");
        }
        return new ProbeReport(
                framework.version(),
                framework.isReplayable(),
                exports(),
                NativeStructs.sizes(),
                conversions,
                nullPointers,
                strategies,
                notRun,
                warnings);
    }

    private Map<String, Boolean> exports() {
        Map<String, Boolean> exports = new LinkedHashMap<>();
        DocumentedExports.all().forEach(name -> exports.put(name, framework.exports(name)));
        return exports;
    }

    /** Ids with their trend modes: those asked for, else ours by looking, else the usual ones. */
    private List<int[]> strategies() {
        if (!options.strategyIds().isEmpty()) {
            return options.strategyIds().stream()
                    .map(id -> new int[] {id, options.trendMode()})
                    .toList();
        }
        if (!framework.isReplayable() || firstCode(ABSURD_ID, 0) != UNKNOWN_STRATEGY) {
            return List.of(USUAL);
        }
        List<int[]> found = new ArrayList<>();
        for (int id = 1; id <= HIGHEST_ID; id++) {
            for (int trendMode : new int[] {0, AUTOBBS_TREND_MODE}) {
                if (firstCode(id, trendMode) != UNKNOWN_STRATEGY) {
                    found.add(new int[] {id, trendMode});
                    break;
                }
            }
        }
        return found;
    }

    private int firstCode(int strategyId, int trendMode) {
        progress.at("looking for strategy " + strategyId);
        ProbeSample sample = ProbeSample.of(strategyId, trendMode).get(0);
        ProbeRun run =
                init(
                        new ProbeRun(
                                framework,
                                progress,
                                GuardedFrame.Layout.C,
                                LOOKING_INSTANCE,
                                sample));
        run.until(1, Long.MAX_VALUE);
        framework.deinit(run.instanceId);
        return run.code();
    }

    /** The first sample that the strategy takes, or null if it takes none. */
    private ProbeSample accepted(int strategyId, int trendMode) {
        int code = SUCCESS;
        for (ProbeSample sample : ProbeSample.of(strategyId, trendMode)) {
            progress.at("strategy " + strategyId);
            ProbeRun run = start(sample, GuardedFrame.Layout.C);
            run.until(1, Long.MAX_VALUE);
            framework.deinit(run.instanceId);
            code = run.code();
            if (code == SUCCESS) {
                return sample;
            }
        }
        if (code != UNKNOWN_STRATEGY || !options.strategyIds().isEmpty()) {
            notRun.put(Integer.toString(strategyId), code);
            warnings.add("strategy %d was not run: code=%d".formatted(strategyId, code));
        }
        return null;
    }

    private ProbeReport.Strategy strategy(ProbeSample sample) {
        String step = "strategy " + sample.strategyId();
        progress.at(step);
        long budgetNs = options.budgetMs() * 1_000_000L;
        ProbeRun run = whole(start(sample, GuardedFrame.Layout.C), options.calls(), budgetNs);
        progress.at(step + ", second run");
        ProbeRun second = whole(start(sample, GuardedFrame.Layout.C), run.calls(), 0);
        demandEqual("not deterministic", run, second);
        Boolean restored = framework.isReplayable() ? restored(sample, run) : null;
        List<String> layouts = layouts(sample, run);
        long medianNs = second.nsAt(0.5);
        if (medianNs > SLOW_NS) {
            warnings.add(
                    "slow: strategy=%d, median=%d us"
                            .formatted(sample.strategyId(), medianNs / 1000));
        }
        progress.at(step + ", memory");
        ProbeLeak leak = ProbeLeak.measure(start(sample, GuardedFrame.Layout.C, 1), medianNs);
        framework.deinit(leak.instanceId());
        leak.demandNone(sample.strategyId());
        return new ProbeReport.Strategy(
                sample.strategyId(),
                sample.trendMode(),
                sample.name(),
                run.calls(),
                run.signals(),
                medianNs,
                second.nsAt(0.99),
                layouts,
                run.checksum(),
                restored,
                leak.calls(),
                leak.allocatedBytes(),
                leak.residentBytes());
    }

    private ProbeRun start(ProbeSample sample, GuardedFrame.Layout layout) {
        return init(new ProbeRun(framework, progress, layout, nextInstance++, sample));
    }

    private ProbeRun start(ProbeSample sample, GuardedFrame.Layout layout, int secondsPerTick) {
        return init(
                new ProbeRun(framework, progress, layout, nextInstance++, sample, secondsPerTick));
    }

    private ProbeRun init(ProbeRun run) {
        init(run.instanceId);
        return run;
    }

    private void init(int instanceId) {
        int code = framework.init(instanceId, true, config, "");
        if (code != SUCCESS) {
            throw new FrameworkException("initInstanceC returns " + code);
        }
    }

    /** A run to its end, after which the instance is gone. */
    private ProbeRun whole(ProbeRun run, int calls, long budgetNs) {
        run.until(calls, budgetNs == 0 ? Long.MAX_VALUE : System.nanoTime() + budgetNs);
        framework.deinit(run.instanceId);
        if (run.code() != SUCCESS) {
            throw new FrameworkException(
                    "c_runStrategy returns %d: %s".formatted(run.code(), progress));
        }
        return run;
    }

    private static void demandEqual(String problem, ProbeRun run, ProbeRun other) {
        String difference = run.difference(other);
        if (difference != null) {
            throw new FrameworkException(problem + ": " + difference);
        }
    }

    /** Goes on in another instance from half-way, and compares with the run that did not. */
    private boolean restored(ProbeSample sample, ProbeRun whole) {
        progress.at("strategy " + sample.strategyId() + ", snapshot");
        ProbeRun run = start(sample, GuardedFrame.Layout.C);
        run.until(whole.calls() / 2, Long.MAX_VALUE);
        byte[] snapshot = ProbeSnapshot.save(framework, run.instanceId);
        framework.deinit(run.instanceId);
        int other = nextInstance++;
        init(other);
        ProbeSnapshot.restore(framework, other, snapshot);
        run.callAs(other);
        run.until(whole.calls(), Long.MAX_VALUE);
        framework.deinit(other);
        demandEqual("does not go on from a snapshot as without", whole, run);
        return true;
    }

    /** The same calls with the bars of the other interfaces. */
    private List<String> layouts(ProbeSample sample, ProbeRun whole) {
        List<String> same = new ArrayList<>(List.of("c"));
        int calls = Math.min(whole.calls(), 2_000);
        ProbeRun original = null;
        for (GuardedFrame.Layout layout : GuardedFrame.Layout.values()) {
            String name = layout.name().toLowerCase(java.util.Locale.ROOT);
            if (layout != GuardedFrame.Layout.C && !framework.exports(name + "_runStrategy")) {
                continue;
            }
            progress.at("strategy %d, %s_runStrategy".formatted(sample.strategyId(), name));
            ProbeRun run = whole(start(sample, layout), calls, 0);
            if (original == null) {
                original = run;
            } else {
                demandEqual(name + "_runStrategy differs from c_runStrategy", original, run);
                same.add(name);
            }
        }
        return same;
    }

    private Map<String, Integer> nullPointers(ProbeSample sample) {
        ProbeRun run = start(sample, GuardedFrame.Layout.C);
        run.until(1, Long.MAX_VALUE);
        Map<String, Integer> codes = new LinkedHashMap<>();
        for (int argument : run.frame.meaningful()) {
            String name = GuardedFrame.NAMES[argument];
            progress.at("a null pointer as " + name);
            long[] addresses = run.frame.addresses().clone();
            addresses[argument] = 0;
            int code = framework.run(addresses);
            codes.put(name, code);
            if (code != NULL_POINTER) {
                warnings.add("a null pointer as %s gives %d, not 3005".formatted(name, code));
            }
        }
        framework.deinit(run.instanceId);
        return codes;
    }
}
