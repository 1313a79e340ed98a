/*
 * The exported calls: null checks, the instance, what it is for, and codes. What is decided is the
 * core's, what is written the keeper's. Nothing is printed.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "first_init.h"
#include "instances.h"
#include "return_codes.h"
#include "symbols.h"

static const double WEEKEND_BARS = 1.2; /* the existing framework's */

enum { VERSION_MAJOR = 4, VERSION_MINOR = 5, VERSION_BUGFIX = 10 };

static const char *text_of(const Mql4String *string) {
    return string != NULL ? string->string : NULL;
}

static int init_instance(int id, int isTesting, const char *configPath, const char *account) {
    if (configPath == NULL || account == NULL) {
        return SAKER_NULL_POINTER;
    }
    int isFirst;
    saker__keeper *keeper;
    int code = saker__enter_init(&isFirst);
    if (code != 0) {
        return code;
    }
    code = saker__open_keeper(id, isTesting, configPath, account, &keeper);
    if (code == 0) {
        code = saker__register(id, keeper);
        if (code != 0) {
            saker__close_keeper(keeper);
        }
    }
    saker__leave_init(isFirst, code);
    return code;
}

int initInstanceC(int instanceId, int isTesting, char *configPath, char *accountName) {
    return init_instance(instanceId, isTesting, configPath, accountName);
}

int initInstanceMQL5(int instanceId, int isTesting, char *configPath) {
    return init_instance(instanceId, isTesting, configPath, "");
}

int initInstanceMQL4(int instanceId, int isTesting, Mql4String *configPath) {
    return init_instance(instanceId, isTesting, text_of(configPath), "");
}

void deinitInstance(int instanceId) {
    saker__unregister(instanceId);
}

void getFrameworkVersion(int *major, int *minor, int *bugfix) {
    if (major != NULL) {
        *major = VERSION_MAJOR;
    }
    if (minor != NULL) {
        *minor = VERSION_MINOR;
    }
    if (bugfix != NULL) {
        *bugfix = VERSION_BUGFIX;
    }
}

typedef struct {
    const double *settings;
    const char *symbol, *currency, *broker, *reference;
    const int *brokerTime;
    const int *openOrdersCount;
    const fxs_order *orders;
    const double *account, *quotes;
    const CRatesInfo *info;
    const void *rates[FXS_SERIES_MAX];
    int layout;
    double *results;
} request;

static int has_null(const request *r) {
    int hasNull = r->settings == NULL || r->symbol == NULL || r->currency == NULL
        || r->broker == NULL || r->reference == NULL || r->brokerTime == NULL
        || r->openOrdersCount == NULL || r->orders == NULL || r->account == NULL
        || r->quotes == NULL || r->info == NULL || r->results == NULL;
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        hasNull |= r->rates[i] == NULL;
    }
    return hasNull;
}

/* Copies into a field that is zeroed and keeps its final zero; 0 if it does not fit. */
static int copy_name(char *out, size_t room, const char *text) {
    size_t length = strlen(text);
    if (length >= room) {
        return 0;
    }
    memcpy(out, text, length);
    return 1;
}

/* Not for NaN, infinity or a fraction. */
static int whole_within(double value, int low, int high) {
    return value >= low && value <= high && value == floor(value);
}

int32_t saker__needed_bars(double bars, double timeframe, double actualTimeframe) {
    if (!whole_within(timeframe, 1, 43200) || !whole_within(actualTimeframe, 1, 43200)
        || !whole_within(bars, 1, FXS_BARS_MAX)) {
        return 0;
    }
    double needed = bars * WEEKEND_BARS * timeframe / actualTimeframe;
    return needed > INT32_MAX ? 0 : needed < 1 ? 1 : (int32_t)needed;
}

static int read_series(const request *r, saker__identity *identity, fxs_series_spec *specs) {
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        const CRatesInfo *info = &r->info[i];
        if (info->isEnabled == 0) {
            continue;
        }
        int32_t needed = saker__needed_bars(info->totalBarsRequired, info->requiredTimeframe,
                                            info->actualTimeframe);
        if (needed == 0) {
            return SAKER_INVALID_PARAMETER;
        }
        specs[i].timeframeMinutes = (int32_t)info->requiredTimeframe;
        specs[i].bars = (int32_t)info->totalBarsRequired;
        identity->series[i].isEnabled = info->isEnabled;
        identity->series[i].timeframe = info->requiredTimeframe;
        identity->series[i].bars = info->totalBarsRequired;
        identity->series[i].actualTimeframe = info->actualTimeframe;
        identity->neededBars[i] = needed;
    }
    return 0;
}

