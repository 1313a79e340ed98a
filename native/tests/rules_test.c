/*
 * The entries, stops and exits of our own strategies, one by one: on series made by hand, and
 * against plain code that works the same thing out from the bars. Shorts are longs on the mirrored
 * market, and are tested as that.
 */
#include "harness.h"
#include "market.h"

/* A Wednesday, 2024-05-15 00:00. */
enum { WEDNESDAY = 1715731200, ID = 61, MINUTE = 60, HOUR = 3600, DAY = 86400, BARS_MAX = 9000 };

static fxs_bar bars[BARS_MAX];
static int count;

/* `n` bars on weekdays, the last of them at `last`; all the same, `half` around the price. */
static void flat(int n, int minutes, int32_t last, double price, double half) {
    count = n;
    int32_t time = last;
    for (int i = n - 1; i >= 0; i--) {
        while (!fxs_is_trading_day(time, 0)) {
            time -= minutes * MINUTE;
        }
        bars[i] = (fxs_bar){price, price + half, price - half, price, 1, time, 0};
        time -= minutes * MINUTE;
    }
}

/* Bar `ago` before the forming one closes there, its range widened as needed. */
static void close_at(int ago, double price) {
    fxs_bar *bar = &bars[count - 1 - ago];
    bar->close = price;
    bar->high = fmax(bar->high, price);
    bar->low = fmin(bar->low, price);
}

static caller start(int strategyId, int minutes, int seriesBars) {
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    caller c = caller_of(ID, strategyId, minutes);
    caller_series(&c, 0, minutes, seriesBars, minutes);
    c.settings[FXS_ORDER_ROWS] = MARKET_ORDERS;
    c.settings[10] = 100; /* The margin limits nothing. */
    return c;
}

static int signals_at_end(caller *c) {
    CHECK_INT(caller_step(c, bars, count - 1), 0);
    return (int)c->rows[0].tradingSignals;
}

static fxs_order *hold(caller *c, int ticket, int type, double price, double stop, int barsAgo) {
    fxs_order *order = &c->orders[ticket - 1];
    *order = (fxs_order){.ticket = ticket, .instanceId = ID, .type = type, .isOpen = 1,
                         .openTime = bars[count - 1 - barsAgo].time, .openPrice = price,
                         .stopLoss = stop, .lots = 1};
    return order;
}

static double high_of(int from, int to) {
    double high = 0;
    for (int ago = from; ago <= to; ago++) {
        high = fmax(high, bars[count - 1 - ago].high);
    }
    return high;
}

static double low_of(int from, int to) {
    double low = INFINITY;
    for (int ago = from; ago <= to; ago++) {
        low = fmin(low, bars[count - 1 - ago].low);
    }
    return low;
}

static double close_of(int ago) {
    return bars[count - 1 - ago].close;
}

static double mean_range(int period) {
    double sum = 0;
    for (int ago = 1; ago <= period; ago++) {
        double before = close_of(ago + 1), high = high_of(ago, ago), low = low_of(ago, ago);
        sum += fmax(high - low, fmax(fabs(high - before), fabs(low - before)));
    }
    return sum / period;
}

/* Lots that lose a hundredth of 100000 over a distance in dollars. */
static double lots_over(double distance) {
    return 1000 / (distance * 100000);
}

/* --- 1002 */

/* A rise (or fall) of `step` a bar; the last two bars fall by `fall` each. */
static void trend_and_fall(double step, double fall) {
    flat(400, 15, WEDNESDAY + 12 * HOUR, 1.1, 0.0002);
    for (int ago = 399; ago >= 1; ago--) {
        double price = 1.1 + step * (399 - ago) - fall * (ago <= 2 ? 3 - ago : 0);
        bars[count - 1 - ago] = (fxs_bar){price, price + 0.0002, price - 0.0002, price, 1,
                                          bars[count - 1 - ago].time, 0};
    }
    bars[count - 1].open = bars[count - 2].close;
}

