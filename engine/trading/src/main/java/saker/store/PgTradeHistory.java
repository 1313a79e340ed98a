package saker.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import saker.api.TradeHistory;

/**
 * {@link TradeHistory} from PostgreSQL. Newest trades first. The performance without an instance is
 * that of the account; several accounts share one list.
 */
final class PgTradeHistory implements TradeHistory {
    private static final int LIMIT_MAX = 1_000;
    private static final String FILTER =
            """
            from trades where ($1::bigint is null or instance_id = $1)
                and ($2::text is null or symbol = $2)
                and ($3::boolean is null or is_open = $3)
                and ($4::bigint is null or open_time_ns >= $4)
                and ($5::bigint is null or open_time_ns < $5)
            """;
    private static final String TRADES =
            """
            select ticket, instance_id, strategy_name, symbol, order_type, units, volume,
                open_price, close_price, stop_loss, take_profit, open_time_ns, close_time_ns,
                profit, financing, is_open, correlation, (select count(*)
            """
                    + FILTER
                    + ") as total "
                    + FILTER
                    + " order by open_time_ns desc, ticket desc offset $6 limit $7";
    private static final String COUNT = "select count(*) as total " + FILTER;
    private static final String PERFORMANCE =
            """
            select time_ns, equity, balance, profit, drawdown from performance_metrics
            where instance_id = $1 order by time_ns desc limit $2
            """;
    private static final String SUMMARY =
            """
            select count(*) as trades, count(*) filter (where profit > 0) as winning,
                count(*) filter (where profit < 0) as losing, coalesce(sum(profit), 0) as profit,
                coalesce(sum(profit) filter (where profit > 0), 0) as won,
                coalesce(-sum(profit) filter (where profit < 0), 0) as lost,
                (select max(drawdown) from performance_metrics
                    where instance_id = coalesce($1::bigint, 0)) as max_drawdown
            from trades where is_closed and ($1::bigint is null or instance_id = $1)
            """;

    private final DatabasePool pool;

    PgTradeHistory(DatabasePool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Page> trades(Query query) {
        checkLimit(query.limit());
        if (query.offset() < 0) {
            throw new IllegalArgumentException("bad query: offset=" + query.offset());
        }
        Tuple filter =
                Tuple.of(
                        query.instanceId(),
                        query.symbol(),
                        query.open(),
                        query.fromNs(),
                        query.toNs());
        Tuple values = Tuple.tuple();
        for (int i = 0; i < filter.size(); i++) {
            values.addValue(filter.getValue(i));
        }
        values.addValue((long) query.offset()).addValue((long) query.limit());
        return pool.query(TRADES, values)
                .compose(
                        rows ->
                                rows.size() > 0
                                        ? io.vertx.core.Future.succeededFuture(page(rows))
                                        : pool.query(COUNT, filter).map(PgTradeHistory::emptyPage))
                .toCompletionStage();
    }

    @Override
    public CompletionStage<List<PerformancePoint>> performance(Long instanceId, int limit) {
        checkLimit(limit);
        return pool.query(PERFORMANCE, Tuple.of(instanceId == null ? 0L : instanceId, (long) limit))
                .map(PgTradeHistory::points)
                .toCompletionStage();
    }

    @Override
    public CompletionStage<PerformanceSummary> summary(Long instanceId) {
        return pool.query(SUMMARY, Tuple.of(instanceId))
                .map(rows -> summary(rows.iterator().next()))
                .toCompletionStage();
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException(
                    "bad query: limit=" + limit + ", allowed=1 to " + LIMIT_MAX);
        }
    }

    private static Page page(RowSet<Row> rows) {
        List<TradeRow> trades = new ArrayList<>();
        long total = 0;
        for (Row row : rows) {
            total = row.getLong("total");
            trades.add(trade(row));
        }
        return new Page(trades, total);
    }

    private static Page emptyPage(RowSet<Row> rows) {
        return new Page(List.of(), rows.iterator().next().getLong("total"));
    }

    private static TradeRow trade(Row row) {
        boolean open = row.getBoolean("is_open");
        return new TradeRow(
                row.getLong("ticket"),
                row.getLong("instance_id"),
                row.getString("strategy_name"),
                row.getString("symbol"),
                row.getString("order_type"),
                scaled(row, "units", 4),
                scaled(row, "volume", 8),
                scaled(row, "open_price", 8),
                scaled(row, "close_price", 8),
                scaled(row, "stop_loss", 8),
                scaled(row, "take_profit", 8),
                row.getLong("open_time_ns"),
                row.getLong("close_time_ns"),
                scaled(row, "profit", 8),
                open ? null : scaled(row, "financing", 8),
                open,
                row.getString("correlation"));
    }

    private static List<PerformancePoint> points(RowSet<Row> rows) {
        List<PerformancePoint> points = new ArrayList<>();
        for (Row row : rows) {
            points.add(
                    new PerformancePoint(
                            row.getLong("time_ns"),
                            scaled(row, "equity", 8),
                            scaled(row, "balance", 8),
                            scaled(row, "profit", 8),
                            row.getDouble("drawdown")));
        }
        Collections.reverse(points);
        return points;
    }

    private static PerformanceSummary summary(Row row) {
        long trades = row.getLong("trades");
        long winning = row.getLong("winning");
        double won = row.getBigDecimal("won").doubleValue();
        double lost = row.getBigDecimal("lost").doubleValue();
        return new PerformanceSummary(
                trades,
                winning,
                row.getLong("losing"),
                scaled(row, "profit", 8),
                trades == 0 ? null : 100.0 * winning / trades,
                lost == 0 ? null : won / lost,
                row.getDouble("max_drawdown"));
    }

    /** The exact fixed-point figure, or null. */
    private static Long scaled(Row row, String column, int decimals) {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? null : value.movePointRight(decimals).longValueExact();
    }
}
