package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import saker.api.WorkerCounters;
import saker.api.WorkerView;
import saker.api.Workers;
import saker.journal.BrokerEventDescriptor;
import saker.journal.CommandDescriptor;
import saker.journal.Journal;
import saker.journal.JournalOptions;
import saker.journal.JournalReader;
import saker.journal.OrderIntentDescriptor;
import saker.journal.RiskDecisionDescriptor;
import saker.journal.SignalDescriptor;
import saker.journal.WorkerEventDescriptor;
import saker.market.Instruments;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.Command;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.RecordKind;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.model.Signal;
import saker.model.SignalBits;
import saker.model.WorkerEvent;
import saker.order.ClientIds;

/** The log lines of a journal on disk. */
class DecisionLogTest {
    private static final long E8 = FixedPoint.E8;
    private static final Instrument EURUSD =
            new Instrument(
                    3,
                    "EURUSD",
                    "EUR_USD",
                    "EUR",
                    "USD",
                    5,
                    -4,
                    0,
                    FixedPoint.E4,
                    100_000_000L * FixedPoint.E4,
                    3_330_000_000_000L,
                    100_000);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    @TempDir private Path data;
    private Journal journal;
    private JournalReader reader;

    @BeforeEach
    void start() throws IOException {
        journal =
                Journal.open(
                        data,
                        JournalOptions.defaults("test")
                                .withBlockSize(1 << 20)
                                .withIntervals(0, 0, 0)
                                .withSpace(0, 0, null));
        reader = journal.newReaderAtEnd();
        lines.start();
        logger().addAppender(lines);
    }

    @AfterEach
    void stop() throws IOException {
        logger().detachAppender(lines);
        reader.close();
        journal.close();
    }

