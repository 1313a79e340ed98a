#include "set_file.h"

#include <string.h>

#include "saker_abi.h"

typedef struct {
    const char *key;
    int index;
} key_index;

static const key_index main_keys[] = {
    {"RUN_EVERY_TICK", 43},       {"INSTANCE_MANAGEMENT", 44},
    {"MAX_OPEN_ORDERS", 45},      {"DISABLE_COMPOUNDING", 47},
    {"TIMED_EXIT_BARS", 48},      {"OPERATIONAL_MODE", 50},
    {"STRATEGY_INSTANCE_ID", 51}, {"STRATEGY_TIMEFRAME", 53},
    {"ACCOUNT_RISK_PERCENT", 57}, {"MAX_DRAWDOWN_PERCENT", 58},
    {"MAX_SPREAD_PIPS", 59},      {"SL_ATR_MULTIPLIER", 60},
    {"TP_ATR_MULTIPLIER", 61},    {"ATR_AVERAGING_PERIOD", 62},
};

/* By index, after AUTOBBS_. */
static const char *const autobbs_keys[] = {
    "ADJUSTPOINTS",
    "TP_MODE",
    "TREND_MODE",
    "RISK_CAP",
    "LONG_SHORT_MODE",
    "MAX_ACCOUNT_RISK",
    "KEYK",
    "RANGE",
    "MAX_STRATEGY_RISK",
    "MACRO_TREND",
    "EXECUTION_RATES",
    "ONE_SIDE",
    "IS_AUTO_MODE",
    "IS_ATREURO_RANGE",
    "STARTHOUR",
    "VIRTUAL_BALANCE_TOPUP",
    "STOP_MOVEBACK_SL",
    "SHELLINGTON_TP_MULTIPLIER",
    "SHELLINGTON_BUY_WON_TIMES",
    "SHELLINGTON_SELL_WON_TIMES",
    "BBS_WEEKLY_ATR_FACTOR",
    "BBS_4H_START_HOUR_OFFSET",
    "BBS_ENABLE_WEEKLY_ATR_VALIDATION",
    "STOPHOUR",
    "MACD_LEVEL",
};

static const char AUTOBBS[] = "AUTOBBS_", ADDITIONAL[] = "ADDITIONAL_PARAM_";

enum { ADDITIONAL_COUNT = 40 };

/* The settings index of a key, or -1. The strategy's keys have a prefix that says so, and count
 * wherever they stand; a main key counts in the main block alone. */
static int index_of(saker__span key, int isMain) {
    int32_t number;
    if (saker__starts_with(key, AUTOBBS)) {
        key.at += sizeof AUTOBBS - 1;
        for (int i = 0; i < (int)(sizeof autobbs_keys / sizeof autobbs_keys[0]); i++) {
            if (saker__is(key, autobbs_keys[i])) {
                return i;
            }
        }
        return -1;
    }
    if (saker__starts_with(key, ADDITIONAL)) {
        key.at += sizeof ADDITIONAL - 1;
        return saker__to_int(key, 1, ADDITIONAL_COUNT, &number) ? number - 1 : -1;
    }
    for (size_t i = 0; isMain && i < sizeof main_keys / sizeof main_keys[0]; i++) {
        if (saker__is(key, main_keys[i].key)) {
            return main_keys[i].index;
        }
    }
    return -1;
}

static int read_value(saker__span text, double *out) {
    if (saker__is(text, "true") || saker__is(text, "false")) {
        *out = saker__is(text, "true");
        return 1;
    }
    return saker__to_number(text, out);
}

static void put_sweep(saker__sweep *sweep, char what, double value) {
    sweep->isGiven = 1;
    switch (what) {
    case 'F':
        sweep->isOn = value != 0;
        break;
    case '1':
        sweep->start = value;
        break;
    case '2':
        sweep->step = value;
        break;
    default:
        sweep->stop = value;
        break;
    }
}

static int is_sweep(saker__span what) {
    return what.end - what.at == 1 && memchr("F123", *what.at, 4) != NULL;
}

/* 0 if the value of a known key is no number. */
static int take_line(saker__span key, saker__span value, int isMain, saker__set *out) {
    saker__span name = key, what = {NULL, NULL};
    (void)saker__next_column(&key, ',', &name);
    int hasComma = saker__next_column(&key, ',', &what);
    int index = index_of(name, isMain);
    double number;
    if (index < 0 || (hasComma && !is_sweep(what))) {
        return 1;
    }
    if (!read_value(value, &number)) {
        return 0;
    }
    if (hasComma) {
        put_sweep(&out->sweeps[index], *what.at, number);
    } else {
        out->settings[index] = number;
        out->isGiven[index] = 1;
    }
    return 1;
}

int saker__parse_set(const char *text, size_t length, saker__set *out,
                     saker__problems *problems) {
    saker__span rest = saker__span_of(text, length), line;
    int isMain = 1, code = 0;
    memset(out, 0, sizeof *out);
    out->settings[FXS_MAX_OPEN_ORDERS] = 1;
    for (int number = 1; saker__next_line(&rest, &line); number++) {
        line = saker__trim(line);
        size_t left = (size_t)(line.end - line.at);
        const char *equals = left > 0 && *line.at != ';' ? memchr(line.at, '=', left) : NULL;
        if (equals == NULL) {
            continue;
        }
        saker__span key = saker__trim((saker__span){line.at, equals});
        saker__span value = saker__trim((saker__span){equals + 1, line.end});
        if (saker__is(key, "SECTION_3")) {
            isMain = 0;
        } else if (!take_line(key, value, isMain, out)) {
            saker__complain(problems, number, "%.*s is not a number", (int)(key.end - key.at),
                            key.at);
            code = SAKER_INVALID_PARAMETER;
        }
    }
    return code;
}
