/* The pieces our own strategies share: sizes, stops, exits by the clock, and the plan over them. */
#include "harness.h"
#include "strategy/bracket.h"
#include "strategy/leave.h"
#include "strategy/orders.h"
#include "strategy/plan.h"
#include "strategy/size.h"
#include "strategy/trail.h"

/* A Wednesday, 2024-05-15 12:00; one hour bars. */
enum { NOON = 1715731200 + 43200, HOUR = 3600, ID = 7, BARS = 30, ORDERS = 6, ROWS = 4 };

static double settings[FXS_SETTINGS], account[FXS_ACCOUNT_FIGURES], quotes[FXS_QUOTES];
static fxs_order orders[ORDERS];
static fxs_result rows[ROWS];
static fxs_bar bars[2 * BARS];
static fxs__series series[FXS_SERIES_MAX];
static fxs_setup setup;
static fxs_call call;
static int64_t lastOrderUpdate;
static fxs__run run;
static fxs__book book;

static void clear_rows(void) {
    memset(rows, 0, sizeof rows);
    run.rowsUsed = 0;
}

/* EURUSD at 1.1000/1.1001, 100000 dollars, bars of ten pips around 1.1. */
static void begin(void) {
    memset(settings, 0, sizeof settings);
    memset(account, 0, sizeof account);
    memset(orders, 0, sizeof orders);
    memset(&setup, 0, sizeof setup);
    memset(&book, 0, sizeof book);
    book.since = NOON - BARS * HOUR;
    settings[FXS_OPERATIONAL_MODE] = FXS_MODE_ON;
    settings[FXS_INSTANCE_ID] = ID;
    settings[FXS_MAX_OPEN_ORDERS] = ROWS;
    settings[FXS_ACCOUNT_RISK_PERCENT] = 1;
    settings[10] = 100;
    account[FXS_EQUITY] = 100000;
    account[FXS_LEVERAGE] = 30;
    account[FXS_CONTRACT_SIZE] = 100000;
    quotes[FXS_BID] = 1.1;
    quotes[FXS_ASK] = 1.1001;
    setup.series[0] = (fxs_series_spec){60, BARS};
    fxs__series_init(&series[0], &setup.series[0], bars);
    series[0].head = BARS - 1;
    for (int i = 0; i < BARS; i++) {
        int32_t time = NOON - (BARS - 1 - i) * HOUR;
        bars[i] = (fxs_bar){1.1, 1.1005, 1.0995, 1.1, 1, time, 0};
    }
    call = (fxs_call){.settings = settings, .account = account, .quotes = quotes,
                      .orders = orders, .orderCount = ORDERS, .brokerTime = NOON};
    run = (fxs__run){.setup = &setup, .call = &call, .series = series, .now = NOON,
                     .lastOrderUpdate = &lastOrderUpdate, .rows = rows, .rowCount = ROWS};
    clear_rows();
}

static fxs_order *hold(int i, int type, double price, double stop, int hoursAgo) {
    orders[i] = (fxs_order){.ticket = 100 + i, .instanceId = ID, .type = type, .isOpen = 1,
                            .openTime = NOON - hoursAgo * HOUR, .openPrice = price,
                            .stopLoss = stop, .lots = 1};
    return &orders[i];
}

static void at(int32_t time) {
    call.brokerTime = time;
    run.now = time;
}

/* --- Sizes. */

static void shouldSizeInLots(void) {
    begin();
    CHECK_NEAR(fxs__lots_for_risk(&run, 1, 0.005), 2, 1e-12);       /* 1000 over 500 a lot */
    CHECK_NEAR(fxs__lots_for_margin(&run, 10), 300000 / 110010.0, 1e-12);
    CHECK_NEAR(fxs__lots_for_share(&run, 110.01), 1, 1e-12);
    CHECK_NEAR(fxs__lots_for_volatility(&run, 11.001, 0.1), 1, 1e-12);
    CHECK_NEAR(fxs__periods_per_year(60, 0), 6240, 0);
    CHECK_NEAR(fxs__periods_per_year(1440, 1), 365, 0);

    account[FXS_LEVERAGE] = 0;
    CHECK_NEAR(fxs__lots_for_margin(&run, 10), 10000 / 110010.0, 1e-12);
    settings[FXS_DISABLE_COMPOUNDING] = 1;
    settings[FXS_ORIGINAL_EQUITY] = 50000;
    CHECK_NEAR(fxs__lots_for_risk(&run, 1, 0.005), 1, 1e-12);
    CHECK_NEAR(fxs__lots_for_share(&run, 220.02), 1, 1e-12);
}

