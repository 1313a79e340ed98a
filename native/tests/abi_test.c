/* The interface as a caller sees it: nulls, return codes, when a strategy runs, what is cleared. */
#include <pthread.h>
#include <unistd.h>

#include "harness.h"
#include "market.h"

enum { MONDAY = 946857600, BARS = 400, ID = 11 };

static fxs_bar *bars;

static caller ready(int strategyId) {
    deinitInstance(ID);
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    caller c = caller_of(ID, strategyId, 60);
    c.brokerTime = bars[BARS - 1].time;
    c.quotes[FXS_BID] = 1.1;
    c.quotes[FXS_ASK] = 1.1001;
    c.window = bars;
    for (int i = 0; i < MARKET_SERIES; i++) {
        c.info[i].ratesArraySize = BARS;
    }
    return c;
}

static void shouldReportItsVersion(void) {
    int major = 0, minor = 0, bugfix = 0;

    getFrameworkVersion(&major, &minor, &bugfix);
    getFrameworkVersion(NULL, NULL, NULL);

    CHECK_INT(major, 4);
    CHECK_INT(minor, 5);
    CHECK_INT(bugfix, 10);
    CHECK_INT(jf_runStrategy(NULL, NULL), 0);
}

/* Every argument in turn is null. */
static int run_with_null(caller *c, int missing) {
    CRates *r[10];
    for (int i = 0; i < 10; i++) {
        r[i] = missing == 11 + i ? NULL : (CRates *)c->window;
    }
#define UNLESS(index, type, value) (missing == (index) ? NULL : (type)(value))
    return c_runStrategy(
        UNLESS(0, double *, c->settings), UNLESS(1, char *, c->symbol),
        UNLESS(2, char *, c->currency), UNLESS(3, char *, c->broker),
        UNLESS(4, char *, c->reference), UNLESS(5, int *, &c->brokerTime),
        UNLESS(6, int *, c->openOrders), UNLESS(7, fxs_order *, c->orders),
        UNLESS(8, double *, c->account), UNLESS(9, double *, c->quotes),
        UNLESS(10, CRatesInfo *, c->info), r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8],
        r[9], UNLESS(21, double *, c->rows));
#undef UNLESS
}

static void shouldRefuseEveryNull(void) {
    caller c = ready(1001);

    for (int missing = 0; missing <= 21; missing++) {
        CHECK_INT(run_with_null(&c, missing), SAKER_NULL_POINTER);
    }
    CHECK_INT(run_with_null(&c, -1), SAKER_SUCCESS);

    CHECK_INT(initInstanceC(ID, 1, NULL, ""), SAKER_NULL_POINTER);
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), NULL), SAKER_NULL_POINTER);
    CHECK_INT(initInstanceMQL5(ID, 1, NULL), SAKER_NULL_POINTER);
    CHECK_INT(initInstanceMQL4(ID, 1, NULL), SAKER_NULL_POINTER);
    Mql4String empty = {0, NULL};
    CHECK_INT(initInstanceMQL4(ID, 1, &empty), SAKER_NULL_POINTER);
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    fputs(text, file);
    fclose(file);
}

/* The good file with one piece of text replaced. */
static int init_with(const char *from, const char *to, int id) {
    static char text[4096], changed[4096];
    FILE *file = fopen(market_config(), "r");
    CHECK(file != NULL);
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    char *at = strstr(text, from);
    CHECK(at != NULL);
    snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    write_file("test-changed.xml", changed);
    return initInstanceC(id, 1, "test-changed.xml", "");
}

static void shouldJudgeTheConfiguration(void) {
    static const char *const mandatory[] = {
        "TempFileFolderPath>", "ConfigPaths>", "ConfigFolderPath>", "BrokerTZFilename>",
        "ParamSpaceFilenameExtension>", "Logging>", "Folder>log", "MaxSeverity>",
        "EnableEquityLog>", "EnableEntryLog>", "barsToLog>",
    };
    for (size_t i = 0; i < sizeof mandatory / sizeof mandatory[0]; i++) {
        CHECK_INT(init_with(mandatory[i], "Other>", 12), SAKER_INVALID_CONFIG);
    }
    CHECK_INT(init_with("TradingWeekBoundaries>", "Other>", 12), SAKER_NULL_POINTER);
    CHECK_INT(init_with("<MaxSeverity>2", "<MaxSeverity>two", 12), SAKER_INVALID_CONFIG);
    CHECK_INT(init_with("test-broker-tz.csv", "missing.csv", 12), SAKER_MISSING_CONFIG);
    CHECK_INT(initInstanceC(12, 1, "missing.xml", ""), SAKER_MISSING_CONFIG);
    write_file("test-bad-tz.csv", "header\n\"Local\";13;0;0;\"\";0;0;0;\"\";0;0;1;\"\";5;\"\"\n");
    CHECK_INT(init_with("test-broker-tz.csv", "test-bad-tz.csv", 12), SAKER_INVALID_CONFIG);
    CHECK_INT(init_with("tmp", "temp", 12), SAKER_SUCCESS);
    deinitInstance(12);
}

