package saker.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows that one transaction writes. Of several rows with one key the last counts. Written in the
 * order of {@link Statement}; what must not be mixed with later rows ends the batch ({@link
 * #seal}).
 */
final class RowBatch {
    private final Map<Statement, LinkedHashMap<Object, Object[]>> rows =
            new EnumMap<>(Statement.class);
    private int size;
    private boolean sealed;

    void put(Statement statement, Object key, Object... values) {
        if (rows.computeIfAbsent(statement, s -> new LinkedHashMap<>()).put(key, values) == null) {
            size++;
        }
    }

    void seal() {
        sealed = true;
    }

    boolean isSealed() {
        return sealed;
    }

    int size() {
        return size;
    }

    void clear() {
        rows.clear();
        size = 0;
        sealed = false;
    }

    /** Runs every statement; the caller commits. */
    void write(Connection connection) throws SQLException {
        for (Map.Entry<Statement, LinkedHashMap<Object, Object[]>> entry : rows.entrySet()) {
            try (PreparedStatement statement = connection.prepareStatement(entry.getKey().sql())) {
                if (entry.getKey() == Statement.AUDIT) {
                    callEach(statement, entry.getValue());
                } else {
                    for (Object[] values : entry.getValue().values()) {
                        bind(connection, statement, values);
                        statement.addBatch();
                    }
                    statement.executeBatch();
                }
            }
        }
    }

    /** A batch must not return rows, and a function always does. */
    private static void callEach(PreparedStatement statement, Map<Object, Object[]> calls)
            throws SQLException {
        for (Object[] values : calls.values()) {
            bind(statement.getConnection(), statement, values);
            statement.executeQuery().close();
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, Object[] values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Long[] array) {
                statement.setArray(i + 1, connection.createArrayOf("bigint", array));
            } else if (values[i] instanceof String text) {
                statement.setString(i + 1, text.replace('\0', ' ')); // No text may hold a NUL.
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
    }

    // ---- Our figures as the database has them
    // ----------------------------------------------------

    /** Money, prices and lots. */
    static BigDecimal e8(long value) {
        return BigDecimal.valueOf(value, 8);
    }

    /** A price or level where 0 means none. */
    static BigDecimal e8OrNull(long value) {
        return value == 0 ? null : e8(value);
    }

    static BigDecimal e4(long value) {
        return BigDecimal.valueOf(value, 4);
    }

    static Long orNull(long value) {
        return value == 0 ? null : value;
    }

    /** The microsecond a time lies in. */
    static OffsetDateTime time(long ns) {
        long micros = Math.floorDiv(ns, 1_000);
        return Instant.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000), 1_000 * Math.floorMod(micros, 1_000_000))
                .atOffset(ZoneOffset.UTC);
    }

    static OffsetDateTime timeOrNull(long ns) {
        return ns == 0 ? null : time(ns);
    }
}