static void shouldSizeYenAndGold(void) {
    begin();
    quotes[FXS_BID] = 149.98;
    quotes[FXS_ASK] = 150;
    setup.conversion = FXS_CONVERT_DIVIDE_BY_PRICE; /* USDJPY in dollars. */
    CHECK_NEAR(fxs__lots_for_risk(&run, 1, 0.75), 2, 1e-12);
    CHECK_NEAR(fxs__lots_for_margin(&run, 10), 3, 1e-12); /* 100000 dollars a lot. */

    quotes[FXS_ASK] = 2000;
    account[FXS_CONTRACT_SIZE] = 100;
    setup.conversion = FXS_CONVERT_NONE;
    CHECK_NEAR(fxs__lots_for_risk(&run, 1, 5), 2, 1e-12);
    CHECK_NEAR(fxs__lots_for_margin(&run, 10), 1.5, 1e-12);

    setup.conversion = FXS_CONVERT_TIMES_BID; /* A quote currency worth 1.25 dollars. */
    quotes[FXS_QUOTE_CONVERSION_BID] = 1.25;
    CHECK_NEAR(fxs__lots_for_margin(&run, 10), 1.2, 1e-12);
}

/* --- Stops. */

static void shouldTrailBehindThePrice(void) {
    CHECK_NEAR(fxs__stop_behind(1, 1.2, 0.01, 3), 1.17, 1e-12);
    CHECK_NEAR(fxs__stop_behind(0, 1.2, 0.01, 3), 1.23, 1e-12);
    CHECK_NEAR(fxs__stop_behind(1, 0, 0.01, 3), 0, 0);
    CHECK_NEAR(fxs__stop_behind(1, 1.2, 0, 3), 0, 0);
    CHECK_NEAR(fxs__stop_behind(1, 1.2, NAN, 3), 0, 0);
    CHECK_NEAR(fxs__stop_behind(1, 1.2, 0.01, 0), 0, 0);
    CHECK_NEAR(fxs__stop_behind(1, 1.2, 1, 3), 0, 0);
    CHECK_NEAR(fxs__tighter_stop(1, 1.1, 1.2), 1.2, 0);
    CHECK_NEAR(fxs__tighter_stop(0, 1.1, 1.2), 1.1, 0);
    CHECK_NEAR(fxs__tighter_stop(0, 0, 1.2), 1.2, 0);
    CHECK_NEAR(fxs__tighter_stop(1, 1.1, 0), 1.1, 0);
    CHECK_NEAR(fxs__tighter_stop(1, 0, 0), 0, 0);
    CHECK_NEAR(fxs__break_even_stop(1, 1.1, 1.1199, 0.02, 1), 0, 0);
    CHECK_NEAR(fxs__break_even_stop(1, 1.1, 1.1201, 0.02, 1), 1.1, 0);
    CHECK_NEAR(fxs__break_even_stop(0, 1.1, 1.0599, 0.02, 2), 1.1, 0);
    CHECK_NEAR(fxs__break_even_stop(0, 1.1, 1.05, 0, 2), 0, 0);
}

static void shouldMoveAStopOnlyCloser(void) {
    begin();
    fxs_order *order = hold(0, FXS_ORDER_BUY, 1.09, 1.08, 5);
    order->takeProfit = 1.15;
    CHECK_INT(fxs__move_stop(&run, order, 1.0799, 0), FXS__STOP_STAYS);
    CHECK_INT(fxs__move_stop(&run, order, 1.08, 0), FXS__STOP_STAYS);
    CHECK_INT(fxs__move_stop(&run, order, 1.0809, 0.001), FXS__STOP_STAYS);
    CHECK_INT(fxs__move_stop(&run, order, 0, 0), FXS__STOP_STAYS);
    CHECK_INT(fxs__move_stop(&run, order, NAN, 0), FXS__STOP_STAYS);
    CHECK_INT(run.rowsUsed, 0);
    CHECK_INT(fxs__move_stop(&run, order, 1.0811, 0.001), FXS__STOP_MOVES);
    CHECK_INT((int)rows[0].tradingSignals, FXS_UPDATE_BUY);
    CHECK_NEAR(rows[0].ticketNumber, 100, 0);
    CHECK_NEAR(rows[0].brokerSL, 1.1001 - 1.0811, 1e-12);
    CHECK_NEAR(rows[0].brokerTP, 1.15 - 1.1001, 1e-12);

    order = hold(1, FXS_ORDER_SELL, 1.11, 1.12, 5);
    CHECK_INT(fxs__move_stop(&run, order, 1.1201, 0), FXS__STOP_STAYS);
    CHECK_INT(fxs__move_stop(&run, order, 1.119, 0), FXS__STOP_MOVES);
    CHECK_INT((int)rows[1].tradingSignals, FXS_UPDATE_SELL);
    CHECK_NEAR(rows[1].brokerSL, 1.119 - 1.1, 1e-12);
    CHECK_NEAR(rows[1].brokerTP, 0, 0);
}

