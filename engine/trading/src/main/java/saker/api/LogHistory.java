package saker.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The log lines of all processes of a data folder. Any thread; never blocks. */
public interface LogHistory {

    /** Names of the levels, the least important first. */
    List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    /**
     * Which lines; null means any.
     *
     * @param correlation of a signal or command: hex of its journal index
     * @param worker a strategy worker or process
     * @param level at least this one of {@link #LEVELS}
     * @param text that is in the message or the error, whatever its case
     * @param fromNs wall time, ns since the Unix epoch, inclusive
     * @param toNs exclusive
     * @param offset lines to skip, from the newest
     */
    record Query(
            String correlation,
            Long instanceId,
            String worker,
            String level,
            String text,
            Long fromNs,
            Long toNs,
            int offset,
            int limit) {}

    /**
     * Lines, the newest first.
     *
     * @param lines one JSON object each
     * @param more whether there are older ones
     */
    record Page(List<String> lines, boolean more) {}

    /**
     * Looks for lines; fails with {@link LogsBusyException} if too many look already or it takes
     * too long.
     */
    CompletionStage<Page> lines(Query query);
}