static void shouldRefuseAnUnknownInstance(void) {
    caller c = ready(1001);
    deinitInstance(ID);
    deinitInstance(ID);

    CHECK_INT(caller_call(&c), SAKER_UNKNOWN_INSTANCE_ID);
    c.settings[FXS_OPERATIONAL_MODE] = FXS_MODE_OFF;
    CHECK_INT(caller_call(&c), SAKER_SUCCESS);
}

static void shouldHoldTwoHundredInstances(void) {
    deinitInstance(ID);
    for (int i = 0; i < SAKER_MAX_INSTANCES; i++) {
        CHECK_INT(initInstanceMQL5(5000 + i, 1, (char *)market_config()), 0);
    }
    CHECK_INT(initInstanceMQL5(6000, 1, (char *)market_config()), SAKER_TOO_MANY_INSTANCES);
    CHECK_INT(initInstanceMQL5(5000, 1, (char *)market_config()), 0);
    deinitInstance(5100);
    CHECK_INT(initInstanceMQL5(6000, 1, (char *)market_config()), 0);
    deinitInstance(6000);
    for (int i = 0; i < SAKER_MAX_INSTANCES; i++) {
        deinitInstance(5000 + i);
    }
}

static void shouldRefuseUnknownStrategies(void) {
    const double ids[] = {0, 1, 18, 19, 26, 27, 28, 31, 999, 1010, 29.5, NAN};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        caller c = ready(1001);
        c.settings[FXS_STRATEGY_ID] = ids[i];
        CHECK_INT(caller_call(&c), SAKER_INVALID_STRATEGY);
    }
    caller c = ready(29);
    caller_autobbs(&c, 60);
    c.settings[FXS_TREND_MODE] = 23;
    CHECK_INT(caller_call(&c), SAKER_INVALID_STRATEGY);
}

static void shouldAskForEnoughBars(void) {
    caller c = ready(1001);
    c.info[0].totalBarsRequired = 100;
    c.info[0].ratesArraySize = 119;
    CHECK_INT(caller_call(&c), SAKER_NOT_ENOUGH_RATES_DATA);
    c.info[0].ratesArraySize = 120;
    CHECK_INT(caller_call(&c), SAKER_SUCCESS);

    c = ready(1001);
    c.info[0].totalBarsRequired = 30; /* Below the strategy's lookback of 35. */
    CHECK_INT(caller_call(&c), SAKER_NOT_ENOUGH_RATES_DATA);

    c = ready(29);
    caller_autobbs(&c, 60);
    c.info[5].isEnabled = 0;
    c.info[4].totalBarsRequired = 21;
    c.info[4].ratesArraySize = 10000;
    CHECK_INT(caller_call(&c), SAKER_NOT_ENOUGH_RATES_DATA);
}

static void shouldRefuseBadBars(void) {
    caller c = ready(1001);
    double close = bars[200].close;
    bars[200].close = NAN;

    int code = caller_call(&c);

    bars[200].close = close;
    CHECK_INT(code, SAKER_NORMALIZE_BARS_FAILED);
}

static int code_with(int index, double value) {
    caller c = ready(1001);
    c.settings[index] = value;
    return caller_call(&c);
}