static void shouldKeepTheLeastDistanceAndCloseWhatIsPassed(void) {
    begin();
    account[FXS_MINIMUM_STOP] = 0.002;
    fxs_order *order = hold(0, FXS_ORDER_BUY, 1.09, 1.08, 5);
    CHECK_INT(fxs__move_stop(&run, order, 1.0999, 0), FXS__STOP_MOVES);
    CHECK_NEAR(rows[0].brokerSL, 0.0021, 1e-12);
    order->stopLoss = 1.0985; /* As near as the account allows would loosen it. */
    CHECK_INT(fxs__move_stop(&run, order, 1.0999, 0), FXS__STOP_STAYS);

    CHECK_INT(fxs__move_stop(&run, order, 1.1, 0), FXS__STOP_PASSED);
    CHECK_INT((int)rows[1].tradingSignals, FXS_CLOSE_BUY);
    order->takeProfit = 1.1001; /* Reached: an update would clear it. */
    CHECK_INT(fxs__move_stop(&run, order, 1.099, 0), FXS__STOP_STAYS);
}

static void shouldOpenNothingWithoutAFigure(void) {
    begin();
    CHECK_INT(fxs__open_order(&run, 1, NAN, 0.01, 0), 0);
    CHECK_INT(fxs__open_order(&run, 1, INFINITY, 0.01, 0), 0);
    CHECK_INT(fxs__open_order(&run, 1, 0, 0.01, 0), 0);
    CHECK_INT(fxs__open_order(&run, 1, 0.0099, 0.01, 0), 0);
    CHECK_INT(fxs__open_order(&run, 1, 1, 0, 0), 0);
    CHECK_INT(fxs__open_order(&run, 1, 1, NAN, 0), 0);
    CHECK_INT(fxs__open_order(&run, 1, 1, 0.01, NAN), 0);
    CHECK_INT(fxs__open_order(&run, 1, 1, 0.01, -1), 0);
    CHECK_INT(run.rowsUsed, 0);
    CHECK_INT(fxs__open_order(&run, 0, 1, 0.01, 0), 1);
    CHECK_NEAR(rows[0].entryPrice, 1.1, 0);
    run.rowsUsed = ROWS;
    CHECK_INT(fxs__open_order(&run, 0, 1, 0.01, 0), 0);
}

static void shouldGuardEntries(void) {
    begin();
    CHECK_INT(fxs__may_enter(&run), 1);
    settings[FXS_MAX_SPREAD] = 0.00009;
    CHECK_INT(fxs__may_enter(&run), 0);
    settings[FXS_MAX_SPREAD] = 0.00011;
    CHECK_INT(fxs__may_enter(&run), 1);
    settings[FXS_OPERATIONAL_MODE] = FXS_MODE_MONITOR;
    CHECK_INT(fxs__may_enter(&run), 0);
    settings[FXS_OPERATIONAL_MODE] = FXS_MODE_ON;
    account[FXS_EQUITY] = 0;
    CHECK_INT(fxs__may_enter(&run), 0);
}

/* A stop inside the spread is hit at once: the bracket does not enter either. */
static void shouldNotEnterInsideTheSpread(void) {
    const fxs__bracket bracket = {.stopAtrs = 2, .targetAtrs = 3, .riskPercent = 1,
                                  .marginPercent = 10, .timedExitBars = 10, .atrPeriod = 14};
    fxs__view view = {.entersLong = 1, .atr = 0.00004};
    begin();
    fxs__bracket_run(&run, &bracket, &view);
    CHECK_INT(run.rowsUsed, 0);
    account[FXS_MINIMUM_STOP] = 0.0005;
    fxs__bracket_run(&run, &bracket, &view);
    CHECK_INT(run.rowsUsed, 1);
    CHECK_NEAR(rows[0].brokerSL, 0.0006, 1e-12);
}

/* --- The clock. */

static void shouldLeaveByTheClock(void) {
    begin();
    fxs_order *order = hold(0, FXS_ORDER_BUY, 1.1, 1.09, 10);
    CHECK_INT(fxs__is_held_too_long(&run, order, 10), 1);
    CHECK_INT(fxs__is_held_too_long(&run, order, 11), 0);
    CHECK_INT(fxs__is_held_too_long(&run, order, 0), 0);
    CHECK_INT(fxs__minute_of_day(&run), 720);
    CHECK_INT(fxs__is_past_session(&run, order, 720), 1);
    CHECK_INT(fxs__is_past_session(&run, order, 780), 0);
    CHECK_INT(fxs__is_past_session(&run, order, 0), 0);
    order->openTime = NOON - 13 * HOUR; /* Yesterday. */
    CHECK_INT(fxs__is_past_session(&run, order, 780), 1);
    CHECK_INT(fxs__is_past_session(&run, order, 0), 0);
    CHECK_INT(fxs__is_week_over(&run, 1), 0); /* Wednesday. */
    at(NOON + 48 * HOUR);
    CHECK_INT(fxs__is_week_over(&run, 720), 1);
    CHECK_INT(fxs__is_week_over(&run, 780), 0);
    CHECK_INT(fxs__is_week_over(&run, 0), 0);
    at(NOON + 72 * HOUR);
    CHECK_INT(fxs__is_week_over(&run, 1439), 1);
    at(NOON + 120 * HOUR);
    CHECK_INT(fxs__is_week_over(&run, 1), 0); /* Monday. */

    call.brokerTime = NOON; /* A broker two hours behind the reference. */
    run.now = NOON + 2 * HOUR;
    order->openTime = NOON - 13 * HOUR;
    CHECK_INT((int)(fxs__open_time(&run, order) - NOON), -11 * HOUR);
    CHECK_INT(fxs__is_past_session(&run, order, 1000), 0);
}

