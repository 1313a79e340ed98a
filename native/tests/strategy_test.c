/*
 * ASI rule by rule, with numbers worked out here from the daily bars, and our own strategies' rules
 * about positions.
 */
#include "harness.h"
#include "market.h"

enum { MONDAY = 946857600, ID = 41, DAYS = 70, BARS = DAYS * 24 };

/* Daily closes rise by `step` a day; each hour has a range of its own. Weekends are left out. */
static fxs_bar *trend(double step, int *count) {
    fxs_bar *bars = calloc(BARS, sizeof *bars);
    *count = 0;
    double price = 1.5;
    for (int hour = 0; hour < BARS; hour++) {
        int32_t time = MONDAY + hour * 3600;
        if (!fxs_is_trading_day(time, 0)) {
            continue;
        }
        double next = price + step / 24;
        double high = fmax(price, next) + 0.001, low = fmin(price, next) - 0.001;
        bars[(*count)++] = (fxs_bar){price, high, low, next, 1, time, 0};
        price = next;
    }
    return bars;
}

/* Completed days of the bars before `end`, newest first. */
typedef struct {
    double high[DAYS], low[DAYS], close[DAYS];
} daily;

static daily days_before(const fxs_bar *bars, int end) {
    daily d;
    memset(&d, 0, sizeof d);
    int day = -1;
    int32_t today = bars[end].time / 86400, current = today;
    for (int i = end; i >= 0; i--) {
        int32_t of = bars[i].time / 86400;
        if (of == today) {
            continue;
        }
        if (of != current) {
            current = of;
            day++;
            d.high[day] = bars[i].high;
            d.low[day] = bars[i].low;
            d.close[day] = bars[i].close;
        }
        d.high[day] = fmax(d.high[day], bars[i].high);
        d.low[day] = fmin(d.low[day], bars[i].low);
    }
    return d;
}

static double atr20(const daily *d) {
    double sum = 0;
    for (int i = 0; i < 20; i++) {
        double range = d->high[i] - d->low[i];
        range = fmax(range, fabs(d->high[i] - d->close[i + 1]));
        sum += fmax(range, fabs(d->low[i] - d->close[i + 1]));
    }
    return sum / 20;
}

static caller start(int strategyId) {
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    caller c = caller_of(ID, strategyId, 60);
    if (strategyId == 29) {
        caller_autobbs(&c, 60);
        caller_series(&c, 4, 1440, 25, 60);
        c.info[5].isEnabled = 0;
    }
    return c;
}

static void check_row(const fxs_result *row, double ticket, int signals, double sl) {
    CHECK_NEAR(row->ticketNumber, ticket, 0);
    CHECK_INT((int)row->tradingSignals, signals);
    CHECK_NEAR(row->brokerSL, sl, 1e-12);
    CHECK_NEAR(row->brokerTP, 0, 0);
}

static void shouldBuyARisingMarketWithARiskedStop(void) {
    int count;
    fxs_bar *bars = trend(0.01, &count);
    caller c = start(29);
    c.settings[FXS_ACCOUNT_RISK_PERCENT] = 2;

    CHECK_INT(caller_step(&c, bars, count - 1), 0);

    daily d = days_before(bars, count - 1);
    double distance = 1.5 * atr20(&d);
    CHECK(distance > 0.01);
    check_row(&c.rows[0], -1, FXS_OPEN_BUY, distance);
    CHECK_NEAR(c.rows[0].entryPrice, c.quotes[FXS_ASK], 0);
    CHECK_NEAR(c.rows[0].lots, 0.02 * 100000 / (distance * 100000), 1e-9);
    free(bars);
}

static void shouldSellAFallingMarket(void) {
    int count;
    fxs_bar *bars = trend(-0.01, &count);
    caller c = start(29);

    CHECK_INT(caller_step(&c, bars, count - 1), 0);

    daily d = days_before(bars, count - 1);
    check_row(&c.rows[0], -1, FXS_OPEN_SELL, 1.5 * atr20(&d));
    CHECK_NEAR(c.rows[0].entryPrice, c.quotes[FXS_BID], 0);
    free(bars);
}