static void shouldBuyAMacdCrossWithTheTrendOnly(void) {
    trend_and_fall(0.0001, 0);
    bars[count - 4].close -= 0.001; /* Two bars ago: below its signal; now a jump back above. */
    bars[count - 3].close -= 0.001;
    close_at(1, close_of(1) + 0.001);
    caller c = start(1002, 15, 130);
    CHECK_INT(signals_at_end(&c), FXS_OPEN_BUY);
    CHECK_NEAR(c.rows[0].brokerSL, 2.5 * mean_range(14), 1e-12);
    CHECK_NEAR(c.rows[0].brokerTP, 0, 0);
    CHECK_NEAR(c.rows[0].lots, lots_over(2.5 * mean_range(14)), 1e-9);

    close_at(1, close_of(2)); /* No jump, no cross. */
    c = start(1002, 15, 130);
    CHECK_INT(signals_at_end(&c), 0);

    trend_and_fall(-0.0001, 0);
    close_at(1, close_of(1) + 0.001); /* A cross below the trend's average. */
    c = start(1002, 15, 130);
    CHECK_INT(signals_at_end(&c), 0);
    c = start(1002, 15, 130);
    c.settings[3] = 2; /* An average so short that the close is above it. */
    CHECK_INT(signals_at_end(&c), FXS_OPEN_BUY);
}

static void shouldLeaveAMacdTradeBelowTheTrend(void) {
    trend_and_fall(0.0001, 0.003);
    caller c = start(1002, 15, 130);
    hold(&c, 1, FXS_ORDER_BUY, 1.13, 1.09, 5);
    CHECK_INT(signals_at_end(&c), FXS_CLOSE_BUY);

    trend_and_fall(0.0001, 0);
    c = start(1002, 15, 130);
    hold(&c, 1, FXS_ORDER_BUY, 1.13, 1.09, 5);
    CHECK_INT(signals_at_end(&c), FXS_UPDATE_BUY); /* The chandelier: three ATRs below the best. */
    double stop = high_of(1, 5) - 3 * mean_range(14);
    CHECK_NEAR(c.quotes[FXS_ASK] - c.rows[0].brokerSL, stop, 1e-12);
}

/* --- 1003 */

static void shouldBuyTheBreakOfASqueeze(void) {
    flat(700, 5, WEDNESDAY + 12 * HOUR, 1.1, 0.001);
    caller c = start(1003, 5, 60);
    CHECK_INT(signals_at_end(&c), 0);

    close_at(1, 1.102); /* 4.4 deviations of twenty closes. */
    c = start(1003, 5, 60);
    CHECK_INT(signals_at_end(&c), FXS_OPEN_BUY);
    CHECK_NEAR(c.rows[0].brokerSL, 2 * mean_range(20), 1e-12);

    c = start(1003, 5, 60);
    c.settings[2] = 0.1; /* A channel too narrow for a squeeze. */
    CHECK_INT(signals_at_end(&c), FXS_OPEN_BUY); /* Closes without deviation fit in any. */

    close_at(15, 1.1008); /* A deviation of 0.00018: inside 1.5 ATRs, outside 0.1. */
    c = start(1003, 5, 60);
    CHECK_INT(signals_at_end(&c), FXS_OPEN_BUY);
    c = start(1003, 5, 60);
    c.settings[2] = 0.1;
    CHECK_INT(signals_at_end(&c), 0);
}

static void shouldForgetASqueezeAfterItsReleaseBars(void) {
    for (int release = 1; release <= 4; release++) {
        flat(700, 5, WEDNESDAY + 12 * HOUR, 1.1, 0.0004);
        close_at(4, 1.1060); /* Ends the squeeze; then three quiet bars within the bands. */
        close_at(1, 1.1200);
        caller c = start(1003, 5, 60);
        c.settings[4] = release;
        CHECK_INT(signals_at_end(&c), release == 4 ? FXS_OPEN_BUY : 0);
    }
}

static void shouldLeaveABreakoutBelowTheMiddle(void) {
    flat(700, 5, WEDNESDAY + 12 * HOUR, 1.1, 0.001);
    close_at(1, 1.0999);
    caller c = start(1003, 5, 60);
    hold(&c, 1, FXS_ORDER_BUY, 1.1, 1.09, 3);
    CHECK_INT(signals_at_end(&c), FXS_CLOSE_BUY);

    close_at(1, 1.1001);
    c = start(1003, 5, 60);
    hold(&c, 1, FXS_ORDER_BUY, 1.1, 1.0985, 3);
    CHECK_INT(signals_at_end(&c), 0); /* The stop is tighter than the trail. */
}

/* --- 1004 */