/* Bars that open at 12:00, 16:00 and 20:00 know no 22:00: the last that opens before it decides. */
static void shouldLeaveOnTheLastBarThatOpensBefore(void) {
    begin();
    setup.series[0].timeframeMinutes = 240;
    fxs_order *order = hold(0, FXS_ORDER_BUY, 1.1, 1.09, 2);
    at(NOON + 48 * HOUR + 4 * HOUR); /* Friday 16:00. */
    CHECK_INT(fxs__is_week_over(&run, 1320), 0);
    CHECK_INT(fxs__is_week_over(&run, 1199), 1);
    CHECK_INT(fxs__is_week_over(&run, 1200), 0); /* A bar opens just then. */
    order->openTime = run.now;
    CHECK_INT(fxs__is_past_session(&run, order, 1320), 0);
    at(NOON + 48 * HOUR + 8 * HOUR);
    CHECK_INT(fxs__is_week_over(&run, 1320), 1);
    CHECK_INT(fxs__is_past_session(&run, order, 1320), 1);
    at(NOON + 48 * HOUR + 8 * HOUR + 1800); /* Within that bar as at its start. */
    CHECK_INT(fxs__is_week_over(&run, 1320), 1);
    at(NOON + 24 * HOUR + 8 * HOUR); /* Thursday. */
    CHECK_INT(fxs__is_week_over(&run, 1320), 0);
}

/* --- The book. */

static void shouldRememberTheFirstRiskAndTheBestPrice(void) {
    begin();
    fxs_order *order = hold(0, FXS_ORDER_BUY, 1.1, 1.09, 2);
    bars[BARS - 4].high = 1.2;   /* Before the entry. */
    bars[BARS - 3].high = 1.104; /* The bar of the entry. */
    fxs__book_update(&book, &run, 5);
    CHECK_NEAR(fxs__book_find(&book, &run, order).best, 1.104, 0);
    order->stopLoss = 1.099;
    fxs__book_update(&book, &run, 0);
    CHECK_NEAR(fxs__book_find(&book, &run, order).risk, 0.01, 1e-12);

    orders[0].openTime += 600; /* Late in that bar: its high may have been before. */
    memset(&book, 0, sizeof book);
    fxs__book_update(&book, &run, 5);
    CHECK_NEAR(fxs__book_find(&book, &run, order).best, 1.1005, 0);
    orders[0].openTime -= 600 - 2; /* Filled two seconds after its start. */
    memset(&book, 0, sizeof book);
    fxs__book_update(&book, &run, 5);
    CHECK_NEAR(fxs__book_find(&book, &run, order).best, 1.104, 0);

    order->isOpen = 0; /* Gone: the next of that ticket is another's. */
    fxs__book_update(&book, &run, 0);
    CHECK_INT(book.count, 0);
    fxs_order *sell = hold(1, FXS_ORDER_SELL, 1.1, 0, 0);
    fxs__book_update(&book, &run, 5);
    CHECK_NEAR(fxs__book_find(&book, &run, sell).best, 1.1, 0);
    CHECK_NEAR(fxs__book_find(&book, &run, sell).risk, 0, 0);
    orders[1].instanceId = ID + 1;
    fxs__book_update(&book, &run, 0);
    CHECK_INT(book.count, 0);
}

/* --- The plan. */

static const fxs__plan plain = {.stopAtrs = 2, .atrPeriod = 14};

static fxs__plan read(void) {
    fxs__plan plan;
    CHECK_INT(fxs__plan_read(settings, &plain, &plan), 0);
    return plan;
}

