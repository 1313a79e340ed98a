package saker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import saker.config.SakerConfig;
import saker.config.SakerConfig.FrameworkConfig;
import saker.history.TickFile;
import saker.live.DataLock;
import saker.live.VenueProcess;

/** {@code saker demo}: everything on this machine. */
@Command(
        name = "demo",
        description =
                "Trades on a simulated OANDA broker, in a process of its own, through the real"
                        + " adapter over a real socket, and serves the dashboard.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    static final String DEFAULT_DATA = "demo-data";
    private static final double GENERATED_SPEED = 10;
    private static final long LOOK_MS = 200;

    @Option(names = "--port", description = "Dashboard; ${DEFAULT-VALUE} by default, 0 is free.")
    private int port = 8000;

    @Option(names = "--management-port", description = "Metrics; ${DEFAULT-VALUE} by default.")
    private int managementPort = 8001;

    @Option(names = "--venue-port", description = "Of the simulated broker; 0 takes a free one.")
    private int venuePort;

    @Option(names = "--data", description = "Data folder; ${DEFAULT-VALUE} by default.")
    private Path data = Path.of(DEFAULT_DATA);

    @Option(names = "--seed", description = "Seed of generated prices.")
    private long seed = 1;

    @Option(names = "--history", description = "Replay this tick file instead of generating.")
    private Path history;

    @Option(
            names = "--strategies",
            description =
                    "Folder of strategy files, as in config/strategies, to run beside the demo's"
                            + " own; account: demo.")
    private Path strategies;

    @Option(
            names = "--library",
            description = "Framework library in place of the one that comes with the program.")
    private Path library;

    @Option(
            names = "--workers",
            description =
                    "Run the strategies in so many child processes; 0, the default, for a thread of"
                            + " the engine.")
    private int workers;

    @Option(
            names = "--speed",
            description = "Market seconds per second: 10 for generated prices, 1 for a file.")
    private Double speed;

    @Option(
            names = "--duration",
            converter = Seconds.class,
            description = "End by itself after this, such as 60s or 5m.")
    private Duration duration;

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    @Option(
            names = "--end-with-starter",
            hidden = true,
            description = "End when the process that started this one is gone.")
    private boolean endWithStarter;

    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        if (history != null && !Files.isRegularFile(history)) {
            throw new IllegalArgumentException("no such tick file: --history=" + history);
        }
        if (library != null && !Files.isRegularFile(library)) {
            throw new IllegalArgumentException("no such library: --library=" + library);
        }
        if (workers < 0 || workers > FrameworkConfig.WORKERS_MAX) {
            throw new IllegalArgumentException(
                    "out of range: --workers=%d, allowed=0..%d"
                            .formatted(workers, FrameworkConfig.WORKERS_MAX));
        }
        data = data.toAbsolutePath().normalize();
        config(0); // What is wrong with it is said before anything is started.
        Optional<ProcessHandle> starter = ProcessHandle.current().parent();
        Shutdown.onSignal(end::countDown);
        try {
            DataLock.acquire(data).close(); // Before the venue of a running demo is touched.
            try (VenueProcess venue = VenueProcess.start(data, venueCommand(), venuePort)) {
                return trade(venue, starter);
            }
        } finally {
            Shutdown.done();
        }
    }

    private int trade(VenueProcess venue, Optional<ProcessHandle> starter) throws Exception {
        try (Service service = Service.start(config(venue.port()), data)) {
            service.attach();
            boolean byItself = awaitEnd(venue, service, starter);
            if (!byItself) {
                return 0;
            }
            DemoSummary summary = DemoSummary.of(service, venue);
            System.out.println(json ? Json.text(summary.figures()) : summary.text());
            summary.differences().forEach(System.err::println);
            return summary.differences().isEmpty() ? 0 : 1;
        }
    }

    private SakerConfig config(int venueAt) throws IOException {
        Path token = data.resolve("venue.token");
        SakerConfig demo = DemoConfig.of(port, managementPort, venueAt, token, symbols());
        return DemoConfig.with(demo, library, workers, strategies);
    }

    private List<String> symbols() throws IOException {
        return history == null ? List.of() : List.of(TickFile.read(history).symbol());
    }

    /** True at the end of the duration or the file, false if it was told to end. */
    private boolean awaitEnd(VenueProcess venue, Service service, Optional<ProcessHandle> starter)
            throws InterruptedException {
        long deadlineNs =
                duration == null ? Long.MAX_VALUE : System.nanoTime() + duration.toNanos();
        while (!end.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
            if (duration != null && System.nanoTime() - deadlineNs >= 0) {
                return true;
            }
            if (history != null && isFinished(venue)) {
                return true;
            }
            if (endWithStarter && starter.isPresent() && !starter.get().isAlive()) {
                return false;
            }
            if (service.engine().failure() != null) {
                throw new IllegalStateException(
                        "the engine failed: " + service.engine().failure(),
                        service.engine().failure());
            }
        }
        return false;
    }

    private static boolean isFinished(VenueProcess venue) {
        return venue.status().map(status -> status.path("finished").asBoolean()).orElse(false);
    }

    private List<String> venueCommand() {
        double rate = speed != null ? speed : history == null ? GENERATED_SPEED : 1;
        List<String> command =
                new ArrayList<>(
                        Relaunch.command(
                                "venue",
                                "--account",
                                DemoConfig.ACCOUNT,
                                "--seed",
                                Long.toString(seed),
                                "--speed",
                                Double.toString(rate),
                                "--wait-for-stream"));
        if (history != null) {
            command.add("--history");
            command.add(history.toAbsolutePath().toString());
        }
        return command;
    }

    /** {@code 45}, {@code 45s}, {@code 3m}, {@code 1h}. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("[0-9]{1,6}[smh]?")) {
                throw new IllegalArgumentException(
                        "bad duration: value=" + text + ", allowed: such as 60s, 5m or 1h");
            }
            long number = Long.parseLong(text.replaceAll("[smh]", ""));
            return text.endsWith("h")
                    ? Duration.ofHours(number)
                    : text.endsWith("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
        }
    }
}
