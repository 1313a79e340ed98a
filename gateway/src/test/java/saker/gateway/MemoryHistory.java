package saker.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import saker.api.TradeHistory;

/** Twelve stored trades of two instances and a short equity curve. */
public final class MemoryHistory implements TradeHistory {
    private static final long E8 = 100_000_000L;
    private static final long HOUR_NS = 3_600_000_000_000L;

    private final List<TradeRow> rows = new ArrayList<>();
    private final List<PerformancePoint> points = new ArrayList<>();

    public MemoryHistory() {
        for (int i = 0; i < 12; i++) {
            boolean open = i == 11;
            rows.add(
                    new TradeRow(
                            100 + i,
                            i % 2 == 0 ? 7001 : 7002,
                            i == 3 ? "=trend" : "trend",
                            i % 3 == 0 ? "USDJPY" : "EURUSD",
                            "BUY",
                            10_000 * 10_000L,
                            E8 / 10,
                            108_400_000,
                            open ? null : 108_450_000L,
                            108_000_000L,
                            null,
                            RecordedEngine.T0_NS - (12 - i) * HOUR_NS,
                            open ? null : RecordedEngine.T0_NS - (11 - i) * HOUR_NS,
                            open ? null : (i - 4) * E8,
                            open ? null : 0L,
                            open,
                            i == 3 ? null : Long.toHexString(0x4e2500000000L + i)));
            points.add(
                    new PerformancePoint(
                            RecordedEngine.T0_NS - (12 - i) * 12 * HOUR_NS,
                            (10_000 + i) * E8,
                            10_000 * E8,
                            i * E8,
                            0.25 * i));
        }
    }

    @Override
    public CompletionStage<Page> trades(Query query) {
        List<TradeRow> found =
                rows.stream()
                        .filter(
                                r ->
                                        query.instanceId() == null
                                                || r.instanceId() == query.instanceId())
                        .filter(r -> query.symbol() == null || r.symbol().equals(query.symbol()))
                        .filter(r -> query.open() == null || r.open() == query.open())
                        .filter(r -> query.fromNs() == null || r.openTimeNs() >= query.fromNs())
                        .filter(r -> query.toNs() == null || r.openTimeNs() < query.toNs())
                        .sorted((a, b) -> Long.compare(b.openTimeNs(), a.openTimeNs()))
                        .toList();
        List<TradeRow> page = found.stream().skip(query.offset()).limit(query.limit()).toList();
        return CompletableFuture.completedFuture(new Page(page, found.size()));
    }

    @Override
    public CompletionStage<List<PerformancePoint>> performance(Long instanceId, int limit) {
        int from = Math.max(0, points.size() - limit);
        return CompletableFuture.completedFuture(List.copyOf(points.subList(from, points.size())));
    }

    @Override
    public CompletionStage<PerformanceSummary> summary(Long instanceId) {
        return CompletableFuture.completedFuture(
                instanceId != null && instanceId == 1
                        ? new PerformanceSummary(0, 0, 0, 0, null, null, null)
                        : new PerformanceSummary(11, 6, 5, 11 * E8, 54.5, 1.8, 2.75));
    }
}
