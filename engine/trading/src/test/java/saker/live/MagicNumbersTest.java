package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.config.AccountConfig.Durability;
import saker.config.SakerConfig;
import saker.config.StrategyConfig;
import saker.journal.BrokerEventDescriptor;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.ReadOnlyJournal;
import saker.journal.RecordHandler;
import saker.journal.RecordView;
import saker.market.Instruments;
import saker.model.BarPeriod;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.RecordKind;
import saker.strategy.FrameworkFiles;
import saker.strategy.NativeFramework;
import saker.strategy.RunObserver;
import saker.strategy.SeenOrders;
import saker.strategy.StrategyHost;
import saker.strategy.TestLibrary;
import saker.venue.OandaVenue;
import saker.venue.VenueOptions;

/**
 * Two instances on one symbol, beside trades of somebody else: one with a magic number that is
 * nobody's here, one made by hand. Each instance sees its own trades alone, and nobody touches the
 * others'.
 */
class MagicNumbersTest {
    private static final long FIRST = 1001;
    private static final long SECOND = 1002;
    private static final String FOREIGN_TAG = "777";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private OandaVenue venue;

    @TempDir private Path folder;

    @BeforeEach
    void startVenue() throws Exception {
        venue =
                OandaVenue.start(
                                vertx,
                                VenueOptions.withToken(DemoConfigs.TOKEN)
                                        .hedging(true)
                                        .accountId(DemoConfigs.ACCOUNT)
                                        .speed(240)
                                        .conflate(false)
                                        .build())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldKeepInstancesAndForeignTradesApart() throws Exception {
        Map<Long, Long> foreign = new HashMap<>();
        try (EngineRuntime runtime = start()) {
            await("the account", () -> "RUNNING".equals(state(runtime)));
            buy(2_000, FOREIGN_TAG, foreign);
            buy(3_000, "", foreign);
            await(
                    "trades of both instances",
                    () ->
                            runtime.engine().view().strategies().stream()
                                    .allMatch(s -> s.profitE8() != 0));

            assertThat(state(runtime)).isEqualTo("RUNNING");
        }

        assertThat(openUnits()).containsAllEntriesOf(foreign);
        Seen seen = new Seen();
        read(seen);
        assertThat(seen.tickets.get(FIRST)).isNotEmpty();
        assertThat(seen.tickets.get(SECOND)).isNotEmpty();
        assertThat(seen.tickets.get(FIRST)).doesNotContainAnyElementsOf(foreign.keySet());
        assertThat(seen.tickets.get(SECOND)).doesNotContainAnyElementsOf(foreign.keySet());
        assertThat(seen.touched).doesNotContainAnyElementsOf(foreign.keySet());
        assertThat(seen.tagOf.keySet()).containsAll(foreign.keySet());
        seen.host.close();
    }

    private EngineRuntime start() throws Exception {
        SakerConfig demo = DemoConfigs.of(folder, venue.port(), Durability.PROCESS);
        return EngineRuntime.start(
                vertx,
                new SakerConfig(
                        demo.gateway(),
                        demo.database(),
                        demo.framework(),
                        demo.journal(),
                        demo.risk(),
                        demo.accounts(),
                        instances()),
                "test",
                folder.resolve("data"),
                RunObserver.NOBODY);
    }

    /** Restless ones: narrow bands, so that both trade soon. */
    private static List<StrategyConfig> instances() {
        return List.of(instance(FIRST, 10), instance(SECOND, 20));
    }

    private static StrategyConfig instance(long id, double period) {
        return new StrategyConfig(
                id,
                "Breakout " + id,
                1000,
                "demo",
                "EURUSD",
                BarPeriod.M1,
                Map.of(0, period, 1, 1.0, 48, 3.0),
                List.of(new StrategyConfig.Rates(0, BarPeriod.M1, 100)),
                true);
    }

    private void buy(int units, String tag, Map<Long, Long> trades) throws Exception {
        String extensions =
                tag.isEmpty() ? "" : ",\"tradeClientExtensions\":{\"tag\":\"%s\"}".formatted(tag);
        JsonNode answer =
                send(
                        request("/orders")
                                .POST(
                                        BodyPublishers.ofString(
                                                """
                                                {"order":{"type":"MARKET","instrument":"EUR_USD",\
                                                "units":"%d","timeInForce":"FOK"%s}}"""
                                                        .formatted(units, extensions))));
        long trade = answer.at("/orderFillTransaction/tradeOpened/tradeID").asLong();
        assertThat(trade).as(answer.toString()).isPositive();
        trades.put(trade, (long) units);
    }

    private Map<Long, Long> openUnits() throws Exception {
        Map<Long, Long> units = new HashMap<>();
        send(request("/openTrades").GET())
                .get("trades")
                .forEach(
                        trade ->
                                units.put(
                                        trade.get("id").asLong(),
                                        trade.get("currentUnits").asLong()));
        return units;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create(
                                "http://127.0.0.1:%d/v3/accounts/%s%s"
                                        .formatted(venue.port(), DemoConfigs.ACCOUNT, path)))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + DemoConfigs.TOKEN);
    }

    private JsonNode send(HttpRequest.Builder request) throws Exception {
        return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    }

    private static String state(EngineRuntime runtime) {
        return runtime.engine().view().accounts().get(0).state();
    }

    private void read(RecordHandler handler) throws Exception {
        try (ReadOnlyJournal journal = Journal.openReadOnly(folder.resolve("data"));
                JournalReader reader = journal.newReader()) {
            while (reader.poll(handler, 10_000) > 0) {
                // Until the end.
            }
        }
    }

    /**
     * Folds the journal as the engine's strategies did, and looks at their rows after each event.
     */
    private final class Seen implements RecordHandler {
        final Map<Long, Set<Long>> tickets = new HashMap<>();
        final Map<Long, String> tagOf = new HashMap<>();
        final Set<Long> touched = new HashSet<>(); // Trades that a fill reduced or closed.
        final StrategyHost host;

        Seen() throws Exception {
            JournalSurvey survey = new JournalSurvey();
            read(survey);
            host =
                    new StrategyHost(
                            NativeFramework.load(TestLibrary.path()),
                            FrameworkFiles.writeConfig(folder.resolve("scratch")),
                            true,
                            new Instruments(List.copyOf(survey.instruments())),
                            List.of(new StrategyHost.Account("demo", "USD")),
                            instances(),
                            (kind, version, time, cause, ordinal, last, buffer, at, length) -> 1,
                            RunObserver.NOBODY,
                            false);
        }

        @Override
        public void onRecord(RecordView entry) {
            host.onRecord(entry);
            if (entry.kind() != RecordKind.BROKER_EVENT) {
                return;
            }
            BrokerEvent event = BrokerEventDescriptor.decode(entry);
            for (TradeEffect effect : event.effects()) {
                switch (effect.effect()) {
                    case OPENED, OPEN -> tagOf.put(effect.tradeId(), effect.tag());
                    case REDUCED, CLOSED -> touched.add(effect.tradeId());
                    case FINANCED -> {
                        // Nobody's doing.
                    }
                }
            }
            look(FIRST, 0);
            look(SECOND, 1);
        }

        private void look(long instance, int place) {
            for (long ticket : SeenOrders.tickets(host, place)) {
                assertThat(tagOf.get(ticket)).as("ticket=%d", ticket).isEqualTo("" + instance);
                tickets.computeIfAbsent(instance, id -> new HashSet<>()).add(ticket);
            }
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for " + what).isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
