package saker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static saker.store.StoreQueriesTest.await;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import saker.api.UserStore.AuditEntry;
import saker.api.UserStore.Role;
import saker.api.UserStore.Session;
import saker.api.UserStore.User;

class PgUserStoreTest {
    private Vertx vertx;
    private DatabaseAddress database;
    private DatabasePool pool;
    private PgUserStore users;

    @BeforeEach
    void setUp() throws Exception {
        vertx = Vertx.vertx();
        database = SharedServer.newStore();
        pool = new DatabasePool(vertx, database);
        users = new PgUserStore(pool);
        await(users.create(new User("ada", "hash1", Role.TRADER, true, 1)));
    }

    @AfterEach
    void tearDown() {
        pool.close();
        await(vertx.close().toCompletionStage());
    }

    @Test
    void shouldCreateAUserOnce() {
        boolean again = await(users.create(new User("ada", "hash2", Role.ADMIN, false, 1)));

        assertThat(again).isFalse();
        assertThat(await(users.find("ada")))
                .contains(new User("ada", "hash1", Role.TRADER, true, 1));
        assertThat(await(users.find("bob"))).isEmpty();
        assertThat(await(users.list())).hasSize(1);
    }

    @Test
    void shouldEndEverySessionWhenThePasswordChanges() {
        await(users.saveSession(session("t1", "f1")));
        await(users.saveSession(session("t2", "f2")));

        assertThat(await(users.setPassword("ada", "hash2", false))).isTrue();

        assertThat(await(users.find("ada")))
                .contains(new User("ada", "hash2", Role.TRADER, false, 2));
        assertThat(await(users.session("t1")).orElseThrow().revoked()).isTrue();
        assertThat(await(users.rotate("t2", session("t3", "f2")))).isFalse();
        assertThat(await(users.setPassword("bob", "x", false))).isFalse();
    }

    @Test
    void shouldEndEverySessionWhenTheRoleChanges() {
        await(users.saveSession(session("t1", "f1")));

        assertThat(await(users.setRole("ada", Role.RISK))).isTrue();

        assertThat(await(users.find("ada")).orElseThrow().role()).isEqualTo(Role.RISK);
        assertThat(await(users.session("t1")).orElseThrow().revoked()).isTrue();
    }

    @Test
    void shouldRotateATokenOnceAndEndTheFamilyWhenItIsUsedAgain() {
        await(users.saveSession(session("t1", "f1")));
        await(users.saveSession(session("other", "f2")));

        assertThat(await(users.rotate("t1", session("t2", "f1")))).isTrue();
        assertThat(await(users.session("t1")).orElseThrow().used()).isTrue();
        assertThat(await(users.session("t2"))).contains(session("t2", "f1"));
        assertThat(await(users.rotate("t1", session("t3", "f1")))).isFalse();

        assertThat(await(users.session("t2")).orElseThrow().revoked()).isTrue();
        assertThat(await(users.session("t3"))).isEmpty();
        assertThat(await(users.session("other")).orElseThrow().revoked()).isFalse();
    }

    @Test
    void shouldLetOneOfTwoRacingRotationsWin() {
        for (int i = 0; i < 20; i++) {
            String family = "f" + i;
            await(users.saveSession(session("start" + i, family)));

            CompletionStage<Boolean> a = users.rotate("start" + i, session("a" + i, family));
            CompletionStage<Boolean> b = users.rotate("start" + i, session("b" + i, family));

            assertThat(List.of(await(a), await(b))).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void shouldRefuseToRotateWhatIsUnknownExpiredOrRevoked() {
        await(users.saveSession(new Session("old", "f1", "ada", 1, 999, false, false)));
        await(users.saveSession(session("t1", "f2")));
        await(users.revokeFamily("f2"));

        assertThat(await(users.rotate("never", session("n1", "f1")))).isFalse();
        assertThat(await(users.rotate("old", session("n2", "f1")))).isFalse();
        assertThat(await(users.rotate("t1", session("n3", "f2")))).isFalse();
    }

    @Test
    void shouldFindWhatWasTamperedWithInTheAuditLog() throws Exception {
        for (int i = 1; i <= 5; i++) {
            await(
                    users.audit(
                            new AuditEntry(i, "ada", "127.0.0.1", "LOGIN", "ada", "ok", "n" + i)));
        }
        assertThat(await(users.firstBrokenAudit())).isEmpty();

        tamper("update audit_log set outcome = 'denied' where id = 3");
        assertThat(await(users.firstBrokenAudit())).isEqualTo(Optional.of(3L));

        tamper(
                "update audit_log set outcome = 'ok' where id = 3; delete from audit_log where id = 4");
        assertThat(await(users.firstBrokenAudit())).isEqualTo(Optional.of(5L));
    }

    @Test
    void shouldRefuseToChangeTheAuditLog() throws Exception {
        await(users.audit(new AuditEntry(1, "ada", "", "LOGIN", "ada", "ok", "")));

        for (String sql :
                List.of(
                        "update audit_log set outcome = 'x'",
                        "delete from audit_log",
                        "truncate audit_log")) {
            assertThatThrownBy(() -> SharedServer.execute(database, sql))
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void shouldKeepTheAuditChainWhenManyWriteAtOnce() throws Exception {
        List<CompletionStage<Void>> entries =
                java.util.stream.LongStream.range(0, 60)
                        .mapToObj(i -> users.audit(new AuditEntry(i, "u" + i, "", "A", "", "", "")))
                        .toList();
        entries.forEach(StoreQueriesTest::await);

        assertThat(await(users.firstBrokenAudit())).isEmpty();
        assertThat(SharedServer.rows(database, "select count(*) from audit_log"))
                .containsExactly("60");
    }

    private void tamper(String sql) throws Exception {
        SharedServer.execute(
                database,
                "alter table audit_log disable trigger all; "
                        + sql
                        + "; alter table audit_log enable trigger all");
    }

    private static Session session(String token, String family) {
        return new Session(token, family, "ada", 1_000, 2_000, false, false);
    }
}