static int has_enough_bars(const request *r, const saker__identity *identity) {
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        if (identity->series[i].isEnabled != 0
            && !(r->info[i].ratesArraySize >= identity->neededBars[i])) {
            return 0;
        }
    }
    return 1;
}

static int flags_of(const char *symbol) {
    int flags = 0;
    if (strstr(symbol, "BTCUSD") != NULL || strstr(symbol, "ETHUSD") != NULL) {
        flags |= FXS_KEEP_WEEKENDS;
    }
    if (strstr(symbol, "XAUUSD") != NULL) {
        flags |= FXS_GOLD;
    }
    return flags;
}

static int read_zones(const saker__instance *instance, const request *r, fxs_setup *setup) {
    const fxs_zone *broker = saker__find_zone(&instance->keeper->zones, r->broker);
    const fxs_zone *reference = saker__find_zone(&instance->keeper->zones, r->reference);
    if (broker == NULL || reference == NULL
        || saker__find_zone(&instance->keeper->zones, "Local") == NULL) {
        return SAKER_UNKNOWN_TIMEZONE;
    }
    setup->broker = *broker;
    setup->reference = *reference;
    return 0;
}

/* The first call says what the instance is for, and allocates all it will ever need. */
static int start(saker__instance *instance, const request *r) {
    saker__identity identity;
    fxs_setup setup;
    memset(&identity, 0, sizeof identity);
    memset(&setup, 0, sizeof setup);
    double strategyId = r->settings[FXS_STRATEGY_ID];
    double trendMode = r->settings[FXS_TREND_MODE];
    if (!whole_within(strategyId, 0, 1000000)) {
        return SAKER_INVALID_STRATEGY;
    }
    setup.strategyId = (int32_t)strategyId;
    setup.trendMode = whole_within(trendMode, 0, 1000000) ? (int32_t)trendMode : -1;
    setup.flags = flags_of(r->symbol);
    setup.conversion = saker__conversion_of(r->symbol, r->currency);
    if (!copy_name(identity.symbol, sizeof identity.symbol, r->symbol)
        || !copy_name(identity.currency, sizeof identity.currency, r->currency)) {
        return SAKER_INVALID_PARAMETER;
    }
    if (!copy_name(identity.broker, sizeof identity.broker, r->broker)
        || !copy_name(identity.reference, sizeof identity.reference, r->reference)) {
        return SAKER_UNKNOWN_TIMEZONE;
    }
    int code = read_zones(instance, r, &setup);
    if (code == 0) {
        code = read_series(r, &identity, setup.series);
    }
    if (code == 0 && !has_enough_bars(r, &identity)) {
        code = SAKER_NOT_ENOUGH_RATES_DATA;
    }
    if (code == 0) {
        code = saker__code_of(fxs_create(&setup, &instance->core));
    }
    if (code == 0) {
        instance->identity = identity;
        saker__resume_core(instance->keeper, instance->core);
    }
    return code;
}

static int is_same_series(const request *r, const saker__identity *identity) {
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        const CRatesInfo *info = &r->info[i];
        if (info->isEnabled != identity->series[i].isEnabled
            || (info->isEnabled != 0
                && (info->requiredTimeframe != identity->series[i].timeframe
                    || info->totalBarsRequired != identity->series[i].bars
                    || info->actualTimeframe != identity->series[i].actualTimeframe))) {
            return 0;
        }
    }
    return 1;
}

/* A caller that changes its mind must init the instance again. */
static int check_identity(const saker__instance *instance, const request *r) {
    const saker__identity *identity = &instance->identity;
    if (strcmp(r->broker, identity->broker) != 0
        || strcmp(r->reference, identity->reference) != 0) {
        return saker__find_zone(&instance->keeper->zones, r->broker) == NULL
                || saker__find_zone(&instance->keeper->zones, r->reference) == NULL
            ? SAKER_UNKNOWN_TIMEZONE
            : SAKER_INVALID_PARAMETER;
    }
    if (strcmp(r->symbol, identity->symbol) != 0 || strcmp(r->currency, identity->currency) != 0
        || !is_same_series(r, identity)) {
        return SAKER_INVALID_PARAMETER;
    }
    return has_enough_bars(r, identity) ? 0 : SAKER_NOT_ENOUGH_RATES_DATA;
}

