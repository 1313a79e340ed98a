package saker.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import saker.api.PositionView;
import saker.api.StrategyView;
import saker.config.StrategyConfig;
import saker.model.EngineState;
import saker.model.FixedPoint;
import saker.model.Signal;
import saker.position.Trade;
import saker.strategy.InstanceStatus;

/** What is known of each strategy instance, for the screens. Live feed's thread. */
final class StrategyTracker {
    private final List<StrategyConfig> strategies;
    private final Map<Long, InstanceStatus> statuses = new HashMap<>();
    private final Map<Long, Long> profitE8 = new HashMap<>();
    private final Map<Long, EngineState.State> states = new HashMap<>(); // Of records.
    private final Map<Long, String> details = new HashMap<>();

    StrategyTracker(List<StrategyConfig> strategies, List<InstanceStatus> statuses) {
        this.strategies = strategies;
        statuses.forEach(status -> this.statuses.put(status.instanceId(), status));
    }

    /** Whether it says something about the instance itself. */
    boolean onSignal(Signal signal) {
        if (signal.returnCode() == 0) {
            return false;
        }
        details.put(signal.instanceId(), "returned " + signal.returnCode());
        return true;
    }

    void onState(EngineState state) {
        states.put(state.scopeId(), state.state());
        details.put(state.scopeId(), state.detail());
    }

    /** A trade of an instance was reduced or closed. */
    void book(Trade trade, long resultE8) {
        profitE8.merge(trade.instanceId(), resultE8, FixedPoint::add);
    }

    /** Empty for an instance that is not configured. */
    String nameOf(long instanceId) {
        for (StrategyConfig strategy : strategies) {
            if (strategy.instanceId() == instanceId) {
                return strategy.name();
            }
        }
        return "";
    }

    /**
     * In the configuration's order.
     *
     * @param accountIndex of a strategy's account
     * @param positions of all
     */
    List<StrategyView> views(
            ToIntFunction<StrategyConfig> accountIndex, List<PositionView> positions) {
        return strategies.stream()
                .map(strategy -> view(strategy, accountIndex.applyAsInt(strategy), positions))
                .toList();
    }

    private StrategyView view(
            StrategyConfig config, int accountIndex, List<PositionView> positions) {
        InstanceStatus status = statuses.get(config.instanceId());
        long openProfitE8 = 0;
        int open = 0;
        for (PositionView position : positions) {
            if (position.instanceId() == config.instanceId()) {
                open++;
                openProfitE8 += position.profitE8();
            }
        }
        EngineState.State state = states.get(config.instanceId());
        boolean enabled = state == null ? config.enabled() : state == EngineState.State.RUNNING;
        String phase = status == null ? "WARMING_UP" : status.phase().name();
        return new StrategyView(
                config.instanceId(),
                accountIndex,
                config.name(),
                config.symbol(),
                enabled || phase.equals("ERROR") ? phase : "DISABLED",
                detailOf(config, status),
                profitE8.getOrDefault(config.instanceId(), 0L),
                openProfitE8,
                open,
                status == null ? 0 : status.runs(),
                status == null ? 0 : status.signals(),
                status == null ? 0 : status.lastRunNs());
    }

    private String detailOf(StrategyConfig config, InstanceStatus status) {
        String detail = status == null ? "" : status.detail();
        return detail.isEmpty() ? details.getOrDefault(config.instanceId(), "") : detail;
    }

    /** By instance id, for a snapshot, as the next two. */
    Map<Long, Long> profitE8() {
        return new TreeMap<>(profitE8);
    }

    Map<Long, EngineState.State> states() {
        return new TreeMap<>(states);
    }

    Map<Long, String> details() {
        return new TreeMap<>(details);
    }

    /** Goes on from a snapshot. */
    void restore(ViewsState state) {
        profitE8.putAll(state.profitE8());
        states.putAll(state.instanceStates());
        details.putAll(state.instanceDetails());
    }
}
