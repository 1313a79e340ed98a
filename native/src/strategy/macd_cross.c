/*
 * MACD cross (id 1001).
 *
 * Idea: when the MACD line crosses its signal, momentum has turned. Buy when it crosses above on
 * the last completed bar, sell when below; the opposite cross closes, as do stop, target and
 * TIMED_EXIT_BARS.
 *
 * Settings, 0 meaning the default in brackets; the rest in bracket.h:
 *    0 FAST_PERIOD     bars    [12], 1 to 499
 *    1 SLOW_PERIOD     bars    [26], FAST_PERIOD + 1 to 500
 *    2 SIGNAL_PERIOD   bars    [9], 1 to 500
 *   48 TIMED_EXIT_BARS [48]    60 SL_ATR_MULTIPLIER [2]    61 TP_ATR_MULTIPLIER [3]
 * Series: 0 primary, M5 meant. Lookback: max(SLOW_PERIOD + SIGNAL_PERIOD, ATR period + 1)
 * completed bars; give 100 more, until the seed of the averages has faded.
 *
 * Literature: G. Appel, "Technical Analysis: Power Tools for Active Investors" (2005), ch. 8;
 * T. Chong, W. Ng, "Technical analysis and the London stock exchange" (2008).
 */
#include "../indicator/atr.h"
#include "../indicator/macd.h"
#include "bracket.h"
#include "orders.h"

enum { FAST_PERIOD = 0, SLOW_PERIOD = 1, SIGNAL_PERIOD = 2, PERIOD_MAX = 500 };

static const fxs__bracket defaults = {
    .stopAtrs = 2, .targetAtrs = 3, .riskPercent = 0.1, .marginPercent = 10,
    .timedExitBars = 48, .atrPeriod = 14,
};

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    fxs__macd macd;
    fxs__atr atr;
} macd_state;

typedef struct {
    fxs__bracket bracket;
    int fast, slow, signal;
} macd_settings;

static int read_settings(const double *settings, macd_settings *out) {
    double fast = fxs__setting_or(settings, FAST_PERIOD, 12);
    double slow = fxs__setting_or(settings, SLOW_PERIOD, 26);
    double signal = fxs__setting_or(settings, SIGNAL_PERIOD, 9);
    if (!(fast >= 1 && slow >= fast + 1 && slow <= PERIOD_MAX)
        || !(signal >= 1 && signal <= PERIOD_MAX)) {
        return FXS_EPARAM;
    }
    out->fast = (int)fast;
    out->slow = (int)slow;
    out->signal = (int)signal;
    return fxs__bracket_read(settings, &defaults, &out->bracket);
}

static int lookback_of(const macd_settings *settings) {
    int macd = settings->slow + settings->signal;
    int atr = settings->bracket.atrPeriod + 1;
    return macd > atr ? macd : atr;
}

static int is_current(const macd_state *state, const macd_settings *settings) {
    return state->seen > 0 && state->macd.fast.period == settings->fast
        && state->macd.slow.period == settings->slow
        && state->macd.signal.period == settings->signal
        && state->atr.ranges.period == settings->bracket.atrPeriod;
}

static void reset(macd_state *state, const macd_settings *settings) {
    *state = (macd_state){0};
    fxs__macd_init(&state->macd, settings->fast, settings->slow, settings->signal);
    fxs__atr_init(&state->atr, settings->bracket.atrPeriod);
}

/* Returns 1 if there was one: an entry belongs to a bar, not to every tick that sees it. */
static int take_new_bars(macd_state *state, const fxs__series *series) {
    int unseen = fxs__unseen_bars(series, state->seen);
    for (int shift = unseen; shift >= 1; shift--) {
        const fxs_bar *bar = fxs__series_at(series, shift);
        fxs__macd_push(&state->macd, bar->close);
        fxs__atr_push(&state->atr, bar);
    }
    state->seen = series->state.completed;
    return unseen > 0;
}

static fxs__view view_of(const macd_state *state, int hasNewBar) {
    double now = state->macd.histogram, before = state->macd.previousHistogram;
    int up = now > 0 && before <= 0;
    int down = now < 0 && before >= 0;
    return (fxs__view){
        .entersLong = hasNewBar && up,
        .entersShort = hasNewBar && down,
        .exitsLong = down,
        .exitsShort = up,
        .atr = fxs__atr_value(&state->atr),
    };
}

static int run_macd(fxs__run *run, void *memory) {
    macd_state *state = memory;
    macd_settings settings;
    int code = read_settings(run->call->settings, &settings);
    if (code != 0) {
        return code;
    }
    if (run->series[0].capacity < lookback_of(&settings) + 1) {
        return FXS_ERATES;
    }
    if (!is_current(state, &settings)) {
        reset(state, &settings);
    }
    int hasNewBar = take_new_bars(state, &run->series[0]) || fxs__is_retry(run);

    fxs__view view = view_of(state, hasNewBar);
    fxs__report_value(run, "Histogram", state->macd.histogram);
    fxs__bracket_run(run, &settings.bracket, &view);
    return 0;
}

static int check_settings(const double *settings) {
    macd_settings ignored;
    return read_settings(settings, &ignored);
}

const fxs__strategy fxs__macd_cross = {
    1001, FXS__ANY_TREND_MODE, "MACD cross", sizeof(macd_state),
    .check_settings = check_settings, .run = run_macd,
};