static void shouldRefuseMinutesOfTheDayForWholeDays(void) {
    static const int minutes[] = {20, 21};
    for (int i = 0; i < 2; i++) {
        begin();
        settings[minutes[i]] = 1200;
        fxs__plan plan = read();
        fxs__sight sight = {.newBars = 1, .entersLong = 1, .atr = 0.002, .close = 1.1};
        setup.series[0].timeframeMinutes = 1440;
        CHECK_INT(fxs__plan_run(&run, &plan, &sight, &book), FXS_EPARAM);
        setup.series[0].timeframeMinutes = 10080;
        CHECK_INT(fxs__plan_run(&run, &plan, &sight, &book), FXS_EPARAM);
        CHECK_INT(run.rowsUsed, 0);
        setup.series[0].timeframeMinutes = 240;
        CHECK_INT(fxs__plan_run(&run, &plan, &sight, &book), 0);
        CHECK_INT(run.rowsUsed, 1);
    }
}

static int go(fxs__sight sight) {
    fxs__plan plan = read();
    clear_rows();
    sight.atr = 0.002;
    sight.close = 1.1;
    CHECK_INT(fxs__plan_run(&run, &plan, &sight, &book), 0);
    return run.rowsUsed;
}

static const fxs__sight nothing = {.newBars = 1}, up = {.newBars = 1, .entersLong = 1},
                        upAgain = {.newBars = 0, .entersLong = 1},
                        down = {.newBars = 1, .entersShort = 1};

/* 0.01 lots would lose more than the risk that was set. */
static void shouldOpenNothingRatherThanRiskMore(void) {
    static fxs_report report;
    const fxs__bracket bracket = {.stopAtrs = 2, .targetAtrs = 3, .riskPercent = 1,
                                  .marginPercent = 10, .timedExitBars = 10, .atrPeriod = 14};
    for (int backtests = 0; backtests <= 1; backtests++) {
        begin();
        memset(&report, 0, sizeof report);
        report.severityMax = FXS_NOTICE;
        call.report = &report;
        settings[FXS_IS_BACKTESTING] = backtests;
        account[FXS_EQUITY] = 390; /* 3.90 over 40 pips: 0.00975 lots. */
        CHECK_INT(go(up), 0);
        CHECK_INT(report.eventCount, backtests ? 0 : 1);
        CHECK_INT(go(upAgain), 0);
        CHECK_INT(report.eventCount, backtests ? 0 : 1); /* Once a bar. */
        if (!backtests) {
            CHECK_TEXT(report.events[0].text, "No buy: risk and margin allow only 0.009750 lots");
        }
        fxs__view view = {.entersShort = 1, .atr = 0.002};
        fxs__bracket_run(&run, &bracket, &view);
        CHECK_INT(run.rowsUsed, 0);

        account[FXS_EQUITY] = 401;
        CHECK_INT(go(up), 1);
        CHECK_NEAR(rows[0].lots, 0.010025, 1e-12);
        fxs__bracket_run(&run, &bracket, &view);
        CHECK_INT(run.rowsUsed, 2);
    }
}

/* Two days without bars are none. */
static void shouldCountBarsNotHours(void) {
    begin();
    for (int i = 0; i < BARS - 5; i++) {
        bars[i].time -= 48 * HOUR;
    }
    fxs_order *order = hold(0, FXS_ORDER_BUY, 1.1, 1.09, 48 + 6);
    CHECK_INT(fxs__is_held_for_bars(&run, order, 6), 1);
    CHECK_INT(fxs__is_held_for_bars(&run, order, 7), 0);
    CHECK_INT(fxs__is_held_for_bars(&run, order, 0), 0);
    order->openTime += 1800; /* Within that bar. */
    CHECK_INT(fxs__is_held_for_bars(&run, order, 6), 1);
    order->openTime = bars[0].time - 10 * HOUR; /* Older than the series. */
    CHECK_INT(fxs__is_held_for_bars(&run, order, BARS - 1 + 10), 1);
    CHECK_INT(fxs__is_held_for_bars(&run, order, BARS - 1 + 11), 0);
    order->openTime = bars[BARS - 1].time;
    CHECK_INT(fxs__is_held_for_bars(&run, order, 1), 0);

    settings[FXS_TIMED_EXIT_BARS] = 7;
    order->openTime = NOON - 54 * HOUR;
    CHECK_INT(go(nothing), 0);
    settings[FXS_TIMED_EXIT_BARS] = 6;
    CHECK_INT(go(nothing), 1);
}

static void shouldFillInDefaultsAndTurnThingsOff(void) {
    const fxs__plan own = {.stopAtrs = 2, .trailAtrs = 3, .timedExitBars = 9, .targetAtrs = 4,
                           .atrPeriod = 14};
    fxs__plan plan;
    begin();
    settings[FXS_ACCOUNT_RISK_PERCENT] = 0;
    settings[10] = 0;
    CHECK_INT(fxs__plan_read(settings, &own, &plan), 0);
    CHECK_NEAR(plan.riskPercent, 0.1, 0);
    CHECK_NEAR(plan.marginPercent, 10, 0);
    CHECK_NEAR(plan.trailAtrs, 3, 0);
    CHECK_NEAR(plan.sizing, FXS__SIZE_BY_RISK, 0);
    settings[15] = -1;
    settings[FXS_TIMED_EXIT_BARS] = -1;
    settings[FXS_TP_ATR_MULTIPLIER] = -1;
    settings[11] = -1;
    CHECK_INT(fxs__plan_read(settings, &own, &plan), 0);
    CHECK_NEAR(plan.trailAtrs + plan.timedExitBars + plan.targetAtrs, 0, 0);
    CHECK_NEAR(plan.oneSide, -1, 0);
    settings[FXS_SL_ATR_MULTIPLIER] = -1; /* There is no trade without a stop. */
    CHECK_INT(fxs__plan_read(settings, &own, &plan), FXS_EPARAM);
}

