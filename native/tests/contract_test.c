/*
 * The interface as a caller sees it: names, nulls, return codes, when a strategy runs, what is
 * cleared. Everything goes through the library that is named.
 *
 * usage: contract_test LIBRARY EXPORTS
 */
#include <pthread.h>
#include <unistd.h>

#include "harness.h"
#include "library.h"
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

static void shouldExportItsNames(const char *path) {
    static const char *const internals[] = {"fxs_create", "fxs_on_bar", "fxs_crc32c",
                                            "saker__acquire", "saker__parse_config"};
    char name[128];
    int count = 0;
    FILE *file = fopen(path, "r");
    CHECK(file != NULL);
    for (; fscanf(file, "%127s", name) == 1; count++) {
        CHECK(library_find(name) != NULL);
    }
    fclose(file);
    CHECK_INT(count, 40);
    for (size_t i = 0; i < sizeof internals / sizeof internals[0]; i++) {
        CHECK(library_find(internals[i]) == NULL);
    }
    printf("ok shouldExportItsNames\n");
}

enum { PARAMETERS = 22, FIRST_STRING = 1, LAST_STRING = 4, FIRST_RATES = 11, VARIANTS = 3 };

/* A call by one of the three functions, the arguments as plain pointers. */
static int run_variant(int variant, void *a[PARAMETERS]) {
    switch (variant) {
    case 0:
        return c_runStrategy(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10],
                             a[11], a[12], a[13], a[14], a[15], a[16], a[17], a[18], a[19], a[20],
                             a[21]);
    case 1:
        return mql5_runStrategy(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10],
                                a[11], a[12], a[13], a[14], a[15], a[16], a[17], a[18], a[19],
                                a[20], a[21]);
    default:
        return mql4_runStrategy(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10],
                                a[11], a[12], a[13], a[14], a[15], a[16], a[17], a[18], a[19],
                                a[20], a[21]);
    }
}

static Mql5Rates five[BARS];
static Mql4Rates four[BARS];

static void fill_metatrader_rates(void) {
    for (int i = 0; i < BARS; i++) {
        const fxs_bar *b = &bars[i];
        four[i] = (Mql4Rates){(uint32_t)b->time, b->open, b->low, b->high, b->close, b->volume};
        five[i] = (Mql5Rates){(uint64_t)b->time, b->open, b->high, b->low, b->close,
                              (int64_t)b->volume, 0, 0};
    }
}

/* The arguments of a call; `strings` are those of the variant of the old MetaTrader. */
static void arguments_of(caller *c, int variant, Mql4String strings[4], void *a[PARAMETERS]) {
    void *rates = variant == 0 ? (void *)bars : variant == 1 ? (void *)five : (void *)four;
    const char *const texts[] = {c->symbol, c->currency, c->broker, c->reference};
    for (int i = 0; i < 4; i++) {
        strings[i] = (Mql4String){(long)strlen(texts[i]), (char *)texts[i]};
        a[FIRST_STRING + i] = variant == 2 ? (void *)&strings[i] : (void *)texts[i];
    }
    a[0] = c->settings;
    a[5] = &c->brokerTime;
    a[6] = c->openOrders;
    a[7] = c->orders;
    a[8] = c->account;
    a[9] = c->quotes;
    a[10] = c->info;
    for (int i = 0; i < 10; i++) {
        a[FIRST_RATES + i] = rates;
    }
    a[21] = c->rows;
}

static void shouldRefuseEveryNullOfACall(void) {
    for (int variant = 0; variant < VARIANTS; variant++) {
        caller c = ready(1001);
        Mql4String strings[4];
        void *a[PARAMETERS];
        for (int missing = 0; missing < PARAMETERS; missing++) {
            arguments_of(&c, variant, strings, a);
            a[missing] = NULL;
            CHECK_INT(run_variant(variant, a), SAKER_NULL_POINTER);
        }
        for (int missing = 0; variant == 2 && missing < 4; missing++) {
            arguments_of(&c, variant, strings, a);
            strings[missing].string = NULL;
            CHECK_INT(run_variant(variant, a), SAKER_NULL_POINTER);
        }
        arguments_of(&c, variant, strings, a);
        CHECK_INT(run_variant(variant, a), SAKER_SUCCESS);
    }
}

