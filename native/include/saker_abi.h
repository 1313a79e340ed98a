/*
 * The C interface of the existing framework, version 4.5.10, as this library exports it. Arguments,
 * structures and return codes are those the existing front ends use, so that either library can be
 * loaded in the other's place. fxs_snapshot and fxs_restore are ours in addition.
 *
 * Thread-safe for different instance ids; calls for the same id are serialised.
 */
#ifndef SAKER_ABI_H
#define SAKER_ABI_H

#include "fxs.h"

enum {
    SAKER_SUCCESS = 0,
    SAKER_INVALID_CURRENCY = 3000,
    SAKER_UNKNOWN_SYMBOL = 3001,
    SAKER_SYMBOL_TOO_SHORT = 3002,
    SAKER_NULL_POINTER = 3005,
    SAKER_INVALID_STRATEGY = 3006,
    SAKER_NOT_ENOUGH_RATES_DATA = 3009,
    SAKER_NORMALIZE_BARS_FAILED = 3011,
    SAKER_INIT_LOG_FAILED = 3012,
    SAKER_INVALID_PARAMETER = 3017,
    SAKER_UNKNOWN_TIMEZONE = 3019,
    SAKER_LOCAL_TZ_MISMATCH = 3020,
    SAKER_BROKER_TZ_MISMATCH = 3021,
    SAKER_TOO_MANY_INSTANCES = 3022,
    SAKER_INVALID_CONFIG = 3023,
    SAKER_MISSING_CONFIG = 3024,
    SAKER_INIT_XML_FAILED = 3025,
    SAKER_UNKNOWN_INSTANCE_ID = 3026,
    SAKER_INSUFFICIENT_MEMORY = 3027,
    SAKER_WAIT_FOR_INIT = 3028,
    SAKER_BID_ASK_IS_ZERO = 3030,
    SAKER_FILE_WRITING_ERROR = 3031
};

enum { SAKER_MAX_INSTANCES = 200 };

typedef fxs_bar CRates;
typedef fxs_mql4_bar Mql4Rates;
typedef fxs_mql5_bar Mql5Rates;
typedef fxs_order COrderInfo;
typedef fxs_order MqlOrderInfo;
typedef fxs_result StrategyResults;

typedef struct {
    double isEnabled, requiredTimeframe, totalBarsRequired, actualTimeframe;
    double ratesArraySize, point, digits;
} CRatesInfo;
typedef CRatesInfo MqlRatesInfo;

typedef struct {
    long length;
    char *string;
} Mql4String;

#pragma GCC visibility push(default)

int initInstanceMQL4(int instanceId, int isTesting, Mql4String *configPath);
int initInstanceMQL5(int instanceId, int isTesting, char *configPath);
int initInstanceC(int instanceId, int isTesting, char *configPath, char *accountName);
void deinitInstance(int instanceId);
void getFrameworkVersion(int *major, int *minor, int *bugfix);

#define SAKER_RUN_PARAMETERS(STRING, RATES)                                                        \
    double *settings, STRING *symbol, STRING *accountCurrency, STRING *broker, STRING *refBroker,  \
        int *brokerTime, int *openOrdersCount, fxs_order *orders, double *accountInfo,             \
        double *bidAsk, CRatesInfo *ratesInfo, RATES *r0, RATES *r1, RATES *r2, RATES *r3,         \
        RATES *r4, RATES *r5, RATES *r6, RATES *r7, RATES *r8, RATES *r9, double *outResults

int c_runStrategy(SAKER_RUN_PARAMETERS(char, CRates));
int mql4_runStrategy(SAKER_RUN_PARAMETERS(Mql4String, Mql4Rates));
int mql5_runStrategy(SAKER_RUN_PARAMETERS(char, Mql5Rates));
int jf_runStrategy(double *settings, double *outResults);

/* Every string argument has room for at least 256 bytes. */
#define SAKER_SYMBOL_FUNCTIONS(PREFIX, STRING)                                                     \
    int PREFIX##_parseSymbol(STRING *symbol, STRING *prefix, STRING *base, STRING *separator,      \
                             STRING *quote, STRING *suffix);                                       \
    int PREFIX##_normalizeSymbol(STRING *symbol);                                                  \
    int PREFIX##_normalizeCurrency(STRING *currency);                                              \
    int PREFIX##_getConversionSymbols(STRING *symbol, STRING *accountCurrency, STRING *outBase,    \
                                      STRING *outQuote);                                           \
    int PREFIX##_getCurrencyInfo(STRING *code, STRING *number, STRING *digits, STRING *name,       \
                                 STRING *locations);                                               \
    int PREFIX##_getCurrencyPairPrefix(STRING *symbol, STRING *out);                               \
    int PREFIX##_getBaseCurrency(STRING *symbol, STRING *out);                                     \
    int PREFIX##_getCurrencyPairSeparator(STRING *symbol, STRING *out);                            \
    int PREFIX##_getQuoteCurrency(STRING *symbol, STRING *out);                                    \
    int PREFIX##_getCurrencyPairSuffix(STRING *symbol, STRING *out);                               \
    int PREFIX##_getCurrencyNumber(STRING *code, STRING *out);                                     \
    int PREFIX##_getNumDigitsAfterDecimal(STRING *code, STRING *out);                              \
    int PREFIX##_getCurrencyName(STRING *code, STRING *out);                                       \
    int PREFIX##_getCurrencyLocations(STRING *code, STRING *out)

SAKER_SYMBOL_FUNCTIONS(mql4, Mql4String);
SAKER_SYMBOL_FUNCTIONS(mql5, char);
int C_getConversionSymbols(char *symbol, char *accountCurrency, char *outBase, char *outQuote);

/*
 * Writes the whole state of an instance, bars included.
 *
 * buffer    null to learn the size
 * returns   bytes written or needed, or FXS_EINSTANCE, FXS_EINVAL, FXS_ESPACE
 */
int fxs_snapshot(int instanceId, void *buffer, int capacity);

/*
 * Puts an initialised instance into the state of a snapshot, which may come from another id or
 * process. Returns 0 or FXS_EINSTANCE, FXS_EINVAL, FXS_ESNAPSHOT, FXS_ESTRATEGY, FXS_ENOMEM; the
 * instance is unchanged unless 0.
 */
int fxs_restore(int instanceId, const void *buffer, int length);

#pragma GCC visibility pop

_Static_assert(sizeof(CRatesInfo) == 56, "CRatesInfo");
_Static_assert(sizeof(Mql4String) == 2 * sizeof(void *), "Mql4String");

#endif