static void shouldSizeByTheRulesOfTheAccount(void) {
    int count;
    fxs_bar *bars = trend(0.01, &count);
    daily d = days_before(bars, count - 1);
    double distance = 1.5 * atr20(&d);

    caller c = start(29);
    c.settings[FXS_DISABLE_COMPOUNDING] = 1;
    c.settings[FXS_ORIGINAL_EQUITY] = 50000;
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    CHECK_NEAR(c.rows[0].lots, 0.01 * 50000 / (distance * 100000), 1e-9);

    c = start(29);
    c.account[FXS_EQUITY] = 1;
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    CHECK_NEAR(c.rows[0].lots, 0.01, 0);

    c = start(29);
    c.symbol = "GBPJPY";
    c.quotes[FXS_QUOTE_CONVERSION_BID] = 149.9;
    c.quotes[FXS_QUOTE_CONVERSION_ASK] = 150;
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    CHECK_NEAR(c.rows[0].lots, 0.01 * 100000 / (distance * 100000 / 150), 1e-9);

    c = start(29);
    c.symbol = "EURGBP";
    c.quotes[FXS_QUOTE_CONVERSION_BID] = 1.25;
    c.quotes[FXS_QUOTE_CONVERSION_ASK] = 1.26;
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    CHECK_NEAR(c.rows[0].lots, 0.01 * 100000 / (distance * 100000 * 1.25), 1e-9);

    c = start(29);
    c.symbol = "USDJPY";
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    CHECK_NEAR(c.rows[0].lots,
               0.01 * 100000 / (distance * 100000 / c.quotes[FXS_ASK]), 1e-9);
    free(bars);
}

static fxs_order order_of(int ticket, int type, int isOpen, double openPrice, double openTime) {
    return (fxs_order){.ticket = ticket, .instanceId = ID, .type = type, .openTime = openTime,
                       .openPrice = openPrice, .lots = 1, .isOpen = isOpen};
}

static void shouldOnlyTightenAnOpenStop(void) {
    int count;
    fxs_bar *bars = trend(0.01, &count);
    daily d = days_before(bars, count - 1);
    double distance = 1.5 * atr20(&d), ask = bars[count - 1].open + 0.0001;

    caller c = start(29);
    c.orders[0] = order_of(5, FXS_ORDER_BUY, 1, ask - 0.001, MONDAY);
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    check_row(&c.rows[0], 5, FXS_UPDATE_BUY, distance); /* It had no stop. */

    c = start(29);
    c.orders[0] = order_of(5, FXS_ORDER_BUY, 1, ask - 0.001, MONDAY);
    c.orders[0].stopLoss = ask - distance * 2;
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    check_row(&c.rows[0], 5, FXS_UPDATE_BUY, distance);

    c = start(29);
    c.orders[0] = order_of(5, FXS_ORDER_BUY, 1, ask - 0.001, MONDAY);
    c.orders[0].stopLoss = ask - distance / 4;
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    check_row(&c.rows[0], 5, FXS_UPDATE_BUY, ask - (double)(float)(ask - distance / 4));

    /* The price is under the stop's usual distance: never above the open price. */
    c = start(29);
    c.orders[0] = order_of(5, FXS_ORDER_BUY, 1, ask - 3 * distance, MONDAY);
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    check_row(&c.rows[0], 5, FXS_UPDATE_BUY, ask - (double)(float)(ask - 3 * distance));

    c = start(29);
    c.orders[0] = order_of(5, FXS_ORDER_BUY, 1, ask - 0.001, MONDAY);
    c.orders[0].takeProfit = ask + 0.05;
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    CHECK_NEAR(c.rows[0].brokerTP, (double)(float)(ask + 0.05) - ask, 1e-12);

    c = start(29);
    c.settings[FXS_USE_SL] = 0;
    c.orders[0] = order_of(5, FXS_ORDER_BUY, 1, ask - 0.001, MONDAY);
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    CHECK_INT((int)c.rows[0].tradingSignals, 0);
    free(bars);
}

static void shouldMirrorTheStopOfAShort(void) {
    int count;
    fxs_bar *bars = trend(-0.01, &count);
    daily d = days_before(bars, count - 1);
    double distance = 1.5 * atr20(&d), bid = bars[count - 1].open;

    caller c = start(29);
    c.orders[0] = order_of(5, FXS_ORDER_SELL, 1, bid + 0.001, MONDAY);
    c.orders[0].stopLoss = bid + distance / 4;
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    check_row(&c.rows[0], 5, FXS_UPDATE_SELL, (double)(float)(bid + distance / 4) - bid);

    c = start(29);
    c.orders[0] = order_of(5, FXS_ORDER_SELL, 1, bid + 3 * distance, MONDAY);
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    check_row(&c.rows[0], 5, FXS_UPDATE_SELL, (double)(float)(bid + 3 * distance) - bid);

    c = start(29);
    c.orders[0] = order_of(5, FXS_ORDER_BUY, 1, bid, MONDAY);
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    check_row(&c.rows[0], 5, FXS_CLOSE_BUY, 0);
    free(bars);
}