static void shouldRefuseEveryNullOfAnInit(void) {
    CHECK_INT(initInstanceC(ID, 1, NULL, ""), SAKER_NULL_POINTER);
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), NULL), SAKER_NULL_POINTER);
    CHECK_INT(initInstanceC(ID, 1, NULL, NULL), SAKER_NULL_POINTER);
    CHECK_INT(initInstanceMQL5(ID, 1, NULL), SAKER_NULL_POINTER);
    CHECK_INT(initInstanceMQL4(ID, 1, NULL), SAKER_NULL_POINTER);
    Mql4String empty = {0, NULL};
    CHECK_INT(initInstanceMQL4(ID, 1, &empty), SAKER_NULL_POINTER);
    CHECK_INT(fxs_snapshot(-77, NULL, 0), FXS_EINSTANCE);
    CHECK_INT(fxs_restore(ID, NULL, 0), FXS_EINVAL);
}

typedef int (*function_1)(void *);
typedef int (*function_2)(void *, void *);
typedef int (*function_4)(void *, void *, void *, void *);
typedef int (*function_5)(void *, void *, void *, void *, void *);
typedef int (*function_6)(void *, void *, void *, void *, void *, void *);

static int call_by_name(const char *name, int count, void *a[6]) {
    union {
        void *pointer;
        function_1 one;
        function_2 two;
        function_4 four;
        function_5 five;
        function_6 six;
    } f = {.pointer = library_find(name)};
    CHECK(f.pointer != NULL);
    switch (count) {
    case 1:
        return f.one(a[0]);
    case 2:
        return f.two(a[0], a[1]);
    case 4:
        return f.four(a[0], a[1], a[2], a[3]);
    case 5:
        return f.five(a[0], a[1], a[2], a[3], a[4]);
    default:
        return f.six(a[0], a[1], a[2], a[3], a[4], a[5]);
    }
}

static const struct {
    const char *name;
    int count;
    const char *first, *second; /* what goes in */
} symbol_functions[] = {
    {"parseSymbol", 6, "EURUSD", ""},
    {"normalizeSymbol", 1, "eurusd.pro", ""},
    {"normalizeCurrency", 1, "usd", ""},
    {"getConversionSymbols", 4, "EURJPY", "USD"},
    {"getCurrencyInfo", 5, "USD", ""},
    {"getCurrencyPairPrefix", 2, "EURUSD", ""},
    {"getBaseCurrency", 2, "EURUSD", ""},
    {"getCurrencyPairSeparator", 2, "EURUSD", ""},
    {"getQuoteCurrency", 2, "EURUSD", ""},
    {"getCurrencyPairSuffix", 2, "EURUSD", ""},
    {"getCurrencyNumber", 2, "USD", ""},
    {"getNumDigitsAfterDecimal", 2, "USD", ""},
    {"getCurrencyName", 2, "USD", ""},
    {"getCurrencyLocations", 2, "USD", ""},
};

/* kind 0: char*, 1: Mql4String*; missing: the argument that is null, and for strings of the old
 * MetaTrader, beyond the count, the one whose characters are. */
static int call_symbol_function(int index, int kind, int missing) {
    static char buffers[6][256];
    static Mql4String strings[6];
    char name[64];
    void *a[6];
    int count = symbol_functions[index].count;
    for (int i = 0; i < count; i++) {
        snprintf(buffers[i], sizeof buffers[i], "%s",
                 i == 0   ? symbol_functions[index].first
                 : i == 1 ? symbol_functions[index].second
                          : "");
        strings[i] = (Mql4String){(long)strlen(buffers[i]), buffers[i]};
        a[i] = kind == 0 ? (void *)buffers[i] : (void *)&strings[i];
        if (missing == i) {
            a[i] = NULL;
        }
        if (missing == count + i) {
            strings[i].string = NULL;
        }
    }
    snprintf(name, sizeof name, "mql%d_%s", kind == 0 ? 5 : 4, symbol_functions[index].name);
    return call_by_name(name, count, a);
}