static void shouldRefuseBadParameters(void) {
    CHECK_INT(code_with(FXS_MAX_OPEN_ORDERS, 0), SAKER_INVALID_PARAMETER);
    CHECK_INT(code_with(FXS_MAX_OPEN_ORDERS, 201), SAKER_INVALID_PARAMETER);
    CHECK_INT(code_with(FXS_ORDER_ROWS, -1), SAKER_INVALID_PARAMETER);
    CHECK_INT(code_with(FXS_ORDER_ROWS, NAN), SAKER_INVALID_PARAMETER);
    CHECK_INT(code_with(FXS_OPERATIONAL_MODE, 3), SAKER_INVALID_PARAMETER);
    CHECK_INT(code_with(FXS_ACCOUNT_RISK_PERCENT, 101), SAKER_INVALID_PARAMETER);
    CHECK_INT(code_with(FXS_ACCOUNT_RISK_PERCENT, NAN), SAKER_INVALID_PARAMETER);
    CHECK_INT(code_with(FXS_TIMEFRAME, 5), SAKER_INVALID_PARAMETER);
    CHECK_INT(code_with(FXS_SL_ATR_MULTIPLIER, -1), SAKER_INVALID_PARAMETER);
    CHECK_INT(code_with(0, 30), SAKER_INVALID_PARAMETER); /* fast above slow */
    CHECK_INT(code_with(FXS_TIMEFRAME, 0), SAKER_SUCCESS);

    caller c = ready(1001);
    c.account[FXS_CONTRACT_SIZE] = 0;
    CHECK_INT(caller_call(&c), SAKER_INVALID_PARAMETER);
    c = ready(1001);
    c.info[0].isEnabled = 0;
    CHECK_INT(caller_call(&c), SAKER_INVALID_PARAMETER);
    c = ready(29);
    caller_autobbs(&c, 60);
    c.info[5].isEnabled = 0;
    c.info[4].totalBarsRequired = 22;
    c.info[4].requiredTimeframe = 240;
    for (int i = 0; i < 5; i++) {
        c.info[i].ratesArraySize = BARS;
    }
    CHECK_INT(caller_call(&c), SAKER_INVALID_PARAMETER);
}

static void shouldRefuseContradictions(void) {
    caller c = ready(29);
    caller_autobbs(&c, 60);
    c.info[5].isEnabled = 0;
    c.info[4].totalBarsRequired = 22;
    fxs_bar *more = market_bars(5, 1200, 60, MONDAY, 0);
    c.window = more;
    c.brokerTime = more[1199].time;
    for (int i = 0; i < 5; i++) {
        c.info[i].ratesArraySize = 1200;
    }
    c.settings[FXS_MACRO_TREND] = 1;
    c.settings[FXS_ONE_SIDE] = -1;

    CHECK_INT(caller_call(&c), SAKER_INVALID_CONFIG);
    c.settings[FXS_ONE_SIDE] = 1;
    CHECK_INT(caller_call(&c), SAKER_SUCCESS);
    free(more);
}

static void shouldKnowItsTimeZones(void) {
    caller c = ready(1001);
    c.broker = "Nowhere";
    CHECK_INT(caller_call(&c), SAKER_UNKNOWN_TIMEZONE);
    c = ready(1001);
    c.reference = "utc"; /* Names are exact. */
    CHECK_INT(caller_call(&c), SAKER_UNKNOWN_TIMEZONE);
    c = ready(1001);
    write_file("test-no-local.csv", "header\n\"UTC\";0;0;0;\"\";0;0;0;\"\";0;0;1;\"\";6;\"\"\n");
    CHECK_INT(init_with("test-broker-tz.csv", "test-no-local.csv", ID), 0);
    CHECK_INT(caller_call(&c), SAKER_UNKNOWN_TIMEZONE);
    c = ready(1001);
    c.broker = "New York";
    c.reference = "Europe East";
    CHECK_INT(caller_call(&c), SAKER_SUCCESS);
}

static void shouldRefuseZeroQuotes(void) {
    for (int i = 0; i < 2; i++) {
        caller c = ready(1001);
        c.quotes[i] = 0;
        CHECK_INT(caller_call(&c), SAKER_BID_ASK_IS_ZERO);
        c.quotes[i] = NAN;
        CHECK_INT(caller_call(&c), SAKER_BID_ASK_IS_ZERO);
    }
}

static void shouldRefuseToBecomeAnotherInstance(void) {
    caller c = ready(1001);
    CHECK_INT(caller_call(&c), 0);

    caller other = c;
    other.symbol = "GBPUSD";
    CHECK_INT(caller_call(&other), SAKER_INVALID_PARAMETER);
    other = c;
    other.settings[FXS_STRATEGY_ID] = 1000;
    CHECK_INT(caller_call(&other), SAKER_INVALID_STRATEGY);
    other = c;
    other.info[0].totalBarsRequired = 61;
    CHECK_INT(caller_call(&other), SAKER_INVALID_PARAMETER);
    other = c;
    other.info[0].ratesArraySize = 10;
    CHECK_INT(caller_call(&other), SAKER_NOT_ENOUGH_RATES_DATA);
    CHECK_INT(caller_call(&c), 0);
}