static void shouldEnterOncePerBarAndSide(void) {
    begin();
    CHECK_INT(go(upAgain), 0);
    CHECK_INT(go(up), 1);
    CHECK_INT((int)rows[0].tradingSignals, FXS_OPEN_BUY);
    CHECK_NEAR(rows[0].brokerSL, 0.004, 1e-12);
    CHECK_NEAR(rows[0].lots, 2.5, 1e-12);
    CHECK_INT(go((fxs__sight){.newBars = 1, .entersLong = 1, .entersShort = 1}), 0);

    hold(0, FXS_ORDER_BUY, 1.1, 1.09, 1);
    CHECK_INT(go(up), 0);
    CHECK_INT(go(down), 1); /* Closed; a later bar enters. */
    CHECK_INT((int)rows[0].tradingSignals, FXS_CLOSE_BUY);

    begin();
    settings[11] = -1;
    CHECK_INT(go(up), 0);
    CHECK_INT(go(down), 1);
    settings[11] = 1;
    CHECK_INT(go(down), 0);
}

static void shouldSizeByTheChosenRule(void) {
    begin();
    settings[12] = FXS__SIZE_BY_SHARE;
    settings[13] = 110.01;
    CHECK_INT(go(up), 1);
    CHECK_NEAR(rows[0].lots, 1, 1e-12);
    settings[14] = 0.3;
    CHECK_INT(go(up), 1);
    CHECK_NEAR(rows[0].lots, 0.3, 0);
    settings[14] = 0;
    settings[10] = 1;
    CHECK_INT(go(up), 1);
    CHECK_NEAR(rows[0].lots, 30000 / 110010.0, 1e-12);
    settings[12] = FXS__SIZE_BY_VOLATILITY; /* The strategy estimates none. */
    fxs__plan plan;
    CHECK_INT(fxs__plan_read(settings, &plain, &plan), FXS_EPARAM);
    plan = plain;
    plan.sizing = FXS__SIZE_BY_VOLATILITY;
    plan.sizePercent = 10;
    plan.maxLots = 5;
    plan.marginPercent = 10;
    const double none[] = {0, NAN};
    for (int i = 0; i < 2; i++) {
        fxs__sight sight = {.newBars = 1, .entersLong = 1, .atr = 0.002,
                            .yearlyVolatility = none[i]};
        clear_rows();
        CHECK_INT(fxs__plan_run(&run, &plan, &sight, &book), 0);
        CHECK_INT(run.rowsUsed, 0);
    }
}

static void shouldCloseAPartOnce(void) {
    begin();
    settings[18] = 1.5;
    settings[19] = 40;
    fxs_order *order = hold(0, FXS_ORDER_BUY, 1.097, 1.095, 6);
    CHECK_INT(go(nothing), 1); /* 1.5 times 0.002 above the open price, at the bid. */
    CHECK_INT((int)rows[0].tradingSignals, FXS_CLOSE_BUY);
    CHECK_NEAR(rows[0].ticketNumber, 100, 0);
    CHECK_NEAR(rows[0].lots, 0.4, 1e-12);
    CHECK_INT(go(nothing), 1); /* Not done yet: asked again. */
    order->lots = 0.7;         /* A caller's step made it 0.3. */
    CHECK_INT(go(nothing), 0);
    order->stopLoss = 1.097; /* The first risk counts. */
    order->lots = 1;
    CHECK_INT(go(nothing), 1);
    quotes[FXS_BID] = 1.09999;
    CHECK_INT(go(nothing), 0);

    begin();
    settings[18] = 1.5;
    order = hold(0, FXS_ORDER_SELL, 1.1, 1.101, 6);
    quotes[FXS_ASK] = 1.0985;
    quotes[FXS_BID] = 1.0984;
    CHECK_INT(go(nothing), 1);
    CHECK_INT((int)rows[0].tradingSignals, FXS_CLOSE_SELL);
    CHECK_NEAR(rows[0].lots, 0.5, 1e-12);

    begin();
    settings[18] = 1.5;
    hold(0, FXS_ORDER_BUY, 1.097, 1.095, 6)->lots = 0.019;
    CHECK_INT(go(nothing), 0); /* The rest would be no order. */
}

