package saker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import saker.api.StoreUnavailableException;
import saker.api.TradeHistory.Page;
import saker.api.TradeHistory.PerformancePoint;
import saker.api.TradeHistory.PerformanceSummary;
import saker.api.TradeHistory.Query;
import saker.api.TradeHistory.TradeRow;
import saker.model.FixedPoint;

class StoreQueriesTest {
    private static Vertx vertx;
    private static DatabaseAddress database;
    private static DatabasePool pool;
    private static PgTradeHistory history;

    @BeforeAll
    static void fillStore() throws Exception {
        vertx = Vertx.vertx();
        database = SharedServer.newStore();
        pool = new DatabasePool(vertx, database);
        history = new PgTradeHistory(pool);
        // Instance 1: tickets 1 to 60, every third open; instance 2: 61 to 90, all closed.
        SharedServer.execute(
                database,
                """
                insert into accounts (name, broker_name, account_number, account_type, environment,
                    frontend, currency)
                values ('main', 'oanda', '1', 'demo', 'DEMO', 'Saker', 'USD');
                insert into strategies (account_id, name, strategy_type, instance_id, symbol,
                    timeframe)
                select id, 's' || i, '1', i, 'EURUSD', 'H1' from accounts, generate_series(1, 2) i;
                insert into trades (account_id, strategy_id, instance_id, strategy_name, ticket,
                    symbol, order_type, volume, units, open_units, open_price, close_price,
                    open_time, open_time_ns, close_time, close_time_ns, realized_pl, financing,
                    is_closed, client_id, source)
                select s.account_id, s.id, s.instance_id, s.name, t,
                    case when t % 2 = 0 then 'EURUSD' else 'USDJPY' end, 'BUY', 0.1, 10000, 0,
                    1.10001, 1.10002, to_timestamp(t), t * 1000000000::bigint,
                    case when s.instance_id = 2 or t % 3 <> 0 then to_timestamp(t + 1) end,
                    case when s.instance_id = 2 or t % 3 <> 0
                        then (t + 1) * 1000000000::bigint end,
                    case when t % 4 = 0 then -1.00000001 else 2.5 end, -0.01,
                    s.instance_id = 2 or t % 3 <> 0,
                    '00c0ffee00c0ffee-' || to_hex(83733500000000 + t) || '-1', 'fill'
                from generate_series(1, 90) t
                join strategies s on s.instance_id = case when t <= 60 then 1 else 2 end;
                insert into performance_metrics (account_id, instance_id, timestamp, time_ns,
                    equity, balance, profit, drawdown, open_trades)
                select id, 1, to_timestamp(i), i * 1000000000::bigint, 1000 + i, 1000, i, i / 10.0, 0
                from accounts, generate_series(1, 150) i;
                """);
    }

    @AfterAll
    static void close() {
        pool.close();
        await(vertx.close().toCompletionStage());
    }

    @Test
    void shouldReturnTradesExactlyAsStored() {
        Page page = trades(new Query(2L, null, null, 61_000_000_000L, 62_000_000_000L, 0, 10));

        assertThat(page.rows())
                .containsExactly(
                        new TradeRow(
                                61,
                                2,
                                "s2",
                                "USDJPY",
                                "BUY",
                                10_000 * FixedPoint.E4,
                                10_000_000,
                                110_001_000,
                                110_002_000L,
                                null,
                                null,
                                61_000_000_000L,
                                62_000_000_000L,
                                250_000_000L,
                                -1_000_000L,
                                false,
                                Long.toHexString(83_733_500_000_061L)));
    }

    @Test
    void shouldLeaveOutWhatIsNotKnownWhileATradeIsOpen() {
        TradeRow open = trades(new Query(1L, null, true, null, null, 0, 1)).rows().get(0);

        assertThat(open.ticket()).isEqualTo(60);
        assertThat(open.open()).isTrue();
        assertThat(open.profitE8()).isNull();
        assertThat(open.financingE8()).isNull();
        assertThat(open.closeTimeNs()).isNull();
    }

    @Test
    void shouldCombineFilters() {
        Page page = trades(new Query(1L, "EURUSD", false, 10_000_000_000L, 21_000_000_000L, 0, 50));

        assertThat(page.rows()).extracting(TradeRow::ticket).containsExactly(20L, 16L, 14L, 10L);
        assertThat(page.total()).isEqualTo(4);
    }