static void mark(caller *c) {
    for (int i = 0; i < MARKET_ROWS; i++) {
        c->rows[i].lots = 77;
    }
}

/* Rows are cleared when the strategy runs, and only as many as MAX_OPEN_ORDERS. */
static void shouldRunOncePerPrimaryBar(void) {
    caller c = ready(1001);
    c.settings[FXS_MAX_OPEN_ORDERS] = 2;

    mark(&c);
    CHECK_INT(caller_call(&c), 0);
    CHECK_NEAR(c.rows[1].lots, 0, 0);
    CHECK_NEAR(c.rows[1].ticketNumber, -1, 0);
    CHECK_NEAR(c.rows[2].lots, 77, 0);

    mark(&c);
    CHECK_INT(caller_call(&c), 0);
    CHECK_NEAR(c.rows[1].lots, 77, 0); /* Not due. */

    c.settings[FXS_RUN_EVERY_TICK] = 1;
    CHECK_INT(caller_call(&c), 0);
    CHECK_NEAR(c.rows[1].lots, 0, 0);

    c.settings[FXS_RUN_EVERY_TICK] = 0;
    fxs_bar *more = market_bars(1, BARS + 1, 60, MONDAY, 0);
    c.window = more + 1;
    c.brokerTime = more[BARS].time;
    mark(&c);
    CHECK_INT(caller_call(&c), 0);
    CHECK_NEAR(c.rows[1].lots, 0, 0); /* A new bar. */
    free(more);
}

static void shouldDoNothingOnDaysWithoutTrading(void) {
    caller c = ready(1001);
    c.brokerTime = MONDAY + 5 * 86400; /* Saturday */
    mark(&c);
    CHECK_INT(caller_call(&c), 0);
    CHECK_NEAR(c.rows[0].lots, 77, 0);

    c = ready(1001);
    c.symbol = "BTCUSD";
    c.brokerTime = MONDAY + 5 * 86400;
    mark(&c);
    CHECK_INT(caller_call(&c), 0);
    CHECK_NEAR(c.rows[0].lots, 0, 0);
}

static void shouldLookAgainLiveAtAnUnprotectedOrder(void) {
    caller c = ready(1001);
    c.settings[FXS_IS_BACKTESTING] = 0;
    c.settings[FXS_USE_SL] = 1;
    CHECK_INT(caller_call(&c), 0);
    c.orders[0] = (fxs_order){.ticket = 1, .instanceId = ID, .openTime = c.brokerTime,
                              .openPrice = 1.1, .stopLoss = 1.0, .isOpen = 1};

    mark(&c);
    CHECK_INT(caller_call(&c), 0);
    CHECK_NEAR(c.rows[0].lots, 77, 0);
    c.orders[0].stopLoss = 0;
    CHECK_INT(caller_call(&c), 0);
    CHECK_NEAR(c.rows[0].lots, 0, 0);
}

static void shouldSkipGoldAtItsReopening(void) {
    caller c = ready(1001);
    c.symbol = "XAUUSD";
    c.settings[FXS_IS_BACKTESTING] = 0;
    c.brokerTime = MONDAY + 86400 + 3600 + 59;
    mark(&c);
    CHECK_INT(caller_call(&c), 0);
    CHECK_NEAR(c.rows[0].lots, 77, 0);
    c.brokerTime++;
    CHECK_INT(caller_call(&c), 0);
    CHECK_NEAR(c.rows[0].lots, 0, 0);
}

