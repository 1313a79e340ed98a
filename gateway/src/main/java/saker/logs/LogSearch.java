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

/** Searches the log files on one thread of its own, for a bounded time and in bounded memory. */
public final class LogSearch implements LogHistory, AutoCloseable {
    private static final long NS_PER_S = 1_000_000_000L;
    private static final long LIMIT_NS = 10 * NS_PER_S;
    private static final long HELD_MAX = 32 << 20; // Characters, a byte each: lines are ASCII.
    private static final int WAITING = 8;

    private final LogFiles files;
    private final long limitNs;
    private final long heldMax;
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
        this(data, LIMIT_NS, HELD_MAX);
    }

    /**
     * @param heldMax characters of lines that are held at a time
     */
    LogSearch(Path data, long limitNs, long heldMax) {
        files = new LogFiles(data);
        this.limitNs = limitNs;
        this.heldMax = heldMax;
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
        long endNs = System.nanoTime() + limitNs;
        int wanted = query.offset() + query.limit() + 1;
        Newest newest = new Newest(wanted);
        String text = query.text() == null ? null : query.text().toLowerCase(Locale.ROOT);
        files.read(
                filter(query),
                () -> checkTime(endNs),
                line -> {
                    if (text == null || holds(line, text)) {
                        newest.add(line.text());
                    }
                    return true;
                });
        return page(newest.lines, query, wanted);
    }

    private static void checkTime(long endNs) {
        if (System.nanoTime() - endNs > 0) {
            throw new LogsBusyException("the search takes too long: ask for less time");
        }
    }

    private static boolean holds(LogLine line, String text) {
        return line.member("message").toLowerCase(Locale.ROOT).contains(text)
                || line.member("error").toLowerCase(Locale.ROOT).contains(text);
    }

    private static Page page(Deque<String> newest, Query query, int wanted) {
        List<String> lines = new ArrayList<>();
        Iterator<String> found = newest.iterator();
        for (int i = 0; found.hasNext() && i < wanted - 1; i++) {
            String line = found.next();
            if (i >= query.offset()) {
                lines.add(line);
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

    /** The newest lines so far, the newest first. */
    private final class Newest {
        private final Deque<String> lines = new ArrayDeque<>();
        private final int wanted;
        private long held;

        private Newest(int wanted) {
            this.wanted = wanted;
        }

        private void add(String line) {
            lines.addFirst(line);
            held += line.length();
            if (lines.size() > wanted) {
                held -= lines.removeLast().length();
            }
            if (held > heldMax) {
                throw new LogsBusyException("too much text for one search: ask for less time");
            }
        }
    }
}
