package saker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import saker.api.WorkerView.Isolation;
import saker.api.WorkerView.State;
import saker.config.StrategyConfig;
import saker.model.BarPeriod;
import saker.model.EngineState;
import saker.strategy.CallTimes;
import saker.strategy.InstanceStatus;

/** Metrics and health on the management port. */
class ManagementTest {
    private final Vertx vertx = Vertx.vertx();
    private final ManualClock clock = new ManualClock();
    private final RecordedEngine engine = new RecordedEngine();
    private final PrometheusMeterRegistry meters =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MemoryWorkers workers = new MemoryWorkers();
    private final EngineMetrics metrics = new EngineMetrics(meters, engine, workers, clock);
    private final ManagementServer server =
            new ManagementServer(vertx, "127.0.0.1", 0, engine, meters, metrics);

    @BeforeEach
    void start() {
        GatewayFixture.await(server.start());
    }

    @AfterEach
    void stop() {
        GatewayFixture.await(server.stop());
        GatewayFixture.await(vertx.close());
    }

    @Test
    void shouldCountOpenedTradesOnceAndNotTheOnesBeforeTheStart() throws Exception {
        engine.put(RecordedEngine.order(41, "FILLED")); // Filled before the start.
        engine.put(RecordedEngine.order(50, "SENT"));
        engine.put(RecordedEngine.order(50, "FILLED"));
        engine.put(RecordedEngine.order(50, "FILLED"));

        assertThat(value("trades_total{account=\"main\",strategy=\"trend\",symbol=\"EURUSD\"}"))
                .isEqualTo(1);
    }

    @Test
    void shouldShowTheProfitOfEachStrategy() throws Exception {
        engine.put(RecordedEngine.strategy(7001, "RUNNING", 1_775_000_000L));

        assertThat(
                        value(
                                "strategy_profit{account=\"main\",instance=\"7001\",strategy=\"trend\",symbol=\"EURUSD\"}"))
                .isEqualTo(17.75);
    }

    @Test
    void shouldShowTheBrokersFiguresPerAccount() throws Exception {
        engine.put(RecordedEngine.account(999_000_000_000L, 1_001_500_000_000L));

        assertThat(value("account_balance{account=\"main\"}")).isEqualTo(9_990);
        assertThat(value("account_equity{account=\"main\"}")).isEqualTo(10_015);
    }

    @Test
    void shouldHaveBucketsAroundATenthAndHalfASecond() throws Exception {
        InstanceStatus status = new InstanceStatus(7001);
        status.callTimes().addSince(CallTimes.Counts.NONE, calls(80_000_000, 300_000_000));
        meters.getPrometheusRegistry()
                .register(new StrategyTimers(List.of(trend()), () -> List.of(status)));

        assertThat(value("execution_time_seconds_bucket{strategy=\"trend\",le=\"0.1\"}"))
                .isEqualTo(1);
        assertThat(value("execution_time_seconds_bucket{strategy=\"trend\",le=\"0.5\"}"))
                .isEqualTo(2);
        assertThat(value("execution_time_seconds_count{strategy=\"trend\"}")).isEqualTo(2);
        assertThat(value("execution_time_seconds_sum{strategy=\"trend\"}")).isEqualTo(0.38);
    }

    private static CallTimes.Counts calls(long... durationsNs) {
        Long[] spans = new Long[CallTimes.SPANS];
        Arrays.fill(spans, 0L);
        for (long durationNs : durationsNs) {
            int span = 0;
            while (CallTimes.boundNs(span) < durationNs) {
                span++;
            }
            spans[span]++;
        }
        return new CallTimes.Counts(List.of(spans), LongStream.of(durationsNs).sum());
    }

    @Test
    void shouldCountWhatWorkersDidTogether() throws Exception {
        assertThat(value("saker_worker_deadline_misses_total")).isEqualTo(2);
        assertThat(value("saker_worker_signals_imported_total")).isEqualTo(1_000);
        assertThat(value("saker_worker_signals_repeated_total")).isEqualTo(17);
        assertThat(value("saker_worker_distrusted_total")).isEqualTo(1);
        assertThat(value("saker_worker_import_lag_seconds_count")).isEqualTo(1_000);
        assertThat(value("saker_worker_import_lag_seconds_sum")).isEqualTo(2.5);
        assertThat(value("saker_worker_import_lag_max_seconds")).isEqualTo(0.04);
    }

    private static StrategyConfig trend() {
        return new StrategyConfig(
                7001,
                "trend",
                1000,
                "main",
                "EURUSD",
                BarPeriod.M1,
                Map.of(),
                List.of(new StrategyConfig.Rates(0, BarPeriod.M1, 100)),
                true);
    }