static void shouldRefuseEveryNullOfASymbolFunction(void) {
    int functions = (int)(sizeof symbol_functions / sizeof symbol_functions[0]);
    CHECK_INT(functions, 14);
    for (int index = 0; index < functions; index++) {
        for (int kind = 0; kind < 2; kind++) {
            int pointers = symbol_functions[index].count * (kind + 1);
            for (int missing = 0; missing < pointers; missing++) {
                CHECK_INT(call_symbol_function(index, kind, missing), SAKER_NULL_POINTER);
            }
            CHECK_INT(call_symbol_function(index, kind, -1), SAKER_SUCCESS);
        }
    }
    char texts[4][256] = {"EURJPY", "USD"};
    for (int missing = 0; missing < 4; missing++) {
        CHECK_INT(C_getConversionSymbols(missing == 0 ? NULL : texts[0], missing == 1 ? NULL : texts[1],
                                         missing == 2 ? NULL : texts[2],
                                         missing == 3 ? NULL : texts[3]),
                  SAKER_NULL_POINTER);
    }
    CHECK_INT(C_getConversionSymbols(texts[0], texts[1], texts[2], texts[3]), 0);
    CHECK_TEXT(texts[2], "EURUSD");
    CHECK_TEXT(texts[3], "USDJPY");
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
    const double ids[] = {0, 1, 18, 20, 26, 27, 28, 31, 999, 1010, 29.5, NAN};
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

/* 1 if the strategy runs on bars that were there before, at that broker time. */
static int runs_at(const char *symbol, int brokerTime) {
    caller c = ready(1001);
    c.symbol = symbol;
    c.brokerTime = brokerTime;
    mark(&c);
    CHECK_INT(caller_call(&c), 0);
    return c.rows[0].lots == 0;
}

static void shouldKeepTheHolidays(void) {
    enum { CHRISTMAS_2000 = 977702400, NEW_YEAR_2001 = 978307200, SATURDAY_2000 = 946684800 };
    CHECK(!runs_at("EURUSD", CHRISTMAS_2000 + 3600)); /* Mondays both. */
    CHECK(!runs_at("EURUSD", NEW_YEAR_2001 + 3600));
    CHECK(!runs_at("BTCUSD", CHRISTMAS_2000 + 3600));
    CHECK(!runs_at("mETHUSD.x", NEW_YEAR_2001 + 3600));
    CHECK(runs_at("EURUSD", CHRISTMAS_2000 + 86400));
    CHECK(!runs_at("EURUSD", SATURDAY_2000)); /* 1 January on a weekend is a weekend. */
    CHECK(runs_at("BTCUSD", SATURDAY_2000));
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
    int wishes = 0;
    for (int last = 300; last < BARS; last++) {
        fxs_result rows[VARIANTS][MARKET_ROWS];
        for (int variant = 0; variant < VARIANTS; variant++) {
            Mql4String strings[4];
            void *a[PARAMETERS];
            caller c = ready(1000);
            c.info[0].ratesArraySize = last;
            arguments_of(&c, variant, strings, a);
            CHECK_INT(run_variant(variant, a), 0);
            memcpy(rows[variant], c.rows, sizeof c.rows);
        }
        CHECK(memcmp(rows[0], rows[1], sizeof rows[0]) == 0);
        CHECK(memcmp(rows[0], rows[2], sizeof rows[0]) == 0);
        wishes += rows[0][0].tradingSignals > 0;
    }
    CHECK(wishes > 3);
}

/* By each of the three ways in. */
static void shouldInitByEveryName(void) {
    char path[] = "test-config.xml";
    Mql4String config = {(long)strlen(path), path};
    deinitInstance(ID);
    CHECK_INT(initInstanceMQL4(ID, 1, &config), 0);
    CHECK(fxs_snapshot(ID, NULL, 0) > 0);
    deinitInstance(ID);
    CHECK_INT(fxs_snapshot(ID, NULL, 0), FXS_EINSTANCE);
    CHECK_INT(initInstanceMQL5(ID, 0, path), 0);
    CHECK(fxs_snapshot(ID, NULL, 0) > 0);
    CHECK_INT(initInstanceC(ID, 0, path, (char *)"12/3"), 0);
    CHECK(access("log/12_3AsirikuyFramework.log", F_OK) == 0);
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

int main(int argc, char **argv) {
    CHECK(argc == 3);
    library_open(argv[1]);
    bars = market_bars(1, BARS, 60, MONDAY, 0);
    fill_metatrader_rates();
    shouldExportItsNames(argv[2]);
    RUN(shouldReportItsVersion);
    RUN(shouldRefuseEveryNullOfACall);
    RUN(shouldRefuseEveryNullOfAnInit);
    RUN(shouldRefuseEveryNullOfASymbolFunction);
    RUN(shouldInitByEveryName);
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
    RUN(shouldKeepTheHolidays);
    RUN(shouldLookAgainLiveAtAnUnprotectedOrder);
    RUN(shouldSkipGoldAtItsReopening);
    RUN(shouldAnswerMetaTraderAlike);
    RUN(shouldServeThreadsWithDifferentIds);
    RUN(shouldNeedNoFileAfterInit);
    deinitInstance(ID);
    free(bars);
    return 0;
}
