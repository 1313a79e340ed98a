package saker.config;

import java.util.List;
import java.util.Map;
import saker.config.SakerConfig.FrameworkConfig;
import saker.model.BarPeriod;

/**
 * One strategy instance.
 *
 * @param instanceId magic number, &gt; 0, unique
 * @param strategyId the framework's INTERNAL_STRATEGY_ID
 * @param account name of an account
 * @param settings index 0 to 63 of the framework's settings array to value; what is absent is 0 or
 *     set by the host (STRATEGY_INSTANCE_ID, TIMEFRAME, INTERNAL_STRATEGY_ID, IS_BACKTESTING ...)
 * @param rates timeframes the strategy wants, in the order of the framework's indices
 * @param enabled at first start; afterwards the journal's state holds
 * @param framework name of the framework group that runs it
 */
public record StrategyConfig(
        long instanceId,
        String name,
        int strategyId,
        String account,
        String symbol,
        BarPeriod timeframe,
        Map<Integer, Double> settings,
        List<Rates> rates,
        boolean enabled,
        String framework) {

    /** From here on INTERNAL_STRATEGY_IDs are Saker's own. */
    public static final int FIRST_OWN_STRATEGY_ID = 1000;

    private static final int MAX_OPEN_ORDERS = 45;

    /** The setting of that name, 1 where it has none: for the strategy's host and for the core. */
    public int maxOpenOrders() {
        return (int) Math.max(1, settings.getOrDefault(MAX_OPEN_ORDERS, 1.0));
    }

    /** One rates index: {@code bars} completed and forming bars of {@code period}. */
    public record Rates(int index, BarPeriod period, int bars) {
        public Rates {
            if (index < 0 || index > 9 || bars < 1 || bars > 10_000) {
                throw new IllegalArgumentException("bad rates: index=" + index + ", bars=" + bars);
            }
        }
    }

    /** Of the default framework group. */
    public StrategyConfig(
            long instanceId,
            String name,
            int strategyId,
            String account,
            String symbol,
            BarPeriod timeframe,
            Map<Integer, Double> settings,
            List<Rates> rates,
            boolean enabled) {
        this(
                instanceId,
                name,
                strategyId,
                account,
                symbol,
                timeframe,
                settings,
                rates,
                enabled,
                null);
    }

    public StrategyConfig {
        framework = framework == null ? FrameworkConfig.DEFAULT : framework;
        settings = Map.copyOf(settings);
        rates = List.copyOf(rates);
        if (instanceId <= 0 || instanceId > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("bad strategy: instanceId=" + instanceId);
        }
    }
}
