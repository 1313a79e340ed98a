/*
 * RSI reversion with a trend filter (id 1005).
 *
 * Idea: in a rising market a few weak bars are a loan, not a verdict. Buy when a very short RSI is
 * below LOW_LEVEL while the close is above the trend's average; leave when the close is back above
 * a short average. Sell in the mirror image, from 100 - LOW_LEVEL. A wide stop and a limit in bars
 * cut what does not come back.
 *
 * Settings, 0 meaning the default in brackets; the rest in plan.h:
 *    0 RSI_PERIOD     bars                         [2], 1 to 100
 *    1 LOW_LEVEL      of the RSI                   [10], 0.1 to 49
 *    2 TREND_PERIOD   bars of the plain average    [100], 2 to 512
 *    3 EXIT_PERIOD    bars of the plain average    [5], 1 to 512
 *   48 TIMED_EXIT_BARS [20]    60 SL_ATR_MULTIPLIER [3]    62 ATR_AVERAGING_PERIOD [14]
 * Series: 0 primary, M15 to D1 meant. Lookback: max(RSI_PERIOD, ATR period) + 1 and TREND_PERIOD
 * and EXIT_PERIOD completed bars.
 *
 * Literature: J. W. Wilder, "New Concepts in Technical Trading Systems" (1978), section VI;
 * L. Connors, C. Alvarez, "Short Term Trading Strategies That Work" (2008), ch. 9; B. Lehmann,
 * "Fads, martingales, and market efficiency" (1990), on short-term reversals.
 */
#include <math.h>
#include <string.h>

#include "../indicator/atr.h"
#include "../indicator/rsi.h"
#include "../indicator/sma.h"
#include "plan.h"

enum { RSI_PERIOD = 0, LOW_LEVEL = 1, TREND_PERIOD = 2, EXIT_PERIOD = 3 };

static const fxs__plan defaults = {.stopAtrs = 3, .timedExitBars = 20, .atrPeriod = 14};

/* What the indicators are made with: a change makes them anew. */
typedef struct {
    double rsi, trend, exit, atr;
} rules;

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    rules made;
    double close;
    fxs__rsi rsi;
    fxs__sma trend, exit;
    fxs__atr atr;
    fxs__book book;
} reversion_state;

static int read_settings(const double *settings, rules *out, double *low, fxs__plan *plan) {
    int code = fxs__plan_read(settings, &defaults, plan);
    out->rsi = floor(fxs__setting_within(settings, RSI_PERIOD, 2, 1, 100, &code));
    out->trend =
        floor(fxs__setting_within(settings, TREND_PERIOD, 100, 2, FXS__WINDOW_MAX, &code));
    out->exit = floor(fxs__setting_within(settings, EXIT_PERIOD, 5, 1, FXS__WINDOW_MAX, &code));
    out->atr = plan->atrPeriod;
    *low = fxs__setting_within(settings, LOW_LEVEL, 10, 0.1, 49, &code);
    return code;
}

static double lookback_of(const rules *r) {
    return fmax(fmax(r->trend, r->exit), fmax(r->rsi, r->atr) + 1);
}

static void reset(reversion_state *state, const rules *r) {
    state->seen = 0;
    state->made = *r;
    fxs__rsi_init(&state->rsi, (int)r->rsi);
    fxs__sma_init(&state->trend, (int)r->trend);
    fxs__sma_init(&state->exit, (int)r->exit);
    fxs__atr_init(&state->atr, (int)r->atr);
}

static int take_new_bars(reversion_state *state, const fxs__series *series) {
    int newBars = fxs__unseen_bars(series, state->seen);
    for (int shift = newBars; shift >= 1; shift--) {
        const fxs_bar *bar = fxs__series_at(series, shift);
        state->close = bar->close;
        fxs__rsi_push(&state->rsi, bar->close);
        fxs__sma_push(&state->trend, bar->close);
        fxs__sma_push(&state->exit, bar->close);
        fxs__atr_push(&state->atr, bar);
    }
    state->seen = series->state.completed;
    return newBars;
}

static fxs__sight sight_of(const reversion_state *state, double low, int newBars) {
    double rsi = fxs__rsi_value(&state->rsi);
    double trend = fxs__sma_value(&state->trend), exit = fxs__sma_value(&state->exit);
    return (fxs__sight){
        .newBars = newBars,
        .entersLong = rsi < low && state->close > trend,
        .entersShort = rsi > 100 - low && state->close < trend,
        .exitsLong = state->close > exit,
        .exitsShort = state->close < exit,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
    };
}

static int run_reversion(fxs__run *run, void *memory) {
    reversion_state *state = memory;
    rules r;
    double low;
    fxs__plan plan;
    int code = read_settings(run->call->settings, &r, &low, &plan);
    if (code != 0) {
        return code;
    }
    if (run->series[0].capacity < lookback_of(&r) + 1) {
        return FXS_ERATES;
    }
    if (memcmp(&r, &state->made, sizeof r) != 0) {
        reset(state, &r);
    }
    int newBars = take_new_bars(state, &run->series[0]);

    fxs__sight sight = sight_of(state, low, newBars);
    fxs__report_value(run, "RSI", fxs__rsi_value(&state->rsi));
    fxs__report_value(run, "Trend average", fxs__sma_value(&state->trend));
    fxs__report_value(run, "Exit average", fxs__sma_value(&state->exit));
    return fxs__plan_run(run, &plan, &sight, &state->book);
}

static int check_series(const fxs_series_spec *series) {
    (void)series; /* The lookback depends on the settings of the call. */
    return 0;
}

static int check_settings(const double *settings) {
    rules ignored;
    double low;
    fxs__plan ignoredToo;
    return read_settings(settings, &ignored, &low, &ignoredToo);
}

const fxs__strategy fxs__rsi_reversion = {
    1005, FXS__ANY_TREND_MODE, "RSI reversion", sizeof(reversion_state),
    check_series, check_settings, run_reversion,
};