    @Test
    void shouldPageNewestFirstAndCountAll() {
        Page second = trades(new Query(null, null, null, null, null, 20, 10));
        Page behind = trades(new Query(null, null, null, null, null, 200, 10));

        assertThat(second.rows())
                .extracting(TradeRow::ticket)
                .containsExactly(70L, 69L, 68L, 67L, 66L, 65L, 64L, 63L, 62L, 61L);
        assertThat(second.total()).isEqualTo(90);
        assertThat(behind.rows()).isEmpty();
        assertThat(behind.total()).isEqualTo(90);
    }

    @Test
    void shouldRefuseALimitOutOfRange() {
        assertThatThrownBy(() -> history.trades(new Query(null, null, null, null, null, 0, 1_001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit=1001");
    }

    @Test
    void shouldReturnTheNewestHundredPointsOldestFirst() {
        List<PerformancePoint> points = await(history.performance(1L, 100));

        assertThat(points).hasSize(100);
        assertThat(points.get(0).timeNs()).isEqualTo(51_000_000_000L);
        assertThat(points.get(99))
                .isEqualTo(
                        new PerformancePoint(
                                150_000_000_000L,
                                1150 * FixedPoint.E8,
                                1000 * FixedPoint.E8,
                                150 * FixedPoint.E8,
                                15.0));
    }

    @Test
    void shouldSummariseClosedTradesAsByHand() {
        PerformanceSummary summary = await(history.summary(2L)); // 61 to 90: 7 of them lose.

        assertThat(summary.trades()).isEqualTo(30);
        assertThat(summary.losing()).isEqualTo(7);
        assertThat(summary.winning()).isEqualTo(23);
        assertThat(summary.profitE8()).isEqualTo(23 * 250_000_000L - 7 * 100_000_001L);
        assertThat(summary.winRatePct()).isEqualTo(100.0 * 23 / 30);
        assertThat(summary.profitFactor()).isEqualTo(23 * 2.5 / (7 * 1.00000001));
    }

    @Test
    void shouldLeaveRatesUndefinedWithoutTrades() {
        PerformanceSummary summary = await(history.summary(99L));

        assertThat(summary).isEqualTo(new PerformanceSummary(0, 0, 0, 0, null, null, null));
    }

    @Test
    void shouldAnswerAHundredRequestsAtOnceWithTenConnections() {
        List<CompletionStage<Page>> answers =
                java.util.stream.IntStream.range(0, 100)
                        .mapToObj(
                                i -> history.trades(new Query(null, null, null, null, null, 0, 90)))
                        .toList();

        for (CompletionStage<Page> answer : answers) {
            assertThat(await(answer).rows()).hasSize(90);
        }
    }

    @Test
    void shouldFailAsUnavailableWhenNobodyAnswers() {
        DatabaseAddress nobody = new DatabaseAddress("127.0.0.1", 1, "saker", "saker", "x");
        DatabasePool lost = new DatabasePool(vertx, nobody);

        assertThatThrownBy(() -> await(new PgTradeHistory(lost).summary(null)))
                .hasCauseInstanceOf(StoreUnavailableException.class);
        lost.close();
    }

    @Test
    void shouldUseTheIndexes() throws Exception {
        assertThat(plan("trades where account_id = 1 and strategy_id = 1"))
                .contains("idx_trades_account_strategy");
        assertThat(plan("trades where open_time_ns >= 5 and open_time_ns < 9"))
                .contains("idx_trades_open_time");
        assertThat(plan("performance_metrics where account_id = 1 and timestamp > to_timestamp(9)"))
                .contains("idx_performance_account_timestamp");
        assertThat(plan("monitoring_events where account_id = 1 and timestamp > to_timestamp(9)"))
                .contains("idx_monitoring_account_timestamp");
    }

    private static String plan(String from) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            StringBuilder plan = new StringBuilder();
            try (var rows = statement.executeQuery("explain select * from " + from)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    private static Page trades(Query query) {
        return await(history.trades(query));
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(15, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException
                | InterruptedException e) {
            throw new IllegalStateException(
                    e.getMessage(), e.getCause() == null ? e : e.getCause());
        }
    }
}