static void shouldCloseTheOtherSideAndWait(void) {
    int count;
    fxs_bar *bars = trend(0.01, &count);
    caller c = start(29);
    c.settings[FXS_MAX_OPEN_ORDERS] = 4;
    c.settings[FXS_ORDER_ROWS] = 5;
    c.orders[0] = order_of(8, FXS_ORDER_SELL, 1, 1.5, MONDAY + 7200);
    c.orders[1] = order_of(7, FXS_ORDER_SELL, 1, 1.5, MONDAY + 3600);
    c.orders[2] = order_of(9, FXS_ORDER_BUYLIMIT, 1, 1.4, MONDAY);
    c.orders[3] = order_of(10, FXS_ORDER_SELL, 1, 1.4, MONDAY);
    c.orders[3].instanceId = ID + 1; /* Somebody else's. */

    CHECK_INT(caller_step(&c, bars, count - 1), 0);

    check_row(&c.rows[0], 9, FXS_CLOSE_BUYLIMIT, 0);
    check_row(&c.rows[1], 8, FXS_CLOSE_SELL, 0);
    check_row(&c.rows[2], 7, FXS_CLOSE_SELL, 0);
    CHECK_INT((int)c.rows[3].tradingSignals, 0);
    free(bars);
}

static int signals_after(double step, fxs_order latest, int mode, int maxOrders) {
    int count;
    fxs_bar *bars = trend(step, &count);
    caller c = start(29);
    c.settings[FXS_OPERATIONAL_MODE] = mode;
    c.settings[FXS_MAX_OPEN_ORDERS] = maxOrders;
    c.settings[FXS_ORDER_ROWS] = 3;
    c.orders[0] = order_of(1, FXS_ORDER_SELL, 0, 1.5, MONDAY);
    c.orders[1] = latest;
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    free(bars);
    return (int)c.rows[0].tradingSignals;
}

static void shouldReenterOnlyAfterTheLatestOrderIsClosed(void) {
    fxs_order closed = order_of(2, FXS_ORDER_BUY, 0, 1.5, MONDAY + 60);
    fxs_order open = order_of(2, FXS_ORDER_BUY, 1, 1.5, MONDAY + 60);

    CHECK_INT(signals_after(0.01, closed, FXS_MODE_ON, 1), FXS_OPEN_BUY);
    CHECK_INT(signals_after(-0.01, closed, FXS_MODE_ON, 1), FXS_OPEN_SELL);
    CHECK_INT(signals_after(0.01, open, FXS_MODE_ON, 2), FXS_UPDATE_BUY);
    CHECK_INT(signals_after(0.01, closed, FXS_MODE_MONITOR, 1), 0);
    CHECK_INT(signals_after(0.01, open, FXS_MODE_MONITOR, 1), FXS_UPDATE_BUY);
}

/* A rise of weeks, then one day down: the rise still has it, yesterday says wait. */
static void shouldNotReenterAgainstYesterday(void) {
    int count;
    fxs_bar *bars = trend(0.01, &count);
    for (int i = count - 48; i < count; i++) {
        bars[i].open -= 0.02;
        bars[i].high -= 0.02;
        bars[i].low -= 0.02;
        bars[i].close -= 0.02;
    }
    caller c = start(29);
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    CHECK_INT((int)c.rows[0].tradingSignals, FXS_OPEN_BUY); /* There was never an order. */

    c = start(29);
    c.orders[0] = order_of(2, FXS_ORDER_BUY, 0, 1.5, MONDAY);
    CHECK_INT(caller_step(&c, bars, count - 1), 0);
    CHECK_INT((int)c.rows[0].tradingSignals, 0);
    free(bars);
}

static void shouldWishNothingInAFlatMarket(void) {
    int count;
    fxs_bar *bars = trend(0, &count);
    caller c = start(29);

    CHECK_INT(caller_step(&c, bars, count - 1), 0);

    CHECK_INT((int)c.rows[0].tradingSignals, 0);
    CHECK_NEAR(c.rows[0].ticketNumber, -1, 0);
    free(bars);
}