static void shouldBuyAboveTheChannelBefore(void) {
    flat(120, 60, WEDNESDAY, 1.1, 0.001);
    close_at(1, 1.101); /* At the channel's edge. */
    caller c = start(1004, 60, 40);
    CHECK_INT(signals_at_end(&c), 0);

    close_at(1, 1.10101);
    c = start(1004, 60, 40);
    CHECK_INT(signals_at_end(&c), FXS_OPEN_BUY);
    double atr = (19 * 0.002 + 0.00201) / 20;
    CHECK_NEAR(c.rows[0].brokerSL, 2 * atr, 1e-12);
    CHECK_NEAR(c.rows[0].brokerTP, 0, 0);
    CHECK_NEAR(c.rows[0].lots, lots_over(2 * atr), 1e-9);

    bars[count - 1 - 21].high = 1.102; /* The twentieth bar before the last. */
    c = start(1004, 60, 40);
    CHECK_INT(signals_at_end(&c), 0);
    bars[count - 1 - 21].high = 1.101;
    bars[count - 1 - 22].high = 1.102; /* And the one before it. */
    c = start(1004, 60, 40);
    CHECK_INT(signals_at_end(&c), FXS_OPEN_BUY);
}

static void shouldLeaveBelowTheExitChannel(void) {
    flat(120, 60, WEDNESDAY, 1.1, 0.001);
    bars[count - 1 - 12].low = 1.09; /* Older than ten bars. */
    close_at(1, 1.0989);
    caller c = start(1004, 60, 40);
    hold(&c, 1, FXS_ORDER_BUY, 1.1, 1.08, 30);
    CHECK_INT(signals_at_end(&c), FXS_CLOSE_BUY);

    bars[count - 1 - 11].low = 1.09;
    c = start(1004, 60, 40);
    hold(&c, 1, FXS_ORDER_BUY, 1.1, 1.08, 30);
    CHECK_INT(signals_at_end(&c), 0);
}

static void shouldAddAUnitEachHalfRange(void) {
    flat(120, 60, WEDNESDAY, 1.1, 0.001);
    double atr = 0.002, ask = 1.1001;
    for (int maxOrders = 1; maxOrders <= 2; maxOrders++) {
        caller c = start(1004, 60, 40);
        c.settings[FXS_MAX_OPEN_ORDERS] = maxOrders;
        hold(&c, 1, FXS_ORDER_BUY, ask - 0.5 * atr - 1e-9, 1.09, 3);
        CHECK_INT(signals_at_end(&c), maxOrders == 2 ? FXS_OPEN_BUY : 0);
    }
    caller c = start(1004, 60, 40);
    c.settings[FXS_MAX_OPEN_ORDERS] = 2;
    hold(&c, 1, FXS_ORDER_BUY, ask - 0.49 * atr, 1.09, 3);
    CHECK_INT(signals_at_end(&c), 0);

    c = start(1004, 60, 40); /* The newest entry counts. */
    c.settings[FXS_MAX_OPEN_ORDERS] = 3;
    hold(&c, 1, FXS_ORDER_BUY, ask - 2 * atr, 1.0990, 5);
    hold(&c, 2, FXS_ORDER_BUY, ask - 0.2 * atr, 1.0990, 3);
    CHECK_INT(signals_at_end(&c), 0);
}

static void shouldMoveTheStopsOfEarlierUnits(void) {
    flat(120, 60, WEDNESDAY, 1.1, 0.001);
    caller c = start(1004, 60, 40);
    c.settings[FXS_MAX_OPEN_ORDERS] = 2;
    hold(&c, 1, FXS_ORDER_BUY, 1.0985, 1.0945, 5);
    hold(&c, 2, FXS_ORDER_BUY, 1.0995, 1.0955, 3);
    CHECK_INT(signals_at_end(&c), FXS_UPDATE_BUY);
    CHECK_NEAR(c.rows[0].ticketNumber, 1, 0);
    CHECK_NEAR(c.quotes[FXS_ASK] - c.rows[0].brokerSL, 1.0995 - 2 * 0.002, 1e-12);
    CHECK_INT((int)c.rows[1].tradingSignals, 0);
}

/* --- 1005 */

static void shouldBuyAFallInARisingMarket(void) {
    trend_and_fall(0.0001, 0.001);
    caller c = start(1005, 15, 120);
    CHECK_INT(signals_at_end(&c), FXS_OPEN_BUY);
    CHECK_NEAR(c.rows[0].brokerSL, 3 * mean_range(14), 1e-12);

    trend_and_fall(0.0001, 0.00011); /* 0.1 pips down twice: RSI(2) is still above ten. */
    c = start(1005, 15, 120);
    CHECK_INT(signals_at_end(&c), 0);

    trend_and_fall(0.0001, 0.004); /* Below the average of a hundred. */
    c = start(1005, 15, 120);
    CHECK_INT(signals_at_end(&c), 0);

    trend_and_fall(-0.0001, 0.001); /* A falling market is not bought. */
    c = start(1005, 15, 120);
    CHECK_INT(signals_at_end(&c), 0);
}

