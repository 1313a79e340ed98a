package saker.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import saker.api.UserStore;

/**
 * {@link UserStore} in PostgreSQL. What ends sessions and what renews them both take the user's row
 * first, so that no session is renewed behind the back of a change.
 */
final class PgUserStore implements UserStore {
    private static final String USER =
            "select username, password_hash, role, must_change, version from users";
    private static final String SESSION =
            """
            select token_hash, family, username, created_ms, expires_ms, used, revoked
            from refresh_sessions where token_hash = $1
            """;
    private static final String REVOKE_USER =
            "update refresh_sessions set revoked = true where username = $1";
    private static final String REVOKE_FAMILY =
            "update refresh_sessions set revoked = true where family = $1";
    private static final String INSERT_SESSION =
            """
            insert into refresh_sessions
                (token_hash, family, username, created_ms, expires_ms, used, revoked)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;

    private final DatabasePool pool;

    PgUserStore(DatabasePool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Optional<User>> find(String username) {
        return pool.query(USER + " where username = $1", Tuple.of(username))
                .map(rows -> users(rows).stream().findFirst())
                .toCompletionStage();
    }

    @Override
    public CompletionStage<List<User>> list() {
        return pool.query(USER + " order by username", Tuple.tuple())
                .map(PgUserStore::users)
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> create(User user) {
        String sql =
                """
                insert into users (username, password_hash, role, must_change, version)
                values ($1, $2, $3, $4, $5) on conflict (username) do nothing
                """;
        return pool.query(
                        sql,
                        Tuple.of(
                                user.username(),
                                user.passwordHash(),
                                user.role().name(),
                                user.mustChange(),
                                user.version()))
                .map(rows -> rows.rowCount() == 1)
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> setPassword(String username, String hash, boolean mustChange) {
        String sql =
                """
                update users set password_hash = $2, must_change = $3, version = version + 1,
                    updated_at = now() where username = $1
                """;
        return changeUser(username, sql, Tuple.of(username, hash, mustChange));
    }

    @Override
    public CompletionStage<Boolean> setRole(String username, Role role) {
        String sql =
                """
                update users set role = $2, version = version + 1, updated_at = now()
                where username = $1
                """;
        return changeUser(username, sql, Tuple.of(username, role.name()));
    }

    private CompletionStage<Boolean> changeUser(String username, String sql, Tuple values) {
        return pool.inTransaction(
                        connection ->
                                execute(connection, sql, values)
                                        .compose(
                                                changed ->
                                                        execute(
                                                                        connection,
                                                                        REVOKE_USER,
                                                                        Tuple.of(username))
                                                                .map(changed.rowCount() == 1)))
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Void> saveSession(Session session) {
        return pool.query(INSERT_SESSION, values(session)).<Void>mapEmpty().toCompletionStage();
    }

    @Override
    public CompletionStage<Optional<Session>> session(String tokenHash) {
        return pool.query(SESSION, Tuple.of(tokenHash))
                .map(
                        rows ->
                                rows.size() == 0
                                        ? Optional.<Session>empty()
                                        : Optional.of(session(rows)))
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> rotate(String oldTokenHash, Session next) {
        return pool.inTransaction(connection -> rotate(connection, oldTokenHash, next))
                .toCompletionStage();
    }

    /** Of two that race for one token the second finds it used, and ends the family. */
    private static Future<Boolean> rotate(SqlConnection connection, String old, Session next) {
        String lock =
                """
                select u.username from users u join refresh_sessions s on s.username = u.username
                where s.token_hash = $1 for update of u
                """;
        String claim =
                """
                update refresh_sessions set used = true
                where token_hash = $1 and family = $2 and username = $3 and not used
                    and not revoked and expires_ms > $4
                """;
        return execute(connection, lock, Tuple.of(old))
                .compose(
                        locked ->
                                execute(
                                        connection,
                                        claim,
                                        Tuple.of(
                                                old,
                                                next.family(),
                                                next.username(),
                                                next.createdMs())))
                .compose(
                        claimed ->
                                claimed.rowCount() == 1
                                        ? execute(connection, INSERT_SESSION, values(next))
                                                .map(true)
                                        : revokeFamilyOf(connection, old).map(false));
    }

    private static Future<RowSet<Row>> revokeFamilyOf(SqlConnection connection, String tokenHash) {
        String sql =
                """
                update refresh_sessions set revoked = true
                where family = (select family from refresh_sessions where token_hash = $1)
                """;
        return execute(connection, sql, Tuple.of(tokenHash));
    }

    @Override
    public CompletionStage<Void> revokeFamily(String family) {
        String lock =
                """
                select u.username from users u
                where u.username in (select username from refresh_sessions where family = $1)
                for update of u
                """;
        return pool.inTransaction(
                        connection ->
                                execute(connection, lock, Tuple.of(family))
                                        .compose(
                                                locked ->
                                                        execute(
                                                                connection,
                                                                REVOKE_FAMILY,
                                                                Tuple.of(family)))
                                        .<Void>mapEmpty())
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Void> audit(AuditEntry entry) {
        return pool.query(
                        "select audit_append($1, $2, $3, $4, $5, $6, $7, null)",
                        Tuple.of(
                                entry.timeMs(),
                                text(entry.user()),
                                text(entry.address()),
                                text(entry.action()),
                                text(entry.subject()),
                                text(entry.outcome()),
                                text(entry.detail())))
                .<Void>mapEmpty()
                .toCompletionStage();
    }

    /**
     * The first row of the audit log that does not follow from the one before it; empty for none.
     */
    CompletionStage<Optional<Long>> firstBrokenAudit() {
        return pool.query("select audit_first_broken() as id", Tuple.tuple())
                .map(rows -> Optional.ofNullable(rows.iterator().next().getLong("id")))
                .toCompletionStage();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static Future<RowSet<Row>> execute(SqlConnection connection, String sql, Tuple values) {
        return connection.preparedQuery(sql).execute(values);
    }

    private static Tuple values(Session session) {
        return Tuple.of(
                        session.tokenHash(),
                        session.family(),
                        session.username(),
                        session.createdMs(),
                        session.expiresMs(),
                        session.used())
                .addValue(session.revoked());
    }

    private static List<User> users(RowSet<Row> rows) {
        List<User> users = new ArrayList<>();
        for (Row row : rows) {
            users.add(
                    new User(
                            row.getString("username"),
                            row.getString("password_hash"),
                            Role.valueOf(row.getString("role")),
                            row.getBoolean("must_change"),
                            row.getInteger("version")));
        }
        return users;
    }

    private static Session session(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return new Session(
                row.getString("token_hash"),
                row.getString("family"),
                row.getString("username"),
                row.getLong("created_ms"),
                row.getLong("expires_ms"),
                row.getBoolean("used"),
                row.getBoolean("revoked"));
    }
}