/* sum of gains (sign 1) or losses (sign -1) as the rule states it, from the days alone */
static double swing(const daily *d, double sign) {
    double mean = 0;
    for (int j = 0; j < 5; j++) {
        double inner = 0;
        for (int k = 0; k < 10; k++) {
            inner += fmax(0, sign * (d->close[j + k] - d->close[1 + j + k])) / 10;
        }
        mean += inner / 5;
    }
    return mean;
}

static double single(double price) {
    return (double)(float)price;
}

/* The one row ASI writes when at most one order is open. */
static fxs_result oracle_row(const caller *c, const daily *d) {
    const fxs_order *latest = c->orders[0].ticket != 0 ? &c->orders[0] : NULL;
    int sign = swing(d, 1) > swing(d, -1) ? 1 : -1;
    double distance = 1.5 * atr20(d), entry = c->quotes[sign > 0 ? FXS_ASK : FXS_BID];
    double stop = entry - sign * distance;
    fxs_result row = {.ticketNumber = -1};
    int isOpen = latest != NULL && latest->isOpen != 0;
    int isLong = latest != NULL && latest->type == FXS_ORDER_BUY;
    if (isOpen && isLong != (sign > 0)) {
        row.ticketNumber = latest->ticket;
        row.tradingSignals = isLong ? FXS_CLOSE_BUY : FXS_CLOSE_SELL;
    } else if (isOpen) {
        stop = sign > 0 ? fmin(stop, single(latest->openPrice))
                        : fmax(stop, single(latest->openPrice));
        row.ticketNumber = latest->ticket;
        row.tradingSignals = isLong ? FXS_UPDATE_BUY : FXS_UPDATE_SELL;
        row.brokerSL = fmin(fabs(entry - stop), fabs(entry - single(latest->stopLoss)));
    } else if (latest == NULL || sign * (d->close[0] - d->close[1]) > 0) {
        row.tradingSignals = sign > 0 ? FXS_OPEN_BUY : FXS_OPEN_SELL;
        row.brokerSL = distance;
        row.lots = fmax(0.01, 0.01 * c->account[FXS_EQUITY] / (distance * 100000));
    }
    return row;
}

static void shouldFollowTheRulesOnEveryBarOfALongRun(void) {
    enum { COUNT = 8000 };
    fxs_bar *bars = market_bars(123, COUNT, 60, MONDAY, 0);
    caller c = start(29);
    int window = caller_window(&c), seen[3] = {0};
    for (int i = window - 1; i < COUNT; i++) {
        if (!fxs_is_trading_day(bars[i].time, 0)) {
            CHECK_INT(caller_step(&c, bars, i), 0);
            continue;
        }
        int weekdays = 0; /* The oracle takes trading days alone. */
        static fxs_bar trading[COUNT];
        for (int j = i - 1200; j <= i; j++) {
            if (j >= 0 && fxs_is_trading_day(bars[j].time, 0)) {
                trading[weekdays++] = bars[j];
            }
        }
        daily d = days_before(trading, weekdays - 1);

        CHECK_INT(caller_step(&c, bars, i), 0);

        fxs_result expected = oracle_row(&c, &d);
        CHECK_INT((int)c.rows[0].tradingSignals, (int)expected.tradingSignals);
        CHECK_NEAR(c.rows[0].ticketNumber, expected.ticketNumber, 0);
        CHECK_NEAR(c.rows[0].brokerSL, expected.brokerSL, 1e-12);
        if (expected.lots > 0) {
            CHECK_NEAR(c.rows[0].lots, expected.lots, 1e-9);
        }
        seen[0] += ((int)expected.tradingSignals & (FXS_OPEN_BUY | FXS_OPEN_SELL)) != 0;
        seen[1] += ((int)expected.tradingSignals & (FXS_UPDATE_BUY | FXS_UPDATE_SELL)) != 0;
        seen[2] += ((int)expected.tradingSignals & (FXS_CLOSE_BUY | FXS_CLOSE_SELL)) != 0;
        caller_fill(&c);
    }
    printf("ASI: %d entries, %d updates, %d closes\n", seen[0], seen[1], seen[2]);
    CHECK(seen[0] > 10 && seen[1] > 500 && seen[2] > 0);
    free(bars);
}