/* The instance is made anew while it holds a trade of which a part was closed. */
static void shouldCloseNoPartOfATradeOlderThanTheBook(void) {
    begin();
    settings[17] = 1;
    settings[18] = 1.5;
    memset(&book, 0, sizeof book);
    fxs_order *order = hold(0, FXS_ORDER_BUY, 1.097, 1.0969, 6); /* Its stop was moved. */
    order->lots = 0.5;
    CHECK_INT(go(nothing), 0);
    CHECK_INT((int)(book.since - NOON), 0);
    CHECK_NEAR(fxs__book_find(&book, &run, order).risk, 0, 0);
    at(NOON + HOUR);
    CHECK_INT(go(nothing), 0); /* Nor later. */

    order = hold(1, FXS_ORDER_BUY, 1.097, 1.095, 0); /* Opened on the first run: all is known. */
    order->lots = 1;
    CHECK_INT(go(nothing), 1);
    CHECK_NEAR(rows[0].ticketNumber, 101, 0);
    CHECK_NEAR(rows[0].lots, 0.5, 1e-12);
}

static void shouldAddOnlyWhatHasRoom(void) {
    begin();
    settings[22] = 1;
    hold(0, FXS_ORDER_BUY, 1.098, 1.09, 1);
    CHECK_INT(go(nothing), 1);
    CHECK_INT((int)rows[0].tradingSignals, FXS_OPEN_BUY);
    CHECK_INT(go((fxs__sight){.newBars = 0}), 0);
    hold(1, FXS_ORDER_BUYLIMIT, 1.05, 0, 1); /* A pending order takes room too. */
    settings[FXS_MAX_OPEN_ORDERS] = 2;
    CHECK_INT(go(nothing), 0);

    begin();
    settings[22] = 1;
    hold(0, FXS_ORDER_BUY, 1.098, 1.09, 1);
    hold(1, FXS_ORDER_SELL, 1.102, 1.2, 1);
    CHECK_INT(go(nothing), 0); /* Not while the other side is open. */
}

static void shouldFollowWithTheTightestStop(void) {
    begin();
    settings[15] = 3;
    settings[17] = 1;
    fxs_order *order = hold(0, FXS_ORDER_BUY, 1.097, 1.094, 6);
    bars[BARS - 3].high = 1.0999;
    for (int i = BARS - 8; i < BARS; i++) {
        bars[i].high = fmin(bars[i].high, 1.0999);
    }
    CHECK_INT(go((fxs__sight){.newBars = 6}), 0); /* Neither 1 R nor a tighter trail. */
    bars[BARS - 2].high = 1.1005;
    CHECK_INT(go(nothing), 1);
    CHECK_NEAR(quotes[FXS_ASK] - rows[0].brokerSL, 1.097, 1e-12); /* Break even. */
    order->stopLoss = 1.097;
    bars[BARS - 2].high = 1.1035; /* The chandelier is above the open price. */
    CHECK_INT(go(nothing), 1);
    CHECK_NEAR(quotes[FXS_ASK] - rows[0].brokerSL, 1.0975, 1e-12);
    order->stopLoss = 1.0975;
    settings[16] = FXS__TRAIL_FROM_CLOSE;
    CHECK_INT(go(nothing), 0);

    CHECK_INT(go((fxs__sight){.newBars = 1, .longStop = 1.099}), 1); /* The strategy's own. */
    CHECK_NEAR(quotes[FXS_ASK] - rows[0].brokerSL, 1.099, 1e-12);
    CHECK_INT(go((fxs__sight){.newBars = 1, .longStop = 1.1}), 1);
    CHECK_INT((int)rows[0].tradingSignals, FXS_CLOSE_BUY);
}

static void shouldGiveBackALostStop(void) {
    begin();
    hold(0, FXS_ORDER_SELL, 1.101, 0, 1);
    CHECK_INT(go(nothing), 1);
    CHECK_INT((int)rows[0].tradingSignals, FXS_UPDATE_SELL);
    CHECK_NEAR(quotes[FXS_BID] + rows[0].brokerSL, 1.105, 1e-12);
}

/* The order of this bar failed, and the caller asks again. */
static void shouldTryAFailedEntryAgain(void) {
    begin();
    CHECK_INT(go(upAgain), 0);
    call.isForced = 1;
    CHECK_INT(go(upAgain), 1);
    CHECK_INT((int)rows[0].tradingSignals, FXS_OPEN_BUY);
    fxs_order *order = hold(0, FXS_ORDER_BUY, 1.1, 1.05, 3);
    CHECK_INT(go(upAgain), 0); /* It was another order that failed. */
    order->isOpen = 0;
    CHECK_INT(go(upAgain), 1);
    order->openTime = NOON; /* The entry of this bar is over. */
    CHECK_INT(go(upAgain), 0);
}