static int call_core(saker__instance *instance, const request *r, int isForced) {
    fxs_call call; /* Every field is set below; clearing it first would cost more. */
    call.settings = r->settings;
    call.account = r->account;
    call.quotes = r->quotes;
    call.orders = r->orders;
    call.orderCount = (int32_t)r->settings[FXS_ORDER_ROWS];
    call.brokerTime = *r->brokerTime;
    call.isForced = isForced;
    call.report = &instance->keeper->report;
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        double count = r->info[i].ratesArraySize;
        int isShown = r->info[i].isEnabled != 0 && count <= INT32_MAX;
        call.rates[i].bars = r->rates[i];
        call.rates[i].layout = r->layout;
        call.rates[i].count = isShown ? (int32_t)count : 0;
        call.rates[i].timeframeMinutes = 0;
    }
    fxs_result *rows = (fxs_result *)(void *)r->results;
    return saker__code_of(fxs_on_bar(instance->core, &call, rows));
}

/* The instance is locked. */
static int run_instance(saker__instance *instance, const request *r) {
    int isLive = r->settings[FXS_IS_BACKTESTING] == 0;
    if (!whole_within(r->settings[FXS_ORDER_ROWS], 0, FXS_ORDERS_MAX)) {
        return SAKER_INVALID_PARAMETER;
    }
    int code = isLive ? saker__check_clocks(instance->keeper, r->broker, *r->brokerTime) : 0;
    if (code == 0) {
        code = instance->core == NULL ? start(instance, r) : check_identity(instance, r);
    }
    if (code != 0) {
        return code;
    }
    int isForced = isLive && saker__order_failed(instance->keeper);
    return call_core(instance, r, isForced);
}

static int run(const request *r) {
    if (has_null(r)) {
        return SAKER_NULL_POINTER;
    }
    if (r->settings[FXS_OPERATIONAL_MODE] == FXS_MODE_OFF) {
        return SAKER_SUCCESS;
    }
    if (!whole_within(r->settings[FXS_INSTANCE_ID], INT32_MIN, INT32_MAX)) {
        return SAKER_UNKNOWN_INSTANCE_ID;
    }
    saker__instance *instance = saker__acquire((int)r->settings[FXS_INSTANCE_ID]);
    if (instance == NULL) {
        return SAKER_UNKNOWN_INSTANCE_ID;
    }
    saker__kept_call call = {r->settings, r->account, r->symbol, r->currency, *r->brokerTime};
    saker__begin_call(instance->keeper);
    int code = run_instance(instance, r);
    saker__keep_call(instance->keeper, instance->core, &call, code);
    saker__release(instance);
    return code;
}

#define RATES {r0, r1, r2, r3, r4, r5, r6, r7, r8, r9}

int c_runStrategy(SAKER_RUN_PARAMETERS(char, CRates)) {
    request r = {settings, symbol, accountCurrency, broker, refBroker, brokerTime, openOrdersCount,
                 orders, accountInfo, bidAsk, ratesInfo, RATES, FXS_LAYOUT_C, outResults};
    return run(&r);
}

int mql5_runStrategy(SAKER_RUN_PARAMETERS(char, Mql5Rates)) {
    request r = {settings, symbol, accountCurrency, broker, refBroker, brokerTime, openOrdersCount,
                 orders, accountInfo, bidAsk, ratesInfo, RATES, FXS_LAYOUT_MQL5, outResults};
    return run(&r);
}

int mql4_runStrategy(SAKER_RUN_PARAMETERS(Mql4String, Mql4Rates)) {
    request r = {settings, text_of(symbol), text_of(accountCurrency), text_of(broker),
                 text_of(refBroker), brokerTime, openOrdersCount, orders, accountInfo, bidAsk,
                 ratesInfo, RATES, FXS_LAYOUT_MQL4, outResults};
    return run(&r);
}

int jf_runStrategy(double *settings, double *outResults) {
    (void)settings;
    (void)outResults;
    return SAKER_SUCCESS;
}
