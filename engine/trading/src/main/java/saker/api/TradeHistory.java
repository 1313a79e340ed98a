package saker.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Stored history. Thread-safe, never blocks; a stage fails with {@link StoreUnavailableException}
 * while the database is down.
 */
public interface TradeHistory {

    CompletionStage<Page> trades(Query query);

    /** Newest points first in the database, returned oldest first; at most {@code limit}. */
    CompletionStage<List<PerformancePoint>> performance(Long instanceId, int limit);

    /** Figures over closed trades; null instance for all. */
    CompletionStage<PerformanceSummary> summary(Long instanceId);

    /**
     * Filters combine; null is no filter.
     *
     * @param open true for open, false for closed, null for both
     * @param limit 1 to 1,000
     */
    record Query(
            Long instanceId,
            String symbol,
            Boolean open,
            Long fromNs,
            Long toNs,
            int offset,
            int limit) {}

    record Page(List<TradeRow> rows, long total) {}

    /**
     * A row of the {@code trades} table; prices and money E8, times ns, null while open.
     *
     * @param correlation of the log lines of what opened it; null where that was not ours
     */
    record TradeRow(
            long ticket,
            long instanceId,
            String strategy,
            String symbol,
            String orderType,
            long unitsE4,
            long lotsE8,
            long openPriceE8,
            Long closePriceE8,
            Long stopLossE8,
            Long takeProfitE8,
            long openTimeNs,
            Long closeTimeNs,
            Long profitE8,
            Long financingE8,
            boolean open,
            String correlation) {}

    record PerformancePoint(
            long timeNs, long equityE8, long balanceE8, long profitE8, double drawdownPct) {}

    /** Null where it is not defined, such as a win rate without trades. */
    record PerformanceSummary(
            long trades,
            long winning,
            long losing,
            long profitE8,
            Double winRatePct,
            Double profitFactor,
            Double maxDrawdownPct) {}
}