static void shouldLeaveAReversionAboveTheShortAverage(void) {
    trend_and_fall(0.0001, 0);
    caller c = start(1005, 15, 120);
    hold(&c, 1, FXS_ORDER_BUY, 1.1, 1.05, 5);
    CHECK_INT(signals_at_end(&c), FXS_CLOSE_BUY);

    trend_and_fall(0.0001, 0.001);
    c = start(1005, 15, 120);
    hold(&c, 1, FXS_ORDER_BUY, 1.1, 1.05, 19);
    CHECK_INT(signals_at_end(&c), 0);
    c = start(1005, 15, 120);
    hold(&c, 1, FXS_ORDER_BUY, 1.1, 1.05, 20); /* TIMED_EXIT_BARS */
    CHECK_INT(signals_at_end(&c), FXS_CLOSE_BUY);
}

/* --- 1006 */

static int session_signals(int minute, double close, fxs_result *row) {
    flat(300, 15, WEDNESDAY + minute * MINUTE, 1.1, 0.001);
    close_at(1, close);
    caller c = start(1006, 15, 60);
    int signals = signals_at_end(&c);
    *row = c.rows[0];
    return signals;
}

static void shouldBuyTheFirstCloseAboveTheRange(void) {
    fxs_result row;
    CHECK_INT(session_signals(615, 1.1012, &row), FXS_OPEN_BUY);
    CHECK_NEAR(row.brokerSL, 0.002, 1e-12);
    CHECK_NEAR(row.brokerTP, 0.003, 1e-12);
    CHECK_INT(session_signals(615, 1.1011 - 1e-9, &row), 0); /* Within the buffer. */
    CHECK_INT(session_signals(840, 1.1012, &row), FXS_OPEN_BUY);
    CHECK_INT(session_signals(855, 1.1012, &row), 0); /* Too late for today. */
    CHECK_INT(session_signals(600, 1.1012, &row), 0); /* Part of the range. */
    CHECK_INT(session_signals(615, 1.0988, &row), FXS_OPEN_SELL);

    flat(300, 15, WEDNESDAY + 660 * MINUTE, 1.1, 0.001);
    close_at(1, 1.1012);
    close_at(3, 1.1012);
    caller c = start(1006, 15, 60);
    CHECK_INT(signals_at_end(&c), 0); /* The second close above. */
}

static void shouldNeedTheWholeRange(void) {
    flat(300, 15, WEDNESDAY + 615 * MINUTE, 1.1, 0.001);
    close_at(1, 1.1012);
    caller c = start(1006, 15, 25);
    CHECK_INT(signals_at_end(&c), 0); /* Six hours of bars: the range began before them. */
}

/* The feed had a hole at 03:00: the range of what came after is too narrow. */
static void shouldNeedABarAtTheStartOfTheRange(void) {
    for (int hole = 0; hole <= 1; hole++) {
        flat(300, 15, WEDNESDAY + 615 * MINUTE, 1.1, 0.001);
        close_at(1, 1.1012);
        int first = count - 1 - (615 - 180) / 15;
        CHECK_INT(bars[first].time, WEDNESDAY + 180 * MINUTE);
        if (hole) {
            memmove(&bars[first], &bars[first + 1], (size_t)(count - 1 - first) * sizeof bars[0]);
            count--;
        }
        caller c = start(1006, 15, 60);
        CHECK_INT(signals_at_end(&c), hole ? 0 : FXS_OPEN_BUY);
    }
}

static void shouldHoldNothingAfterTheSession(void) {
    flat(300, 15, WEDNESDAY + 1065 * MINUTE, 1.1, 0.001);
    caller c = start(1006, 15, 60);
    hold(&c, 1, FXS_ORDER_BUY, 1.1, 1.09, 8);
    CHECK_INT(signals_at_end(&c), 0);

    flat(300, 15, WEDNESDAY + 1080 * MINUTE, 1.1, 0.001);
    c = start(1006, 15, 60);
    hold(&c, 1, FXS_ORDER_BUY, 1.1, 1.09, 8);
    CHECK_INT(signals_at_end(&c), FXS_CLOSE_BUY);

    flat(300, 15, WEDNESDAY + 15 * MINUTE, 1.1, 0.001);
    c = start(1006, 15, 60);
    hold(&c, 1, FXS_ORDER_BUY, 1.1, 1.09, 60); /* Left over from yesterday. */
    CHECK_INT(signals_at_end(&c), FXS_CLOSE_BUY);
}

/* --- 1007, against plain code */

static double middle(int from, int period) {
    return (high_of(from, from + period - 1) + low_of(from, from + period - 1)) / 2;
}

