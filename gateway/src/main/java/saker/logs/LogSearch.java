package saker.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import saker.api.LogHistory;
import saker.api.LogsBusyException;

/** Searches the log files on one thread of its own, for a bounded time. */
public final class LogSearch implements LogHistory, AutoCloseable {
    private static final long NS_PER_S = 1_000_000_000L;
    private static final long LIMIT_NS = 10 * NS_PER_S;
    private static final int WAITING = 8;

    private final LogFiles files;
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING),
                    task -> {
                        Thread worker = new Thread(task, "log-search");
                        worker.setDaemon(true);
                        return worker;
                    });

    public LogSearch(Path data) {
        files = new LogFiles(data);
    }

    @Override
    public CompletionStage<Page> lines(Query query) {
        CompletableFuture<Page> page = new CompletableFuture<>();
        try {
            thread.execute(() -> complete(page, query));
        } catch (RejectedExecutionException e) {
            page.completeExceptionally(new LogsBusyException("too many searches, try again"));
        }
        return page;
    }

    private void complete(CompletableFuture<Page> page, Query query) {
        try {
            page.complete(search(query));
        } catch (IOException | RuntimeException e) {
            page.completeExceptionally(e);
        }
    }

    private Page search(Query query) throws IOException {
        long endNs = System.nanoTime() + LIMIT_NS;
        int wanted = query.offset() + query.limit() + 1;
        Deque<LogLine> newest = new ArrayDeque<>();
        String text = query.text() == null ? null : query.text().toLowerCase(Locale.ROOT);
        files.read(
                filter(query),
                line -> {
                    if (System.nanoTime() > endNs) {
                        throw new LogsBusyException("the search takes too long: ask for less time");
                    }
                    if (text == null || holds(line, text)) {
                        newest.addFirst(line);
                        if (newest.size() > wanted) {
                            newest.removeLast();
                        }
                    }
                    return true;
                });
        return page(newest, query, wanted);
    }

    private static boolean holds(LogLine line, String text) {
        return line.member("message").toLowerCase(Locale.ROOT).contains(text)
                || line.member("error").toLowerCase(Locale.ROOT).contains(text);
    }

    private static Page page(Deque<LogLine> newest, Query query, int wanted) {
        List<String> lines = new ArrayList<>();
        Iterator<LogLine> found = newest.iterator();
        for (int i = 0; found.hasNext() && i < wanted - 1; i++) {
            LogLine line = found.next();
            if (i >= query.offset()) {
                lines.add(line.text());
            }
        }
        return new Page(lines, newest.size() == wanted);
    }

    private static LogFilter filter(Query query) {
        return new LogFilter(
                query.correlation(),
                query.instanceId(),
                query.worker(),
                query.level(),
                timeOf(query.fromNs()),
                timeOf(query.toNs()));
    }

    private static String timeOf(Long timeNs) {
        return timeNs == null
                ? null
                : LogTimes.of(
                        Instant.ofEpochSecond(
                                Math.floorDiv(timeNs, NS_PER_S), Math.floorMod(timeNs, NS_PER_S)));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
