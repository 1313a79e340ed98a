package saker.api;

import saker.model.EngineState;

/**
 * State of the engine and its connections.
 *
 * @param environment DEMO, PRACTICE, PAPER or LIVE
 * @param marketRate market seconds per wall second
 * @param journalIndex newest index the view has seen
 * @param historyDelayed whether the database projection is behind by more than 5 s
 */
public record StatusView(
        String environment,
        String version,
        EngineState.State engine,
        String reason,
        String prices,
        String transactions,
        String database,
        double marketRate,
        long marketTimeNs,
        long startTimeNs,
        long ticks,
        long journalIndex,
        long durableIndex,
        boolean historyDelayed) {}