static int agreement(int ago) {
    double tenkan = middle(ago, 9), kijun = middle(ago, 26), close = close_of(ago);
    double a = (middle(ago + 26, 9) + middle(ago + 26, 26)) / 2, b = middle(ago + 26, 52);
    double before = close_of(ago + 26);
    if (close > fmax(a, b) && tenkan > kijun && close > before) {
        return 1;
    }
    return close < fmin(a, b) && tenkan < kijun && close < before ? -1 : 0;
}

static void weekdays_of_a_market(uint64_t seed, int minutes, int n) {
    int all = n * 3 / 2 + 2 * DAY / (minutes * MINUTE);
    fxs_bar *made = market_bars(seed, all, minutes, WEDNESDAY - 2 * DAY, 0);
    count = 0;
    for (int i = 0; i < all && count < n; i++) {
        if (fxs_is_trading_day(made[i].time, 0)) {
            bars[count++] = made[i];
        }
    }
    CHECK_INT(count, n);
    free(made);
}

static void shouldEnterWhenTheLinesFirstAgree(void) {
    weekdays_of_a_market(21, 60, 2500);
    int all = count, seen[2] = {0};
    caller c = start(1007, 60, 100);
    for (int i = caller_window(&c) - 1; i < all; i++) {
        count = i + 1;
        int now = agreement(1), before = agreement(2);
        int expected = now > 0 && before <= 0 ? FXS_OPEN_BUY
            : now < 0 && before >= 0          ? FXS_OPEN_SELL
                                              : 0;
        CHECK_INT(signals_at_end(&c), expected);
        seen[0] += expected == FXS_OPEN_BUY;
        seen[1] += expected == FXS_OPEN_SELL;
    }
    CHECK(seen[0] > 10 && seen[1] > 10);
}

static void shouldLeaveBelowTheKijunAndTrailTheCloud(void) {
    weekdays_of_a_market(22, 60, 2500);
    int all = count, seen[3] = {0};
    caller c = start(1007, 60, 100);
    for (int i = caller_window(&c) - 1; i < all; i++) {
        count = i + 1;
        hold(&c, 1, FXS_ORDER_BUY, 1.1, 0.01, 0);
        double a = (middle(27, 9) + middle(27, 26)) / 2, b = middle(27, 52);
        double edge = fmin(a, b);
        int leaves = close_of(1) < middle(1, 26) || bars[i].open <= edge
            || (agreement(1) < 0 && agreement(2) >= 0);
        CHECK_INT(signals_at_end(&c), leaves ? FXS_CLOSE_BUY : FXS_UPDATE_BUY);
        if (!leaves) {
            double distance = fmax(c.quotes[FXS_ASK] - edge, 0.0001);
            CHECK_NEAR(c.rows[0].brokerSL, distance, 1e-12);
        }
        seen[leaves]++;
    }
    CHECK(seen[0] > 100 && seen[1] > 100);
}

/* --- 1008, against plain code */

static void shouldBuyTheCrossOfYesterdaysLevel(void) {
    weekdays_of_a_market(23, 15, 4000);
    int all = count, entries = 0;
    caller c = start(1008, 15, 40);
    caller_series(&c, 4, 1440, 3, 15);
    for (int i = caller_window(&c) - 1; i < all; i++) {
        count = i + 1;
        int today = bars[i].time / DAY, end = i;
        while (bars[end].time / DAY == today) {
            end--;
        }
        int yesterday = bars[end].time / DAY;
        double high = 0, low = INFINITY, last = bars[end].close;
        for (int j = end; j >= 0 && bars[j].time / DAY == yesterday; j--) {
            high = fmax(high, bars[j].high);
            low = fmin(low, bars[j].low);
        }
        double pivot = (high + low + last) / 3, r1 = 2 * pivot - low, r2 = pivot + high - low;
        double s1 = 2 * pivot - high, s2 = pivot - high + low;
        double ask = bars[i].open + 0.0001, bid = bars[i].open, expected = 0;
        int isToday = bars[i - 1].time / DAY == today, late = bars[i].time % DAY >= 1380 * MINUTE;
        if (isToday && !late && close_of(1) > r1 && close_of(2) <= r1 && ask > pivot && ask < r2) {
            expected = FXS_OPEN_BUY;
        }
        if (isToday && !late && close_of(1) < s1 && close_of(2) >= s1 && bid < pivot && bid > s2) {
            expected = FXS_OPEN_SELL;
        }
        CHECK_INT(signals_at_end(&c), (int)expected);
        if (expected != 0) {
            int isLong = expected == FXS_OPEN_BUY;
            CHECK_NEAR(c.rows[0].brokerSL, isLong ? ask - pivot : pivot - bid, 1e-12);
            CHECK_NEAR(c.rows[0].brokerTP, fmax(0.0001, isLong ? r2 - ask : bid - s2), 1e-12);
            entries++;
        }
    }
    CHECK(entries > 20);
}