    @Test
    void shouldGiveASignalAndAllThatCameOfItOneCorrelation() {
        long signal = signal(SignalBits.OPEN_BUY, 0);
        decide(signal, RiskRule.NONE, "");
        long intent = intend(signal);
        event(BrokerEvent.of(BrokerEvent.Type.REQUEST_SENT, 0).intent(intent));
        event(fill(intent, "").transactionId(6356).money(-150_000_000, 0, 0));

        List<ILoggingEvent> written = read();

        assertThat(written)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "signal: EURUSD BUY 0.10, bid=1.0845, ask=1.08458",
                        "risk: approved, row=0",
                        "intent: OPEN MARKET EURUSD, units=10000, client_id="
                                + clientId(signal)
                                + ", trade=0, order=0",
                        "order: sent: OPEN",
                        "fill: OPEN EURUSD units=10000 price=1.08458 opened=6357 profit=-1.50"
                                + " transaction=6356");
        assertThat(written)
                .allMatch(line -> line.getLevel() == Level.INFO)
                .allMatch(line -> members(line).get("correlation").equals(hex(signal)))
                .allMatch(line -> members(line).get("instance").equals(7001L));
        assertThat(members(written.get(0))).containsEntry("worker", "other-1");
        assertThat(members(written.get(4))).containsEntry("account", "main");
    }

    @Test
    void shouldFindTheSignalOfAnOrderOfBeforeTheStart() {
        String opened = ClientIds.make(1, 0x4e2500000012L, 1);
        event(fill(0, opened)); // Its intent is far behind, such as that of a waiting order.
        event(
                BrokerEvent.of(BrokerEvent.Type.ORDER_FILLED, 0)
                        .reason("STOP_LOSS_ORDER")
                        .effects(List.of(effect(TradeEffect.Effect.CLOSED, opened))));

        assertThat(read())
                .hasSize(2)
                .allMatch(line -> members(line).get("correlation").equals("4e2500000012"));
    }

    @Test
    void shouldSayWhatRiskAndTheBrokerRefused() {
        long signal = signal(SignalBits.OPEN_BUY, 0);
        decide(signal, RiskRule.SPREAD_TOO_WIDE, "spread=2.4, limit=1.5");
        long intent = intend(signal);
        event(
                BrokerEvent.of(BrokerEvent.Type.ORDER_REJECTED, 0)
                        .intent(intent)
                        .reason("INSUFFICIENT_MARGIN"));
        signal(0, 5);
        signal(0, 0); // A call without a wish is no news.

        List<ILoggingEvent> written = read();

        assertThat(written).hasSize(5);
        assertThat(written.get(1).getFormattedMessage())
                .isEqualTo("risk: refused, row=0, rule=SPREAD_TOO_WIDE, spread=2.4, limit=1.5");
        assertThat(written.get(3).getLevel()).isEqualTo(Level.WARN);
        assertThat(written.get(3).getFormattedMessage())
                .isEqualTo("order: rejected by the broker: OPEN reason=INSUFFICIENT_MARGIN");
        assertThat(written.get(4).getLevel()).isEqualTo(Level.WARN);
        assertThat(written.get(4).getFormattedMessage()).endsWith("returned=5");
    }

    @Test
    void shouldNameWhoCommandedWhatAndWhy() {
        Command halt =
                new Command(
                        Command.Type.HALT,
                        "6f1d8a52",
                        "risk",
                        "news",
                        0,
                        -1,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Long.MAX_VALUE);
        long index =
                append(
                        RecordKind.COMMAND,
                        CommandDescriptor.VERSION,
                        CommandDescriptor.encode(halt, buffer, 0));

        List<ILoggingEvent> written = read();

        assertThat(written.get(0).getFormattedMessage())
                .isEqualTo("command: HALT, user=risk, command_id=6f1d8a52, reason=news");
        assertThat(members(written.get(0)))
                .isEqualTo(Map.of("correlation", hex(index), "account", "main"));
    }

    @Test
    void shouldTellTheLifeOfAWorker() {
        WorkerEvent fault =
                new WorkerEvent(
                        WorkerEvent.Event.FAULT,
                        "other-1",
                        "other",
                        2,
                        4711,
                        7001,
                        0,
                        WorkerEvent.Policy.HOLD,
                        "ab",
                        "",
                        "exit code 139",
                        "");
        append(
                RecordKind.WORKER_EVENT,
                WorkerEventDescriptor.VERSION,
                WorkerEventDescriptor.encode(fault, buffer, 0));

        List<ILoggingEvent> written = read();

        assertThat(written.get(0).getLevel()).isEqualTo(Level.WARN);
        assertThat(written.get(0).getFormattedMessage())
                .isEqualTo("worker: FAULT, incarnation=2, pid=4711, user=, exit code 139");
        assertThat(members(written.get(0)))
                .isEqualTo(Map.of("worker", "other-1", "instance", 7001L));
    }

    private List<ILoggingEvent> read() {
        DecisionLog log =
                new DecisionLog(List.of("main"), new Instruments(List.of(EURUSD)), new OneWorker());
        while (reader.poll(log, 100) > 0) {
            // On to the end.
        }
        return List.copyOf(lines.list);
    }

    private long signal(int bits, int returnCode) {
        List<Signal.Row> rows =
                bits == 0 ? List.of() : List.of(new Signal.Row(0, bits, E8 / 10, 0, 0, 0, 0));
        Signal signal = new Signal(7001, 3, 108_450_000, 108_458_000, returnCode, false, rows);
        return append(
                RecordKind.SIGNAL,
                SignalDescriptor.VERSION,
                SignalDescriptor.encode(signal, buffer, 0));
    }

    private void decide(long origin, RiskRule rule, String detail) {
        RiskDecision decision =
                new RiskDecision(rule == RiskRule.NONE, rule, 0, 3, 7001, origin, 0, detail);
        append(
                RecordKind.RISK_DECISION,
                RiskDecisionDescriptor.VERSION,
                RiskDecisionDescriptor.encode(decision, buffer, 0));
    }

    private long intend(long origin) {
        OrderIntent intent =
                new OrderIntent(
                        OrderIntent.Action.OPEN,
                        OrderIntent.OrderType.MARKET,
                        0,
                        3,
                        7001,
                        clientId(origin),
                        10_000 * FixedPoint.E4,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        108_458_000,
                        0,
                        0,
                        origin,
                        0);
        return append(
                RecordKind.ORDER_INTENT,
                OrderIntentDescriptor.VERSION,
                OrderIntentDescriptor.encode(intent, buffer, 0));
    }

    private static BrokerEvent.Builder fill(long intent, String clientId) {
        return BrokerEvent.of(BrokerEvent.Type.ORDER_FILLED, 0)
                .intent(intent)
                .instrumentId(3)
                .unitsE4(10_000 * FixedPoint.E4)
                .priceE8(108_458_000)
                .client(clientId, "7001")
                .effects(List.of(effect(TradeEffect.Effect.OPENED, clientId)));
    }

    private static TradeEffect effect(TradeEffect.Effect effect, String clientId) {
        return new TradeEffect(
                effect,
                6357,
                3,
                10_000 * FixedPoint.E4,
                108_458_000,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                clientId,
                "7001");
    }

    private void event(BrokerEvent.Builder event) {
        append(
                RecordKind.BROKER_EVENT,
                BrokerEventDescriptor.VERSION,
                BrokerEventDescriptor.encode(event.build(), buffer, 0));
    }

    private long append(RecordKind kind, int version, int length) {
        return journal.append(kind, version, 1, 0, 0, true, buffer, 0, length);
    }

    private static String clientId(long origin) {
        return ClientIds.make(1, origin, 1);
    }

    private static String hex(long index) {
        return Long.toHexString(index);
    }

    private static Map<String, Object> members(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(DecisionLog.class);
    }

    /** A worker that runs the instance of all signals here. */
    private static final class OneWorker implements Workers {
        @Override
        public List<WorkerView> workers() {
            return List.of(
                    new WorkerView(
                            "other-1",
                            "other",
                            "/opt/libfwk.so",
                            "4.4.2",
                            false,
                            WorkerView.Isolation.PROCESS,
                            WorkerView.State.RUNNING,
                            4711,
                            0,
                            "ab",
                            1,
                            1,
                            0,
                            List.of(7001L),
                            ""));
        }

        @Override
        public WorkerCounters counters() {
            return WorkerCounters.NONE;
        }

        @Override
        public String whyNotEnabled(long instanceId) {
            return "";
        }

        @Override
        public CompletionStage<String> control(
                String workerId, Action action, String user, String reason, String commandId) {
            return CompletableFuture.completedFuture("nobody asks");
        }
    }
}
