package saker.strategy;

import java.util.List;

/**
 * What a strategy is tried with: its id and settings, and bars for the rates indices.
 *
 * @param name of the rates, for people
 */
record ProbeSample(int strategyId, int trendMode, String name, List<ProbeMarket.Rates> rates) {
    private static final int TIMEFRAME = 1;
    private static final int MINUTES_OF_DAY = 1440;
    private static final int WEEK = 10_080;
    private static final int MONTH = 43_200;
    private static final ProbeMarket.Rates DAYS = rates(4, MINUTES_OF_DAY, 40, 140);

    /** From the least to all that the interface defines; the first a strategy accepts is taken. */
    static List<ProbeSample> of(int strategyId, int trendMode) {
        return List.of(
                new ProbeSample(strategyId, trendMode, "M1", List.of(rates(0, 1, 200, 460))),
                new ProbeSample(
                        strategyId, trendMode, "M1 and D1", List.of(rates(0, 1, 100, 260), DAYS)),
                new ProbeSample(
                        strategyId,
                        trendMode,
                        "M1 to MN",
                        List.of(
                                rates(0, 1, 600, 1500),
                                rates(1, 5, 300, 700),
                                rates(2, 60, 200, 500),
                                rates(3, 240, 100, 260),
                                DAYS,
                                new ProbeMarket.Rates(5, WEEK, 30, MINUTES_OF_DAY, 400),
                                new ProbeMarket.Rates(6, MONTH, 8, MINUTES_OF_DAY, 400))));
    }

    private static ProbeMarket.Rates rates(int index, int minutes, int bars, int window) {
        return new ProbeMarket.Rates(index, minutes, bars, minutes, window);
    }

    int[] windows() {
        int[] windows = new int[CallFrame.RATES_INDICES];
        for (ProbeMarket.Rates r : rates) {
            windows[r.index()] = r.window();
        }
        return windows;
    }

    /** Settings, account and names, all but those of the instance. */
    void fill(GuardedFrame frame) {
        frame.strings("EURUSD", "USD", FrameworkFiles.BROKER);
        frame.setting(2, trendMode);
        frame.setting(41, 1);
        frame.setting(42, 1);
        frame.setting(46, 1);
        frame.setting(49, 100_000);
        frame.setting(50, 1);
        frame.setting(52, strategyId);
        frame.setting(53, TIMEFRAME);
        frame.setting(57, 1);
        frame.setting(62, 20);
        frame.account(0, 1);
        frame.account(1, 100_000);
        frame.account(2, 100_000);
        frame.account(4, 30);
        frame.account(5, 100_000);
        frame.account(6, 0.00001);
        frame.account(7, 50);
        for (int i = 2; i < 6; i++) {
            frame.bidAsk(i, 1);
        }
    }
}
