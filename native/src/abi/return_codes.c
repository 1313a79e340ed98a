#include "return_codes.h"

#include "saker_abi.h"

static const char *const names[] = {
    "INVALID_CURRENCY",     "UNKNOWN_SYMBOL",           "SYMBOL_TOO_SHORT",
    "PARSE_SYMBOL_FAILED",  "NO_CONVERSION_SYMBOLS",    "NULL_POINTER",
    "INVALID_STRATEGY",     "NOT_ENOUGH_MARGIN",        "SPREAD_TOO_WIDE",
    "NOT_ENOUGH_RATES_DATA", "WORST_CASE_SCENARIO",     "NORMALIZE_BARS_FAILED",
    "INIT_LOG_FAILED",      "DEINIT_LOG_FAILED",        "ZERO_DIVIDE",
    "TA_LIB_ERROR",         "INVALID_TIME_OFFSET",      "INVALID_PARAMETER",
    "NN_TRAINING_FAILED",   "UNKNOWN_TIMEZONE",         "LOCAL_TZ_MISMATCH",
    "BROKER_TZ_MISMATCH",   "TOO_MANY_INSTANCES",       "INVALID_CONFIG",
    "MISSING_CONFIG",       "INIT_XML_FAILED",          "UNKNOWN_INSTANCE_ID",
    "INSUFFICIENT_MEMORY",  "WAIT_FOR_INIT",            "ERROR_IN_RATES_RETRIEVAL",
    "BID_ASK_IS_ZERO",      "FILE_WRITING_ERROR",
};

enum { FIRST = SAKER_INVALID_CURRENCY, COUNT = sizeof names / sizeof names[0] };

_Static_assert(FIRST + COUNT - 1 == SAKER_FILE_WRITING_ERROR, "every code has a name");

const char *saker__code_name(int code) {
    return code >= FIRST && code < FIRST + COUNT ? names[code - FIRST] : "UNKNOWN";
}

int saker__code_of(int coreCode) {
    switch (coreCode) {
    case FXS_ENOMEM:
        return SAKER_INSUFFICIENT_MEMORY;
    case FXS_ERATES:
        return SAKER_NOT_ENOUGH_RATES_DATA;
    case FXS_EBARS:
        return SAKER_NORMALIZE_BARS_FAILED;
    case FXS_ESTRATEGY:
        return SAKER_INVALID_STRATEGY;
    case FXS_EQUOTE:
        return SAKER_BID_ASK_IS_ZERO;
    case FXS_ECONFLICT:
        return SAKER_INVALID_CONFIG;
    default:
        return coreCode < 0 ? SAKER_INVALID_PARAMETER : SAKER_SUCCESS;
    }
}
