package saker.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.model.BrokerEvent;
import saker.model.Command;

class StoreProjectionTest {
    private static final List<String> TABLES =
            List.of(
                    "trades",
                    "orders",
                    "order_events",
                    "signals",
                    "performance_metrics",
                    "strategy_states",
                    "monitoring_events",
                    "audit_log");

    @TempDir Path data;
    private TradingDays days;
    private DatabaseAddress database;
    private final List<Runnable> running = new ArrayList<>();

    @BeforeEach
    void setUp() throws Exception {
        days = new TradingDays(data);
        database = SharedServer.newStore();
    }

    @AfterEach
    void tearDown() throws Exception {
        running.forEach(Runnable::run);
        days.close();
    }

    @Test
    void shouldHaveOneRowPerFillAndPerTradeWithTheBrokersProfit() throws Exception {
        days.trade(200);
        days.makeDurable();

        project(database, connection -> {});

        assertThat(value("select count(*) from order_events where event_type = 'ORDER_FILLED'"))
                .isEqualTo(Integer.toString(days.fills));
        assertThat(
                        value(
                                "select count(distinct transaction_id) from order_events"
                                        + " where event_type = 'ORDER_FILLED'"))
                .isEqualTo(Integer.toString(days.fills));
        assertThat(value("select count(*) from trades")).isEqualTo("" + days.opened);
        assertThat(value("select count(*) from trades where is_closed"))
                .isEqualTo("" + days.closed);
        assertThat(new BigDecimal(value("select sum(realized_pl) from trades")))
                .isEqualByComparingTo(RowBatch.e8(days.realizedPlE8));
        assertThat(new BigDecimal(value("select sum(profit) from trades where is_closed")))
                .isEqualByComparingTo(RowBatch.e8(days.closedPlE8));
        assertThat(new BigDecimal(value("select sum(realized_pl) from order_events")))
                .isEqualByComparingTo(RowBatch.e8(days.realizedPlE8));
    }

    @Test
    void shouldKeepRefusedSignalsWithTheirReasonAndMarkTheExecuted() throws Exception {
        days.trade(100);
        days.makeDurable();

        project(database, connection -> {});

        assertThat(value("select count(*) from signals")).isEqualTo("" + days.signals);
        assertThat(
                        value(
                                "select count(*) from signals where not approved and rule = 'MARGIN'"
                                        + " and rule_code = 130 and reason = 'needed=2, free=1' and not executed"))
                .isEqualTo("" + days.rejectedSignals);
        assertThat(value("select count(*) from signals where approved and executed"))
                .isEqualTo("" + days.opened);
        assertThat(value("select count(*) from orders where state <> 'FILLED'")).isEqualTo("0");
    }

    @Test
    void shouldNameInEveryRowTheSignalItCameOf() throws Exception {
        days.trade(100);
        days.makeDurable();

        project(database, connection -> {});

        assertThat(
                        value(
                                "select count(*) from orders o join signals s using (correlation)"
                                        + " where s.journal_index = o.origin_index"
                                        + " and o.action = 'OPEN'"))
                .isEqualTo("" + days.opened);
        assertThat(
                        value(
                                "select count(*) from order_events e join orders o using (client_id)"
                                        + " where e.correlation is distinct from o.correlation"))
                .isEqualTo("0");
    }

    @Test
    void shouldHaveEachRowOnceWhenKilledAtAnyPoint() throws Exception {
        days.trade(150);
        days.command(Command.Type.HALT, "news");
        days.makeDurable();
        DatabaseAddress expected = SharedServer.newStore();
        project(expected, connection -> {});
        Random random = new Random(7);
        AtomicInteger failures = new AtomicInteger();

        for (int round = 0; round < 8; round++) {
            days.trade(40);
            days.makeDurable();
            StoreProjection projection =
                    start(
                            database,
                            connection -> {
                                // Half die before their commit, half of the others right after it.
                                int fate = random.nextInt(4);
                                if (fate < 2) {
                                    failures.incrementAndGet();
                                    throw new SQLException("killed before the commit");
                                }
                                if (fate == 2) {
                                    connection.commit();
                                    failures.incrementAndGet();
                                    throw new SQLException("answer of the commit lost");
                                }
                            });
            projection.awaitWritten(days.journal.durableIndex() - random.nextInt(300), 10_000);
            stopAll();
        }
        days.makeDurable();
        project(database, connection -> {});
        project(expected, connection -> {});

        assertThat(failures.get()).isGreaterThan(5);
        assertSame(expected, database);
    }