/* --- 1009, against plain code */

/* The sign on the bar that opened the holding period of the newest one. */
static int sign_of_period(int holding, int lookback) {
    int ago = 0, block = bars[count - 1].time / DAY / holding;
    while (bars[count - 2 - ago].time / DAY / holding == block) {
        ago++;
    }
    return close_of(ago + 1) > close_of(ago + 1 + lookback) ? 1 : -1;
}

static void shouldFollowTheSignAtTheTargetVolatility(void) {
    enum { LOOKBACK = 40, VOLATILITY = 20, HOLDING = 5 };
    weekdays_of_a_market(24, 1440, 1200);
    int all = count, seen[3] = {0};
    caller c = start(1009, 1440, 60);
    c.settings[0] = LOOKBACK;
    c.settings[1] = VOLATILITY;
    c.settings[2] = HOLDING;
    for (int i = caller_window(&c) - 1; i < all; i++) {
        count = i + 1;
        int sign = sign_of_period(HOLDING, LOOKBACK);
        double squares = 0;
        for (int ago = 1; ago <= VOLATILITY; ago++) {
            squares += pow(log(close_of(ago) / close_of(ago + 1)), 2);
        }
        double volatility = sqrt(260 * squares / VOLATILITY);

        CHECK_INT(signals_at_end(&c), sign > 0 ? FXS_OPEN_BUY : FXS_OPEN_SELL);

        double lots = 0.1 * 100000 / volatility / (c.quotes[FXS_ASK] * 100000);
        CHECK_NEAR(c.rows[0].lots, lots, 1e-9 * lots);
        CHECK_NEAR(c.rows[0].brokerSL, 5 * mean_range(20), 1e-12);
        seen[sign + 1]++;
    }
    CHECK(seen[0] > 50 && seen[2] > 50);
}

static void shouldAwaitTheNextDecisionAfterAStop(void) {
    weekdays_of_a_market(25, 1440, 400);
    int all = count, repeats = 0;
    caller c = start(1009, 1440, 60);
    c.settings[0] = 40;
    c.settings[1] = 20;
    c.settings[2] = 20;
    int64_t block = -1;
    for (int i = caller_window(&c) - 1; i < all; i++) {
        count = i + 1;
        int isNew = bars[i].time / DAY / 20 != block;
        block = bars[i].time / DAY / 20;
        int signals = signals_at_end(&c);
        CHECK(isNew || signals == 0);
        memset(c.orders, 0, sizeof c.orders);
        if (signals != 0) { /* Open for one bar, then stopped. */
            int type = signals == FXS_OPEN_BUY ? FXS_ORDER_BUY : FXS_ORDER_SELL;
            hold(&c, 1, type, c.quotes[FXS_ASK], type == FXS_ORDER_BUY ? 0.1 : 9, 0);
            repeats++;
        }
    }
    CHECK(repeats > 5);
}

static caller begin_momentum(int holding) {
    caller c = start(1009, 1440, 60);
    c.settings[0] = 40;
    c.settings[1] = 20;
    c.settings[2] = holding;
    return c;
}

/* Made anew on any day, it decides as the one that was there all the time. */
static void shouldDecideByTheBarThatOpenedThePeriod(void) {
    weekdays_of_a_market(26, 1440, 400);
    int all = count, seen[2] = {0};
    caller c = begin_momentum(10);
    for (int i = caller_window(&c) - 1; i < all; i++) {
        count = i + 1;
        c = begin_momentum(10);
        int sign = sign_of_period(10, 40);
        CHECK_INT(signals_at_end(&c), sign > 0 ? FXS_OPEN_BUY : FXS_OPEN_SELL);
        seen[sign > 0]++;
    }
    CHECK(seen[0] > 30 && seen[1] > 30);
}

