package saker.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import saker.config.AccountConfig.Durability;
import saker.journal.JournalOptions;
import saker.live.EngineRuntime;
import saker.time.EpochNanoClock;

/**
 * The whole path: the bytes of a price line written to a loopback socket, to the first bytes of the
 * resulting order read from another, through HTTP client, parser, journal, strategy worker, native
 * code, risk, write-ahead and HTTP client again. Beside it, in the same run and in turn, an echo of
 * the same bytes through the same client and codecs.
 *
 * <p>Lines are due at fixed times and sent whatever has become of the ones before; a latency counts
 * from the time its line was due. Broker and engine are in one JVM and share its clock.
 */
final class TickToOrderLatency {
    private static final int BOUND_PIPETTES = 50; // The default deviation of 5 pips.
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long BEAT_NS = 2_000_000_000L;

    /**
     * While warming up: ticks as in a busy market, so that their path is compiled, and orders below
     * the adapter's limit of 100 requests a second, so that no queue stays.
     */
    private static final long WARM_UP_LINE_NS = 500_000L;

    private static final int WARM_UP_LINES_PER_ORDER = 24;
    private static final String ORDER =
            "{\"order\":{\"type\":\"MARKET\",\"instrument\":\"EUR_USD\",\"units\":\"1000\","
                    + "\"timeInForce\":\"FOK\",\"positionFill\":\"OPEN_ONLY\","
                    + "\"priceBound\":\"1.10060\",\"stopLossOnFill\":{\"price\":\"1.09560\","
                    + "\"timeInForce\":\"GTC\"},\"clientExtensions\":"
                    + "{\"id\":\"0123456789abcdef-5193000003e8-0\",\"tag\":\"9001\","
                    + "\"comment\":\"saker\"},\"tradeClientExtensions\":"
                    + "{\"id\":\"0123456789abcdef-5193000003e8-0\",\"tag\":\"9001\","
                    + "\"comment\":\"saker\"}}}";

    /** What else happens during the run. */
    enum Beside {
        NOTHING,
        /** The journal rolls to a new file every second. */
        ROLL,
        /** A mapped block is full every few hundred orders. */
        MAPPING,
        /** PostgreSQL commits on the same disk without a pause. */
        POSTGRES
    }

    /**
     * @param periodNs one order, one echo and two ignored lines each
     */
    record Plan(
            boolean spin,
            Durability durability,
            Beside beside,
            int warmUpS,
            int seconds,
            long periodNs) {}

    private final Plan plan;
    private final Path folder;
    private final RunTimes runs = new RunTimes();
    private final EpochNanoClock clock = EpochNanoClock.system();
    private final long[] dueNs = new long[PriceLines.DISTINCT];
    private final long[] writtenNs = new long[PriceLines.DISTINCT];
    private final long[] echoDueNs = new long[PriceLines.DISTINCT];
    private final AtomicLong echoes = new AtomicLong();
    private final AtomicLong orders = new AtomicLong();
    private final AtomicLong clockOffsetNs = new AtomicLong();
    private final Queue<Hops.Sample> samples = new ConcurrentLinkedQueue<>();
    private final Latencies alone = new Latencies("echo, before the engine started");
    private final Latencies echo = new Latencies("echo, in turn with the engine");
    private final Latencies order = new Latencies("tick to order");
    private final Latencies rolled = new Latencies("tick to order, first after a roll");
    private final StringBuilder report = new StringBuilder();

    private volatile Latencies echoInto;
    private volatile boolean measuring;
    private volatile long rolledNumber = -1;
    private LoopbackBroker broker;
    private long number;
    private long echoNumber;