/* What must hold on every bar of a long run of our own strategies. */
static void check_positions(int strategyId, int minEntries, int maxEntries) {
    enum { COUNT = 9000 };
    fxs_bar *bars = market_bars(12, COUNT, 1, MONDAY, 0);
    caller c = start(strategyId);
    c.settings[FXS_TIMEFRAME] = 1;
    c.settings[FXS_ORDER_ROWS] = 4;
    c.account[FXS_MINIMUM_STOP] = 0.0002;
    caller_series(&c, 0, 1, 60, 1);
    int entries = 0, calls = 0;
    for (int i = caller_window(&c) - 1; i < COUNT; i++) {
        int hadOpen = 0;
        CHECK_INT(caller_step(&c, bars, i), 0);
        for (int j = 0; j < 4; j++) {
            hadOpen += c.orders[j].isOpen != 0;
            CHECK(c.orders[j].isOpen == 0 || c.brokerTime - c.orders[j].openTime <= 48 * 60);
        }
        const fxs_result *row = &c.rows[0];
        int signals = (int)row->tradingSignals;
        if ((signals & (FXS_OPEN_BUY | FXS_OPEN_SELL)) != 0) {
            CHECK_INT(hadOpen, 0);
            CHECK(row->brokerSL >= 0.0002 && row->brokerTP >= 0.0002);
            CHECK(row->lots > 0 && row->lots * 100000 * c.quotes[FXS_ASK] <= 300000.0001);
            entries++;
        }
        calls++;
        caller_fill(&c);
    }
    printf("strategy %d: %d entries in %d calls\n", strategyId, entries, calls);
    CHECK(entries >= minEntries && entries <= maxEntries);
    free(bars);
}

static void shouldTradeABreakoutEveryFiveToTwentyBars(void) {
    check_positions(1000, 200, 900);
}

static void shouldTradeAMacdCross(void) {
    check_positions(1001, 80, 900);
}

static void shouldNotEnterOverTheSpreadLimit(void) {
    enum { COUNT = 3500 };
    fxs_bar *bars = market_bars(12, COUNT, 1, MONDAY, 0);
    caller c = start(1000);
    c.settings[FXS_TIMEFRAME] = 1;
    c.settings[FXS_MAX_SPREAD] = 0.00005;
    caller_series(&c, 0, 1, 60, 1);
    for (int i = caller_window(&c) - 1; i < COUNT; i++) {
        CHECK_INT(caller_step(&c, bars, i), 0);
        CHECK_INT((int)c.rows[0].tradingSignals, 0);
    }
    free(bars);
}

/* An entry belongs to a bar: later ticks of the same bar do not repeat it. */
static void shouldEnterOncePerBarThoughRunEveryTick(void) {
    enum { COUNT = 3500 };
    fxs_bar *bars = market_bars(12, COUNT, 1, MONDAY, 0);
    caller c = start(1000);
    c.settings[FXS_TIMEFRAME] = 1;
    c.settings[FXS_RUN_EVERY_TICK] = 1;
    caller_series(&c, 0, 1, 60, 1);
    int entries = 0;
    for (int i = caller_window(&c) - 1; i < COUNT; i++) {
        CHECK_INT(caller_step(&c, bars, i), 0);
        entries += c.rows[0].tradingSignals > 0;
        CHECK_INT(caller_step(&c, bars, i), 0);
        CHECK_INT((int)c.rows[0].tradingSignals, 0);
    }
    CHECK(entries > 10);
    free(bars);
}

int main(void) {
    RUN(shouldBuyARisingMarketWithARiskedStop);
    RUN(shouldSellAFallingMarket);
    RUN(shouldSizeByTheRulesOfTheAccount);
    RUN(shouldOnlyTightenAnOpenStop);
    RUN(shouldMirrorTheStopOfAShort);
    RUN(shouldCloseTheOtherSideAndWait);
    RUN(shouldReenterOnlyAfterTheLatestOrderIsClosed);
    RUN(shouldNotReenterAgainstYesterday);
    RUN(shouldWishNothingInAFlatMarket);
    RUN(shouldFollowTheRulesOnEveryBarOfALongRun);
    RUN(shouldTradeABreakoutEveryFiveToTwentyBars);
    RUN(shouldTradeAMacdCross);
    RUN(shouldNotEnterOverTheSpreadLimit);
    RUN(shouldEnterOncePerBarThoughRunEveryTick);
    deinitInstance(ID);
    return 0;
}
