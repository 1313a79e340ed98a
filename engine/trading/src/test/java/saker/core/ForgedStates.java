package saker.core;

import java.util.ArrayList;
import java.util.List;

/** States of a core with one thing that never happened. */
public final class ForgedStates {

    private ForgedStates() {}

    /** The first account decided one entry more. */
    public static CoreState withAnotherEntry(CoreState state) {
        DeskState desk = state.desks().get(0);
        List<Long> times = new ArrayList<>(desk.entryTimesNs());
        times.add(Long.MAX_VALUE);
        List<DeskState> desks = new ArrayList<>(state.desks());
        desks.set(
                0,
                new DeskState(
                        desk.shown(),
                        desk.reconciling(),
                        desk.transactionsSilent(),
                        desk.pricesLive(),
                        desk.flattening(),
                        desk.marketRate(),
                        desk.failedInstances(),
                        desk.lastFills(),
                        desk.retryAtNs(),
                        desk.retryDelayNs(),
                        times,
                        desk.dailyLoss(),
                        desk.ledger(),
                        desk.orders()));
        return new CoreState(
                state.bootId(),
                state.bootIndex(),
                state.dayEndNs(),
                state.boots(),
                state.recoveryHalts(),
                state.quotes(),
                state.switches(),
                desks);
    }
}