/* The position of this period was stopped, and the instance is made anew. */
static void shouldEnterNoSecondTimeInAPeriodThoughMadeAnew(void) {
    weekdays_of_a_market(26, 1440, 400);
    while (bars[count - 1].time / DAY / 10 != bars[count - 5].time / DAY / 10) {
        count--;
    }
    int block = bars[count - 1].time / DAY / 10, opened = 4;
    while (bars[count - 2 - opened].time / DAY / 10 == block) {
        opened++;
    }
    int isLong = sign_of_period(10, 40) > 0;
    int type = isLong ? FXS_ORDER_BUY : FXS_ORDER_SELL;
    int open = isLong ? FXS_OPEN_BUY : FXS_OPEN_SELL;
    for (int ago = opened + 1; ago >= 1; ago--) {
        caller c = begin_momentum(10);
        fxs_order *order = hold(&c, 1, type, 1.1, 1.1, ago);
        order->isOpen = 0;
        order->closeTime = order->openTime + HOUR;
        CHECK_INT(signals_at_end(&c), ago > opened ? open : 0);
    }
    caller c = begin_momentum(10); /* Held from before, stopped in this period. */
    fxs_order *order = hold(&c, 1, type, 1.1, 1.1, opened + 3);
    order->isOpen = 0;
    order->closeTime = bars[count - 3].time;
    CHECK_INT(signals_at_end(&c), 0);
    c = begin_momentum(10); /* The other side's end is why this side is due. */
    order = hold(&c, 1, isLong ? FXS_ORDER_SELL : FXS_ORDER_BUY, 1.1, 1.1, opened + 3);
    order->isOpen = 0;
    order->closeTime = bars[count - 3].time;
    CHECK_INT(signals_at_end(&c), open);
}

/* The decision was made before the first bar of the series. */
static void shouldAwaitTheNextPeriodIfTheSeriesIsTooShort(void) {
    weekdays_of_a_market(26, 1440, 400);
    caller c = begin_momentum(20);
    c.settings[0] = 57; /* So far back only from a period's first two days. */
    int all = count, entries = 0;
    for (int i = caller_window(&c) - 1; i < all; i++) {
        count = i + 1;
        CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
        int isEarly = bars[i].time / DAY / 20 != bars[i - 2].time / DAY / 20;
        int hasEntry = signals_at_end(&c) != 0;
        CHECK_INT(hasEntry, isEarly);
        entries += hasEntry;
    }
    CHECK(entries > 10);
}

/* --- Shorts are longs upside down. */

static int mirrored(int signals) {
    return (int)((uint32_t)signals << 16 | (uint32_t)signals >> 16);
}

static void shouldSellWhereItBuysUpsideDown(void) {
    static const int ids[] = {1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009};
    for (size_t s = 0; s < sizeof ids / sizeof ids[0]; s++) {
        int id = ids[s], minutes = id == 1003 ? 5 : 15, entries = 0;
        caller up = start(id, minutes, 130);
        if (id == 1008) {
            caller_series(&up, 4, 1440, 3, minutes);
        }
        up.settings[0] = id == 1009 ? 60 : 0;
        up.settings[FXS_MAX_OPEN_ORDERS] = 3;
        up.settings[12] = 1; /* By risk: a share would follow the price. */
        up.spread = 0;
        weekdays_of_a_market(40 + s, minutes, 3000);
        caller down = up;
        down.settings[FXS_INSTANCE_ID] = ID + 1;
        CHECK_INT(initInstanceC(ID + 1, 1, (char *)market_config(), ""), 0);
        static fxs_bar mirror[BARS_MAX];
        for (int i = 0; i < count; i++) {
            fxs_bar b = bars[i];
            mirror[i] = (fxs_bar){2.2 - b.open, 2.2 - b.low, 2.2 - b.high, 2.2 - b.close, 1,
                                  b.time, 0};
        }
        for (int i = caller_window(&up) - 1; i < count; i++) {
            CHECK_INT(caller_step(&up, bars, i), 0);
            CHECK_INT(caller_step(&down, mirror, i), 0);
            for (int row = 0; row < 3; row++) {
                const fxs_result *a = &up.rows[row], *b = &down.rows[row];
                CHECK_INT(mirrored((int)a->tradingSignals), (int)b->tradingSignals);
                CHECK_NEAR(b->ticketNumber, a->ticketNumber, 0);
                CHECK_NEAR(b->brokerSL, a->brokerSL, 1e-9);
                CHECK_NEAR(b->brokerTP, a->brokerTP, 1e-9);
                entries += ((int)a->tradingSignals & (FXS_OPEN_BUY | FXS_OPEN_SELL)) != 0;
            }
            caller_fill(&up);
            caller_fill(&down);
        }
        CHECK(entries >= 4);
        deinitInstance(ID + 1);
    }
}

/* --- Settings. */

static int code_with(int id, int index, double value) {
    caller c = start(id, 15, 40);
    caller_series(&c, 4, 1440, 3, 15);
    c.settings[index] = value;
    CHECK(count >= caller_window(&c));
    return caller_step(&c, bars, count - 1);
}

