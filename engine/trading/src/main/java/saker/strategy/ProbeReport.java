package saker.strategy;

import java.util.List;
import java.util.Map;

/**
 * What a good library showed.
 *
 * @param exports every documented name, and whether the library has it
 * @param structBytes sizes the calls used; the library wrote nowhere but into its result rows
 * @param conversions symbols that convert for one whose currencies are both foreign
 * @param nullPointers code for each argument that was null
 * @param notRun strategies that are known but answered every sample with a code
 * @param warnings what is no reason to refuse it
 */
public record ProbeReport(
        String version,
        boolean replayable,
        Map<String, Boolean> exports,
        Map<String, Integer> structBytes,
        List<String> conversions,
        Map<String, Integer> nullPointers,
        List<Strategy> strategies,
        Map<String, Integer> notRun,
        List<String> warnings) {

    /**
     * @param rates the sample it was run on
     * @param layouts of bars in which it gave the same rows
     * @param checksum CRC-32 of all result rows of a run
     * @param restored whether a snapshot went on as the original; null where there is none
     * @param leak bytes of growth in {@code leakCalls} calls; −1 where that was not measured
     */
    public record Strategy(
            int id,
            int trendMode,
            String rates,
            int calls,
            int signals,
            long medianNs,
            long p99Ns,
            List<String> layouts,
            String checksum,
            Boolean restored,
            int leakCalls,
            long leakAllocatedBytes,
            long leakResidentBytes) {}
}