    /** The server and its backends: one that serves us may outlive the postmaster by a while. */
    private static void killWhole(ProcessHandle postmaster) {
        List<ProcessHandle> backends = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void shouldCatchUpWithoutDuplicatesWhenTheServerIsKilledWhileTrading() throws Exception {
        Path own = data.resolve("own");
        try (DatabaseServer server = SharedServer.startAnother(own)) {
            Migrations.apply(server.address());
            days.trade(60);
            days.makeDurable();
            StoreProjection projection = start(server.address(), connection -> {});
            assertThat(projection.awaitWritten(days.journal.durableIndex(), 10_000)).isTrue();

            java.nio.file.Files.createFile(own.resolve("postgres.hold"));
            killWhole(ProcessHandle.of(server.processId()).orElseThrow());
            await("server gone", () -> server.processId() == 0);
            days.trade(60);
            days.makeDurable();
            await("outage noticed", () -> projection.state() == StoreState.DOWN);
            java.nio.file.Files.delete(own.resolve("postgres.hold"));

            assertThat(projection.awaitWritten(days.journal.durableIndex(), 30_000)).isTrue();
            await("in time again", () -> projection.state() == StoreState.OK);
            DatabaseAddress expected = SharedServer.newStore();
            project(expected, connection -> {});
            assertSame(expected, server.address());
            stopAll();
        }
    }

    @Test
    void shouldWriteItAllAgainWhenTheJournalDoesNotKnowTheStoredPosition() throws Exception {
        days.trade(100);
        days.makeDurable();
        project(database, connection -> {});
        DatabaseAddress expected = SharedServer.newStore();
        project(expected, connection -> {});
        SharedServer.execute(
                database,
                "update projection_position set boot_id = 4711, journal_index = 1;"
                        + " delete from trades where ticket % 2 = 0;"
                        + " delete from order_events where id % 3 = 0");

        project(database, connection -> {});

        assertSame(expected, database);
    }

    @Test
    void shouldNotReadBeyondTheDurableIndex() throws Exception {
        days.trade(10);
        days.makeDurable();
        long durable = days.journal.durableIndex();
        project(database, connection -> {});
        assertThat(value("select journal_index from projection_position"))
                .isEqualTo(Long.toString(durable));

        days.trade(1);

        assertThat(
                        value(
                                "select max(journal_index) <= "
                                        + days.journal.durableIndex()
                                        + " from order_events"))
                .isEqualTo("t");
    }

    @Test
    void shouldFollowTheSnapshotWhereTradesChangedUnseen() throws Exception {
        days.tick();
        long gone = days.open();
        days.snapshot();
        assertThat(days.closeUnseen()).isEqualTo(gone);
        long found = days.openUnseen();
        days.snapshot();
        days.makeDurable();

        project(database, connection -> {});

        assertThat(rows("select ticket, source, is_open, close_reason from trades order by ticket"))
                .containsExactly(gone + "|fill|f|NOT_IN_SNAPSHOT", found + "|snapshot|t|null");
    }

    @Test
    void shouldChangeNothingWhenAFillIsToldTwice() throws Exception {
        days.tick();
        long ticket = days.open();
        days.event(
                BrokerEvent.of(BrokerEvent.Type.ORDER_FILLED, 0)
                        .transactionId(ticket)
                        .tradeId(ticket)
                        .instrumentId(0)
                        .reason("again \0"));
        days.makeDurable();

        project(database, connection -> {});

        assertThat(rows("select event_type from order_events where transaction_id = " + ticket))
                .containsExactly("ORDER_FILLED");
        assertThat(rows("select ticket, is_open, stop_loss, profit from trades"))
                .containsExactly(ticket + "|t|null|null");
    }

    @Test
    void shouldRecordWhoCommandedAndWhatTheEngineDid() throws Exception {
        long halt = days.command(Command.Type.HALT, "news ahead");
        days.halt("halted by ada", halt);
        days.makeDurable();

        project(database, connection -> {});

        assertThat(
                        rows(
                                "select username, action, subject, detail::jsonb ->> 'reason' from audit_log"))
                .containsExactly("ada|HALT|main|news ahead");
        assertThat(value("select audit_first_broken()")).isEqualTo("null");
        assertThat(
                        rows(
                                "select event_type, severity, message from monitoring_events"
                                        + " where event_type = 'state' order by journal_index"))
                .containsExactly("state|INFO|engine started", "state|CRITICAL|engine is HALTED");
        assertThat(
                        rows(
                                "select correlation from monitoring_events"
                                        + " where event_type = 'state' order by journal_index"))
                .containsExactly("null", Long.toHexString(halt));
    }

    @Test
    void shouldWriteThePerformanceOfEveryMarketMinuteAndOfEveryClose() throws Exception {
        days.trade(200);
        days.makeDurable();

        project(database, connection -> {});

        assertThat(
                        value(
                                "select count(*) from performance_metrics where instance_id = 0"
                                        + " and time_ns % 60000000000 = 0"))
                .isEqualTo(value("select count(*) from performance_metrics where instance_id = 0"));
        assertThat(
                        Integer.parseInt(
                                value(
                                        "select count(*) from performance_metrics where instance_id = 0")))
                .isGreaterThan(15);
        assertThat(
                        new BigDecimal(
                                value(
                                        "select profit from performance_metrics where instance_id = 77"
                                                + " order by time_ns desc limit 1")))
                .isEqualByComparingTo(RowBatch.e8(days.realizedPlE8));
        assertThat(value("select count(*) from performance_metrics where drawdown < 0"))
                .isEqualTo("0");
    }

    // ---- Support
    // ---------------------------------------------------------------------------------

    /** Runs a projection until it has all that is durable. */
    private void project(DatabaseAddress address, StoreProjection.BeforeCommit beforeCommit)
            throws Exception {
        StoreProjection projection = start(address, beforeCommit);
        long durable = days.journal.durableIndex();
        await(
                "position stored",
                () -> projection.writtenIndex() >= durable && positionOf(address) >= durable);
        stopAll();
    }

    private static long positionOf(DatabaseAddress address) {
        try {
            List<String> rows =
                    SharedServer.rows(address, "select journal_index from projection_position");
            return rows.isEmpty() ? -1 : Long.parseLong(rows.get(0));
        } catch (SQLException e) {
            return -1;
        }
    }

    private StoreProjection start(
            DatabaseAddress address, StoreProjection.BeforeCommit beforeCommit) {
        StoreProjection projection =
                new StoreProjection(
                        days.journal,
                        new StoreSetup(TradingDays.config(), List.of()),
                        address,
                        () -> {},
                        20,
                        beforeCommit);
        Thread thread = new Thread(projection, "store");
        thread.start();
        running.add(
                () -> {
                    projection.stop();
                    join(thread);
                });
        return projection;
    }

    private void stopAll() {
        running.forEach(Runnable::run);
        running.clear();
    }

    private static void join(Thread thread) {
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).isFalse();
    }

    private static void assertSame(DatabaseAddress expected, DatabaseAddress actual)
            throws SQLException {
        for (String table : TABLES) {
            String sql =
                    "select to_jsonb(t) - 'id' - 'created_at' - 'updated_at' - 'strategy_id'"
                            + " as row from "
                            + table
                            + " t order by 1";
            assertThat(SharedServer.rows(actual, sql))
                    .as(table)
                    .isEqualTo(SharedServer.rows(expected, sql));
            assertThat(SharedServer.rows(actual, sql)).as(table).doesNotHaveDuplicates();
        }
    }

    static void await(String what, java.util.function.BooleanSupplier condition)
            throws InterruptedException {
        long endNs = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("not within 30 s: " + what);
            }
            Thread.sleep(5);
        }
    }

    private String value(String sql) throws SQLException {
        return rows(sql).get(0);
    }

    private List<String> rows(String sql) throws SQLException {
        return SharedServer.rows(database, sql);
    }
}
