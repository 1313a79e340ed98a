package saker.live;

import java.util.ArrayList;
import java.util.List;

/**
 * One instance that a child shall run, as the engine tells it: a word of the line {@code assign
 * ID:HOW:AFTER:DISCARD …} on the child's standard input. The instances of one line share one walk
 * over the journal.
 *
 * @param afterIndex the last record it is not called for, unless a snapshot says more; 0 to be
 *     called from the boot on
 * @param discardUpTo signals of calls up to this record are marked as discarded
 */
record WorkerAssignment(long instanceId, How how, long afterIndex, long discardUpTo) {
    private static final String WORD = "assign";

    /** How an instance begins. */
    enum How {
        /** With the boot. */
        BOOT,
        /** Where it was: exactly, if the library can. */
        RESUME,
        /** From now on, whatever it was before. */
        ANEW
    }

    static String line(List<WorkerAssignment> assignments) {
        StringBuilder line = new StringBuilder(WORD);
        for (WorkerAssignment a : assignments) {
            line.append(' ')
                    .append(a.instanceId)
                    .append(':')
                    .append(a.how)
                    .append(':')
                    .append(a.afterIndex)
                    .append(':')
                    .append(a.discardUpTo);
        }
        return line.toString();
    }

    /**
     * @throws IllegalArgumentException if it is no such line
     */
    static List<WorkerAssignment> parse(String line) {
        String[] words = line.strip().split(" ");
        if (!words[0].equals(WORD)) {
            throw new IllegalArgumentException("unknown command: line=" + line);
        }
        List<WorkerAssignment> assignments = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            String[] parts = words[i].split(":");
            assignments.add(
                    new WorkerAssignment(
                            Long.parseLong(parts[0]),
                            How.valueOf(parts[1]),
                            Long.parseLong(parts[2]),
                            Long.parseLong(parts[3])));
        }
        return assignments;
    }
}