static void shouldTryAFailedBracketAgain(void) {
    extern const fxs__strategy fxs__bollinger_breakout;
    static _Alignas(16) char state[1 << 14];
    CHECK(fxs__bollinger_breakout.stateSize <= sizeof state);
    begin();
    memset(state, 0, sizeof state);
    series[0].state.completed = BARS - 1;
    bars[BARS - 2].close = bars[BARS - 2].high = 1.12;
    CHECK_INT(fxs__bollinger_breakout.run(&run, state), 0);
    CHECK_INT((int)rows[0].tradingSignals, FXS_OPEN_BUY);
    clear_rows();
    CHECK_INT(fxs__bollinger_breakout.run(&run, state), 0);
    CHECK_INT(run.rowsUsed, 0);
    call.isForced = 1;
    CHECK_INT(fxs__bollinger_breakout.run(&run, state), 0);
    CHECK_INT((int)rows[0].tradingSignals, FXS_OPEN_BUY);
    clear_rows();
    hold(0, FXS_ORDER_BUY, 1.12, 1.05, 1);
    CHECK_INT(fxs__bollinger_breakout.run(&run, state), 0);
    CHECK_INT(run.rowsUsed, 0);
}

static void shouldCloseByTheClockAndEnterNoMore(void) {
    begin();
    settings[20] = 720;
    hold(0, FXS_ORDER_BUY, 1.1, 1.09, 1);
    hold(1, FXS_ORDER_BUY, 1.1, 1.09, 1);
    CHECK_INT(go(up), 2);
    CHECK_INT((int)rows[1].tradingSignals, FXS_CLOSE_BUY);
    memset(orders, 0, sizeof orders);
    CHECK_INT(go(up), 0);
    settings[20] = 780;
    CHECK_INT(go(up), 1);

    settings[21] = 600;
    at(NOON + 48 * HOUR); /* Friday. */
    settings[20] = 0;
    CHECK_INT(go(up), 0);
    settings[FXS_OPERATIONAL_MODE] = FXS_MODE_MONITOR; /* Closing is never forbidden. */
    hold(0, FXS_ORDER_SELL, 1.1, 1.12, 1);
    CHECK_INT(go(nothing), 1);
    CHECK_INT((int)rows[0].tradingSignals, FXS_CLOSE_SELL);
}

static void shouldReportWhatItHoldsAndTellWishesLive(void) {
    static fxs_report report;
    for (int backtests = 0; backtests <= 1; backtests++) {
        begin();
        memset(&report, 0, sizeof report);
        report.severityMax = FXS_INFO;
        call.report = &report;
        settings[FXS_IS_BACKTESTING] = backtests;
        hold(0, FXS_ORDER_BUY, 1.097, 1.094, 6);
        CHECK_INT(go((fxs__sight){.newBars = 1, .longStop = 1.099}), 1);
        CHECK_TEXT(report.values[3].name, "Stop");
        CHECK_NEAR(report.values[3].value, 1.094, 0);
        CHECK_NEAR(report.values[1].value, 1, 0);
        CHECK_INT(report.eventCount, backtests ? 0 : 1);
        if (!backtests) {
            CHECK_TEXT(report.events[0].text, "Stop of ticket 100 from 1.094 to 1.099");
        }
    }
}

int main(void) {
    RUN(shouldSizeInLots);
    RUN(shouldSizeYenAndGold);
    RUN(shouldTrailBehindThePrice);
    RUN(shouldMoveAStopOnlyCloser);
    RUN(shouldKeepTheLeastDistanceAndCloseWhatIsPassed);
    RUN(shouldOpenNothingWithoutAFigure);
    RUN(shouldGuardEntries);
    RUN(shouldNotEnterInsideTheSpread);
    RUN(shouldOpenNothingRatherThanRiskMore);
    RUN(shouldLeaveByTheClock);
    RUN(shouldCountBarsNotHours);
    RUN(shouldLeaveOnTheLastBarThatOpensBefore);
    RUN(shouldRefuseMinutesOfTheDayForWholeDays);
    RUN(shouldRememberTheFirstRiskAndTheBestPrice);
    RUN(shouldFillInDefaultsAndTurnThingsOff);
    RUN(shouldEnterOncePerBarAndSide);
    RUN(shouldSizeByTheChosenRule);
    RUN(shouldCloseAPartOnce);
    RUN(shouldCloseNoPartOfATradeOlderThanTheBook);
    RUN(shouldAddOnlyWhatHasRoom);
    RUN(shouldFollowWithTheTightestStop);
    RUN(shouldGiveBackALostStop);
    RUN(shouldTryAFailedEntryAgain);
    RUN(shouldTryAFailedBracketAgain);
    RUN(shouldCloseByTheClockAndEnterNoMore);
    RUN(shouldReportWhatItHoldsAndTellWishesLive);
    return 0;
}