static void shouldAnswerMetaTraderAlike(void) {
    static Mql5Rates five[BARS];
    static Mql4Rates four[BARS];
    for (int i = 0; i < BARS; i++) {
        const fxs_bar *b = &bars[i];
        four[i] = (Mql4Rates){(uint32_t)b->time, b->open, b->low, b->high, b->close, b->volume};
        five[i] = (Mql5Rates){(uint64_t)b->time, b->open, b->high, b->low, b->close,
                              (int64_t)b->volume, 0, 0};
    }
    int wishes = 0;
    for (int last = 300; last < BARS; last++) {
        caller c = ready(1000), c4 = ready(1000), c5 = ready(1000);
        c.info[0].ratesArraySize = c4.info[0].ratesArraySize = c5.info[0].ratesArraySize = last;
        CHECK_INT(caller_call(&c), 0);

        deinitInstance(ID);
        CHECK_INT(initInstanceMQL5(ID, 1, (char *)market_config()), 0);
        CHECK_INT(mql5_runStrategy(c5.settings, (char *)c5.symbol, (char *)c5.currency,
                                   (char *)c5.broker, (char *)c5.reference, &c5.brokerTime,
                                   c5.openOrders, c5.orders, c5.account, c5.quotes, c5.info, five,
                                   five, five, five, five, five, five, five, five, five,
                                   (double *)c5.rows),
                  0);

        char configPath[] = "test-config.xml", symbol[] = "EURUSD", usd[] = "USD", utc[] = "UTC";
        Mql4String config = {15, configPath}, s = {6, symbol}, a = {3, usd}, b = {3, utc};
        CHECK_INT(initInstanceMQL4(ID, 1, &config), 0);
        CHECK_INT(mql4_runStrategy(c4.settings, &s, &a, &b, &b, &c4.brokerTime, c4.openOrders,
                                   c4.orders, c4.account, c4.quotes, c4.info, four, four, four,
                                   four, four, four, four, four, four, four, (double *)c4.rows),
                  0);

        CHECK(memcmp(c.rows, c4.rows, sizeof c.rows[0]) == 0);
        CHECK(memcmp(c.rows, c5.rows, sizeof c.rows[0]) == 0);
        wishes += c.rows[0].tradingSignals > 0;
    }
    CHECK(wishes > 3);
}

typedef struct {
    int id;
    double checksum;
} worker;

static void *work(void *argument) {
    worker *w = argument;
    w->checksum = 0;
    enum { COUNT = 6000 };
    fxs_bar *own = market_bars(9, COUNT, 1, MONDAY, 0);
    CHECK_INT(initInstanceC(w->id, 1, "test-config.xml", ""), 0);
    caller c = caller_of(w->id, 1000, 1);
    for (int i = caller_window(&c) - 1; i < COUNT; i++) {
        CHECK_INT(caller_step(&c, own, i), 0);
        caller_fill(&c);
        w->checksum += c.rows[0].tradingSignals * i + c.rows[0].lots;
    }
    deinitInstance(w->id);
    free(own);
    return NULL;
}

static void shouldServeThreadsWithDifferentIds(void) {
    enum { THREADS = 8 };
    (void)market_config();
    worker workers[THREADS];
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i].id = 100 + i;
        CHECK(pthread_create(&threads[i], NULL, work, &workers[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        CHECK_NEAR(workers[i].checksum, workers[0].checksum, 0);
    }
    CHECK(workers[0].checksum > 0);
}

/* The files are gone, and the run goes on. */
static void shouldNeedNoFileAfterInit(void) {
    caller c = ready(1001);
    CHECK(unlink("test-config.xml") == 0 && unlink("test-broker-tz.csv") == 0);
    fxs_bar *own = market_bars(9, BARS, 60, MONDAY, 0);
    caller_series(&c, 0, 60, 60, 60);

    for (int i = 200; i < BARS; i++) {
        CHECK_INT(caller_step(&c, own, i), 0);
    }

    (void)market_config();
    free(own);
}

int main(void) {
    bars = market_bars(1, BARS, 60, MONDAY, 0);
    RUN(shouldReportItsVersion);
    RUN(shouldRefuseEveryNull);
    RUN(shouldJudgeTheConfiguration);
    RUN(shouldRefuseAnUnknownInstance);
    RUN(shouldHoldTwoHundredInstances);
    RUN(shouldRefuseUnknownStrategies);
    RUN(shouldAskForEnoughBars);
    RUN(shouldRefuseBadBars);
    RUN(shouldRefuseBadParameters);
    RUN(shouldRefuseContradictions);
    RUN(shouldKnowItsTimeZones);
    RUN(shouldRefuseZeroQuotes);
    RUN(shouldRefuseToBecomeAnotherInstance);
    RUN(shouldRunOncePerPrimaryBar);
    RUN(shouldDoNothingOnDaysWithoutTrading);
    RUN(shouldLookAgainLiveAtAnUnprotectedOrder);
    RUN(shouldSkipGoldAtItsReopening);
    RUN(shouldAnswerMetaTraderAlike);
    RUN(shouldServeThreadsWithDifferentIds);
    RUN(shouldNeedNoFileAfterInit);
    deinitInstance(ID);
    free(bars);
    return 0;
}