    @Test
    void shouldCountErrorsByClass() throws Exception {
        metrics.recordError("trend", "IllegalStateException", "main");
        engine.put(RecordedEngine.strategy(7001, "ERROR", 0));

        assertThat(
                        value(
                                "errors_total{account=\"main\",error_type=\"IllegalStateException\",strategy=\"trend\"}"))
                .isEqualTo(1);
        assertThat(
                        value(
                                "errors_total{account=\"main\",error_type=\"STRATEGY_ERROR\",strategy=\"trend\"}"))
                .isEqualTo(1);
    }

    @Test
    void shouldMoveTheHeartbeatWhileTheStreamsLive() throws Exception {
        double first = value("last_heartbeat{account=\"main\"}");
        clock.advance(5_000);
        engine.put(RecordedEngine.status(EngineState.State.RUNNING, "", "LIVE", "UP"));
        double second = value("last_heartbeat{account=\"main\"}");
        clock.advance(5_000);
        engine.put(RecordedEngine.status(EngineState.State.RUNNING, "", "STALE", "UP"));

        assertThat(second - first).isBetween(5.0, 6.0);
        assertThat(value("last_heartbeat_time{account=\"main\"}")).isEqualTo(second);
    }

    @Test
    void shouldWatchTheHealthOfEachAccount() throws Exception {
        metrics.check();
        assertThat(value("system_health{account=\"main\"}")).isEqualTo(1);

        engine.put(RecordedEngine.status(EngineState.State.RUNNING, "", "DISCONNECTED", "UP"));
        metrics.check();
        clock.advance(11_000);
        metrics.check();

        assertThat(value("system_health{account=\"main\"}")).isZero();
        assertThat(value("errors_detected_total{account=\"main\"}")).isEqualTo(1);
        assertThat(value("heartbeat_failures_total{account=\"main\"}")).isPositive();
        assertThat(value("monitoring_checks_total{account=\"main\"}")).isGreaterThanOrEqualTo(3);
        assertThat(value("saker_ticks_total")).isEqualTo(12_345);
    }

    @Test
    void shouldCountOrdersByActionAndStateOnce() throws Exception {
        engine.put(RecordedEngine.order(77, "SENT"));
        engine.put(RecordedEngine.order(77, "SENT"));
        engine.put(RecordedEngine.order(77, "FILLED"));

        assertThat(
                        value(
                                "saker_orders_total{account=\"main\",action=\"OPEN\",state=\"SENT\",symbol=\"EURUSD\"}"))
                .isEqualTo(1);
        assertThat(
                        value(
                                "saker_orders_total{account=\"main\",action=\"OPEN\",state=\"FILLED\",symbol=\"EURUSD\"}"))
                .isEqualTo(1);
    }

    @Test
    void shouldShowEachWorkerForAsLongAsThereIsOne() throws Exception {
        assertThat(value("saker_worker_up{worker=\"other-1\"}")).isEqualTo(1);
        assertThat(value("saker_worker_restarts_total{worker=\"other-1\"}")).isEqualTo(2);
        assertThat(value("saker_worker_instances{worker=\"other-1\"}")).isEqualTo(1);
        assertThat(value("saker_worker_resident_bytes{worker=\"other-1\"}")).isEqualTo(64 << 20);
        assertThat(value("saker_worker_resident_bytes{worker=\"other-2\"}")).isNaN();
        assertThat(value("saker_worker_heartbeat_age_seconds{worker=\"other-1\"}"))
                .isBetween(1e6, 1e9); // The heartbeat is one of March 2026.

        workers.put(MemoryWorkers.worker("other-1", Isolation.PROCESS, State.LOST, "gave up"));
        workers.remove("other-2");
        metrics.check();

        assertThat(value("saker_worker_up{worker=\"other-1\"}")).isZero();
        assertThat(value("saker_worker_instances{worker=\"other-1\"}")).isZero();
        assertThat(get("/metrics").body()).doesNotContain("other-2");
    }

    @Test
    void shouldSayHealthyOnlyWhileItIsTrue() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);

        engine.put(RecordedEngine.status(EngineState.State.RUNNING, "", "LIVE", "DOWN"));

        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).contains("database=DOWN");
        assertThat(get("/other").statusCode()).isEqualTo(404);
    }

    private double value(String name) throws Exception {
        String line =
                get("/metrics")
                        .body()
                        .lines()
                        .filter(l -> l.startsWith(name + " "))
                        .findFirst()
                        .orElse(null);
        assertThat(line).as(name).isNotNull();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
