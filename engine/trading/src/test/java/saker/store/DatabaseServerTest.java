package saker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.api.UserStore.Role;
import saker.api.UserStore.User;
import saker.config.SakerConfig.DatabaseConfig;

class DatabaseServerTest {
    @TempDir Path data;

    @Test
    void shouldKeepAPrivateScramPasswordAndDurableSettings() throws Exception {
        DatabaseAddress address = SharedServer.get().address();
        Path properties = SharedServer.data().resolve("postgres.properties");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(properties)))
                .isEqualTo("rw-------");
        assertThat(SharedServer.rows(address, "show fsync")).containsExactly("on");
        assertThat(SharedServer.rows(address, "show synchronous_commit")).containsExactly("on");
        assertThat(SharedServer.rows(address, "show listen_addresses"))
                .containsExactly("127.0.0.1");
        DatabaseAddress guessed =
                new DatabaseAddress(
                        address.host(), address.port(), "saker", address.user(), "guessed");
        assertThatThrownBy(() -> guessed.connect().close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThat(address.toString()).doesNotContain(address.password());
    }

    @Test
    void shouldAdoptARunningServerAndStartAStoppedOneWithItsData() throws Exception {
        DatabaseServer first = SharedServer.startAnother(data);
        Migrations.apply(first.address());
        SharedServer.execute(
                first.address(),
                "insert into users values ('ada', 'h', 'ADMIN', false, 1, now(), now())");

        DatabaseServer second = SharedServer.startAnother(data);
        assertThat(second.processId()).isEqualTo(first.processId());
        assertThat(second.address()).isEqualTo(first.address());
        first.close();
        second.close();
        first.close();
        assertThat(first.processId()).isZero();

        try (DatabaseServer third = SharedServer.startAnother(data)) {
            assertThat(SharedServer.rows(third.address(), "select username from users"))
                    .containsExactly("ada");
            assertThat(Migrations.apply(third.address())).isZero();
        }
    }

    @Test
    void shouldStartAgainWhenTheServerDies() throws Exception {
        try (DatabaseServer server = SharedServer.startAnother(data)) {
            long killed = server.processId();

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            StoreProjectionTest.await(
                    "another server",
                    () -> server.processId() != 0 && server.processId() != killed);
            StoreProjectionTest.await("answers", () -> answers(server.address()));
        }
    }

    @Test
    void shouldRefuseADatabaseWhoseMigrationsWereChanged() throws Exception {
        DatabaseAddress address = SharedServer.newStore();
        SharedServer.execute(address, "update flyway_schema_history set checksum = 1");

        assertThatThrownBy(() -> Migrations.apply(address))
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void shouldTellTheRowsOfAnEarlierSchemaWhatTheyCameOf() throws Exception {
        DatabaseAddress address = SharedServer.newDatabase();
        Flyway.configure()
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .locations("classpath:saker/store/migration")
                .target("1")
                .load()
                .migrate();
        SharedServer.execute(
                address,
                """
                insert into accounts (name, broker_name, account_number, account_type, environment,
                    frontend, currency)
                values ('main', 'oanda', '1', 'demo', 'DEMO', 'Saker', 'USD');
                insert into trades (account_id, instance_id, strategy_name, ticket, symbol,
                    order_type, volume, units, open_units, open_price, open_time, open_time_ns,
                    client_id, source)
                select id, 1, 's', t, 'EURUSD', 'BUY', 0.1, 10000, 10000, 1.1, now(), t, client, 'fill'
                from accounts, (values (1, '00c0ffee00c0ffee-4e2500000012-1'), (2, 'by another'))
                    as v (t, client);
                """);

        assertThat(Migrations.apply(address)).isEqualTo(1);

        assertThat(SharedServer.rows(address, "select correlation from trades order by ticket"))
                .containsExactly("4e2500000012", "null");
    }

    @Test
    void shouldOpenAnExternalDatabaseAndProjectAJournal() throws Exception {
        DatabaseAddress address = SharedServer.newDatabase();
        Path secret = data.resolve("secret");
        Files.createFile(
                secret,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, address.password());
        DatabaseConfig config =
                new DatabaseConfig(
                        "postgresql://%s@%s:%d/%s"
                                .formatted(
                                        address.user(),
                                        address.host(),
                                        address.port(),
                                        address.database()),
                        "file:" + secret);
        assertThat(Store.migrate(config, data)).isEqualTo(2);
        Vertx vertx = Vertx.vertx();

        try (TradingDays days = new TradingDays(data);
                Store store = Store.open(vertx, config, data)) {
            assertThat(store.isDelayed()).isTrue();
            days.trade(30);
            store.project(days.journal, TradingDays.config());

            // Nobody but the store asks for a sync here.
            assertThat(store.awaitCaughtUp(days.journal.appendedIndex(), 10_000)).isTrue();
            StoreProjectionTest.await("in time", () -> store.state() == StoreState.OK);
            assertThat(store.isDelayed()).isFalse();
            assertThat(StoreQueriesTest.await(store.history().summary(null)).trades())
                    .isEqualTo(days.closed);
            assertThat(
                            StoreQueriesTest.await(
                                    store.users().create(new User("a", "h", Role.ADMIN, true, 1))))
                    .isTrue();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldSayWhatIsWrongWithAUrl() {
        for (String url :
                List.of("mysql://a@b/c", "postgresql://host/db", "postgresql://a:pw@h/db")) {
            assertThatThrownBy(() -> DatabaseAddress.of(new DatabaseConfig(url, null)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("postgresql://user@host:port/db");
        }
    }

    private static boolean answers(DatabaseAddress address) {
        try {
            return SharedServer.rows(address, "select 1").equals(List.of("1"));
        } catch (SQLException e) {
            return false;
        }
    }
}
