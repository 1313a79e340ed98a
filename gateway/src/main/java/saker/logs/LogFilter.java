package saker.logs;

import saker.api.LogHistory;

/**
 * Which lines are wanted; a null of a member means any.
 *
 * @param correlation of a signal or command: hex of its journal index
 * @param worker a process or a strategy worker
 * @param level at least this one, of {@link LogHistory#LEVELS}
 * @param from first time, in the form of the lines
 * @param to time before which lines lie
 */
public record LogFilter(
        String correlation, Long instance, String worker, String level, String from, String to) {

    public boolean wants(LogLine line) {
        return (from == null || line.time().compareTo(from) >= 0)
                && (to == null || line.time().compareTo(to) < 0)
                && isOf("correlation", correlation, line)
                && isOf("instance", instance == null ? null : Long.toString(instance), line)
                && isOfWorker(line)
                && (level == null || rank(line.member("level")) >= rank(level));
    }

    private static boolean isOf(String member, String value, LogLine line) {
        return value == null || line.mayHold(value) && line.member(member).equals(value);
    }

    private boolean isOfWorker(LogLine line) {
        return worker == null
                || line.mayHold(worker)
                        && (line.member("worker").equals(worker)
                                || line.member("process").equals(worker));
    }

    private static int rank(String name) {
        return LogHistory.LEVELS.indexOf(name);
    }
}