    TickToOrderLatency(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /** Runs it and returns the report. */
    String run() throws Exception {
        Files.createDirectories(folder);
        Vertx vertx = Vertx.vertx();
        BusyDatabase rival = plan.beside == Beside.POSTGRES ? new BusyDatabase(folder) : null;
        try (LoopbackBroker made = new LoopbackBroker(this::onOrder)) {
            broker = made;
            new EchoClient(vertx, broker.port(), ORDER).start();
            BenchEngine.await("the echo's stream", broker::isEchoStreamOpen);
            echoAlone();
            measureEngine(vertx);
        } finally {
            if (rival != null) {
                rival.close();
            }
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        report(Latencies.HEAD);
        report(alone.toString());
        report(echo.toString());
        report(order.toString());
        if (plan.beside == Beside.ROLL) {
            report(rolled.toString());
        }
        reportRatios();
        if (plan.beside != Beside.ROLL) { // There the journal's clock is ahead of the feed's.
            reportHops();
        }
        return report.toString();
    }

    private void reportHops() throws IOException {
        report("");
        report(Latencies.HEAD);
        for (Latencies step : new Hops(runs).of(folder.resolve("data"), List.copyOf(samples))) {
            report(step.toString());
        }
    }

    private void measureEngine(Vertx vertx) throws Exception {
        EngineRuntime engine =
                BenchEngine.start(
                        vertx, folder, broker.port(), plan.spin, plan.durability, runs, this::tune);
        try (RawSync raw = new RawSync(folder)) {
            Latencies syncs = new Latencies("raw durable sync, in turn");
            BenchEngine.await("the price stream", broker::isPriceStreamOpen);
            warmUp();
            drain();
            echoInto = echo;
            measuring = true;
            long sentBefore = number;
            ThreadAllocation before = ThreadAllocation.now();
            send(plan.seconds, plan.periodNs, plan.durability == Durability.POWER ? raw : null);
            drain();
            measuring = false;
            String allocation = ThreadAllocation.now().since(before, 3 * (number - sentBefore));
            raw.into(syncs);
            report(
                    "sent=%d, orders=%d, wait=%s, durability=%s, beside=%s, periodMs=%.1f"
                            .formatted(
                                    number - sentBefore,
                                    order.count(),
                                    plan.spin ? "spin" : "park",
                                    plan.durability,
                                    plan.beside,
                                    plan.periodNs / 1e6));
            report(allocation);
            if (syncs.count() > 0) {
                report(syncs.toString());
                reportPower(syncs);
            }
        } finally {
            engine.close();
        }
    }

    private void reportPower(Latencies syncs) {
        double base = (plan.spin ? 2 : 3) * echo.us(50);
        double goal = base + 1.2 * syncs.us(50);
        report(
                "power: goal p50 <= %.1f us (echo part %.1f + 1.2 x raw sync), measured %.1f us"
                        .formatted(goal, base, order.us(50)));
    }

    private JournalOptions tune(JournalOptions options) {
        return switch (plan.beside) {
            case ROLL -> options.withClock(() -> clock.nanoTime() + clockOffsetNs.get());
            case MAPPING -> options.withBlockSize(256 << 10);
            case NOTHING, POSTGRES -> options;
        };
    }

    private void echoAlone() throws IOException {
        echoInto = null;
        for (int i = 0; i < 2; i++) {
            long startNs = System.nanoTime();
            for (int n = 0; n < 800; n++) {
                sendEcho(startNs + n * 4_000_000L);
            }
            drain();
            echoInto = alone;
        }
        echoInto = null;
    }

    /** Lets everything that is under way arrive. */
    private void drain() {
        Pace.until(System.nanoTime() + 200_000_000L);
        for (int i = 0; i < 50 && echoes.get() < echoNumber; i++) {
            Pace.until(System.nanoTime() + 100_000_000L);
        }
        if (echoes.get() != echoNumber) {
            throw new IllegalStateException(
                    "echoes lost: sent=%d, arrived=%d".formatted(echoNumber, echoes.get()));
        }
    }

    private void warmUp() throws IOException {
        long startNs = System.nanoTime();
        long lines = plan.warmUpS * 1_000_000_000L / WARM_UP_LINE_NS;
        for (long i = 0; i < lines; i++) {
            long atNs = startNs + i * WARM_UP_LINE_NS;
            if (i % WARM_UP_LINES_PER_ORDER == 0) {
                sendAnswered(atNs);
            } else if (i % WARM_UP_LINES_PER_ORDER == WARM_UP_LINES_PER_ORDER / 2) {
                sendEcho(atNs);
            } else {
                sendIgnored(atNs);
            }
            if (i % (BEAT_NS / WARM_UP_LINE_NS) == 0) {
                broker.beat();
            }
        }
    }

    private void send(int seconds, long periodNs, RawSync raw) throws IOException {
        long startNs = System.nanoTime() + periodNs;
        long endNs = startNs + seconds * 1_000_000_000L;
        long nextBeatNs = startNs;
        long nextRollNs = startNs + 1_000_000_000L;
        for (long atNs = startNs; atNs < endNs; atNs += periodNs) {
            if (plan.beside == Beside.ROLL && measuring && atNs >= nextRollNs) {
                nextRollNs += 1_000_000_000L;
                clockOffsetNs.addAndGet(DAY_NS);
                rolledNumber = number;
            }
            // Both have an ignored line a quarter before them: the processor is as warm for either.
            sendAnswered(atNs);
            sendIgnored(atNs + periodNs / 4);
            sendEcho(atNs + periodNs / 2);
            if (raw != null) {
                Pace.until(atNs + periodNs * 5 / 8);
                raw.request();
            }
            sendIgnored(atNs + periodNs * 3 / 4);
            if (atNs >= nextBeatNs) {
                nextBeatNs += BEAT_NS;
                broker.beat();
            }
        }
    }

    private void sendAnswered(long atNs) throws IOException {
        byte[] chunk = PriceLines.answered(number, clock.nanoTime());
        int slot = (int) (number++ % PriceLines.DISTINCT);
        dueNs[slot] = atNs;
        Pace.until(atNs);
        writtenNs[slot] = System.nanoTime();
        broker.sendPrice(chunk);
    }

    private void sendIgnored(long atNs) throws IOException {
        byte[] chunk = PriceLines.ignored(number, clock.nanoTime());
        Pace.until(atNs);
        broker.sendPrice(chunk);
    }

    private void sendEcho(long atNs) throws IOException {
        byte[] chunk = PriceLines.answered(echoNumber, clock.nanoTime());
        echoDueNs[(int) (echoNumber++ % PriceLines.DISTINCT)] = atNs;
        Pace.until(atNs);
        broker.sendEchoPrice(chunk);
    }

    private void onOrder(boolean isEcho, long readNs, String body) {
        if (isEcho) {
            int slot = (int) (echoes.getAndIncrement() % PriceLines.DISTINCT);
            Latencies into = echoInto;
            if (into != null) {
                into.record(readNs - echoDueNs[slot]);
            }
            return;
        }
        orders.incrementAndGet();
        if (!measuring) {
            return;
        }
        int slot =
                PriceLines.numberOfBound(LoopbackBroker.member(body, "priceBound"), BOUND_PIPETTES);
        order.record(readNs - dueNs[slot]);
        if (slot == rolledNumber % PriceLines.DISTINCT) {
            rolled.record(readNs - dueNs[slot]);
        }
        samples.add(
                new Hops.Sample(
                        LoopbackBroker.member(body, "id"),
                        dueNs[slot],
                        writtenNs[slot],
                        readNs,
                        clock.nanoTime() - System.nanoTime() + clockOffsetNs.get()));
    }

    private void reportRatios() {
        report(
                String.format(
                        Locale.ROOT,
                        "over the echo in turn: p50 %.2f, p99 %.2f; over the echo alone: p50 %.2f",
                        order.ratio(echo, 50),
                        order.ratio(echo, 99),
                        order.ratio(alone, 50)));
        if (plan.durability == Durability.PROCESS && plan.beside == Beside.NOTHING) {
            double goal = plan.spin ? 2 : 3;
            report(
                    String.format(
                            Locale.ROOT,
                            "goal p50 <= %.0f x echo: %s",
                            goal,
                            order.ratio(echo, 50) <= goal ? "met" : "MISSED"));
        }
    }

    private void report(String line) {
        report.append(line).append('\n');
    }

    /** Arguments as {@code --name value}. */
    static String run(Arguments arguments, Path folder) throws Exception {
        boolean power = arguments.text("durability", "process").equals("power");
        Plan plan =
                new Plan(
                        arguments.text("wait", "park").equals("spin"),
                        power ? Durability.POWER : Durability.PROCESS,
                        Beside.valueOf(
                                arguments.text("beside", "nothing").toUpperCase(Locale.ROOT)),
                        arguments.number("warm", 30),
                        arguments.number("seconds", 40),
                        arguments.number("period-us", power ? 50_000 : 20_000) * 1_000L);
        List<String> lines = new ArrayList<>();
        lines.add("# " + plan);
        lines.add(new TickToOrderLatency(plan, folder).run());
        return String.join("\n", lines);
    }
}