static void shouldRefuseSettingsOutOfRange(void) {
    static const struct {
        int id, index;
        double value;
    } bad[] = {
        {1002, 0, 0.5}, {1002, 0, 26},  {1002, 1, 501}, {1002, 2, 501},  {1002, 3, 1},
        {1003, 0, 1},   {1003, 1, -2},  {1003, 2, 11},  {1003, 3, 501},  {1003, 4, 101},
        {1004, 0, 1},   {1004, 1, 513}, {1005, 0, 101}, {1005, 1, 50},   {1005, 2, 1},
        {1005, 3, 513}, {1006, 0, 600}, {1006, 1, 60},  {1006, 2, 300},  {1006, 3, 101},
        {1006, 4, 11},  {1006, 5, -2},  {1006, 1, 190}, {1007, 0, 513},  {1007, 3, -1},
        {1008, 0, 5},   {1008, 1, 4},   {1009, 0, -1},  {1009, 1, 513},  {1009, 2, 1001},
    };
    static const struct {
        int index;
        double value;
    } shared[] = {
        {10, 101}, {11, 2},   {12, 4},    {13, -1},   {14, 0.001},  {15, 101},
        {16, 3},   {17, 101}, {18, 0.05}, {18, 101},  {19, 100},    {20, 1440},
        {21, -2},  {22, 101}, {45, 17},   {48, 0.5},  {60, 0.01},   {61, -2},
        {62, 501}, {16, 0.5}, {20, NAN},
    };
    flat(700, 15, WEDNESDAY + 12 * HOUR, 1.1, 0.001);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK_INT(code_with(bad[i].id, bad[i].index, bad[i].value), SAKER_INVALID_PARAMETER);
    }
    for (int id = 1002; id <= 1009; id++) {
        for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++) {
            CHECK_INT(code_with(id, shared[i].index, shared[i].value), SAKER_INVALID_PARAMETER);
        }
        CHECK_INT(code_with(id, 12, 3), id == 1009 ? SAKER_NOT_ENOUGH_RATES_DATA
                                                   : SAKER_INVALID_PARAMETER);
    }
    CHECK_INT(code_with(1002, 3, 41), SAKER_NOT_ENOUGH_RATES_DATA);
    CHECK_INT(code_with(1004, 1, 41), SAKER_NOT_ENOUGH_RATES_DATA);
    CHECK_INT(code_with(1006, 62, 41), SAKER_NOT_ENOUGH_RATES_DATA);
    CHECK_INT(code_with(1004, 0, 39), SAKER_NOT_ENOUGH_RATES_DATA);
    CHECK_INT(code_with(1004, 0, 38), 0);

    caller c = start(1008, 15, 40); /* Without the daily series. */
    CHECK_INT(caller_step(&c, bars, count - 1), SAKER_INVALID_PARAMETER);
}

int main(void) {
    RUN(shouldBuyAMacdCrossWithTheTrendOnly);
    RUN(shouldLeaveAMacdTradeBelowTheTrend);
    RUN(shouldBuyTheBreakOfASqueeze);
    RUN(shouldForgetASqueezeAfterItsReleaseBars);
    RUN(shouldLeaveABreakoutBelowTheMiddle);
    RUN(shouldBuyAboveTheChannelBefore);
    RUN(shouldLeaveBelowTheExitChannel);
    RUN(shouldAddAUnitEachHalfRange);
    RUN(shouldMoveTheStopsOfEarlierUnits);
    RUN(shouldBuyAFallInARisingMarket);
    RUN(shouldLeaveAReversionAboveTheShortAverage);
    RUN(shouldBuyTheFirstCloseAboveTheRange);
    RUN(shouldNeedTheWholeRange);
    RUN(shouldNeedABarAtTheStartOfTheRange);
    RUN(shouldHoldNothingAfterTheSession);
    RUN(shouldEnterWhenTheLinesFirstAgree);
    RUN(shouldLeaveBelowTheKijunAndTrailTheCloud);
    RUN(shouldBuyTheCrossOfYesterdaysLevel);
    RUN(shouldFollowTheSignAtTheTargetVolatility);
    RUN(shouldAwaitTheNextDecisionAfterAStop);
    RUN(shouldDecideByTheBarThatOpenedThePeriod);
    RUN(shouldEnterNoSecondTimeInAPeriodThoughMadeAnew);
    RUN(shouldAwaitTheNextPeriodIfTheSeriesIsTooShort);
    RUN(shouldSellWhereItBuysUpsideDown);
    RUN(shouldRefuseSettingsOutOfRange);
    deinitInstance(ID);
    return 0;
}
