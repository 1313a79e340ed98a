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

#include "../indicator/atr.h"
#include "../indicator/rsi.h"
#include "../indicator/sma.h"
#include "idea.h"

enum { RSI_PERIOD = 0, LOW_LEVEL = 1, TREND_PERIOD = 2, EXIT_PERIOD = 3 };

static const fxs__plan defaults = {.stopAtrs = 3, .timedExitBars = 20, .atrPeriod = 14};

/* What the indicators are made with: a change makes them anew. */
typedef struct {
    double rsi, trend, exit, atr;
} rules;

/* The level acts at once. */
typedef struct {
    rules rules;
    double low;
} reversion_settings;

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    rules made;
    double close;
    fxs__rsi rsi;
    fxs__sma trend, exit;
    fxs__atr atr;
    fxs__book book;
} reversion_state;

static void read_settings(fxs__settings *in, fxs__plan *plan, void *settings) {
    reversion_settings *own = settings;
    own->rules.rsi = fxs__count_within(in, RSI_PERIOD, 2, 1, 100);
    own->rules.trend = fxs__count_within(in, TREND_PERIOD, 100, 2, FXS__WINDOW_MAX);
    own->rules.exit = fxs__count_within(in, EXIT_PERIOD, 5, 1, FXS__WINDOW_MAX);
    own->rules.atr = plan->atrPeriod;
    own->low = fxs__setting_within(in, LOW_LEVEL, 10, 0.1, 49);
}

static double lookback(const void *settings) {
    const rules *r = settings;
    return fmax(fmax(r->trend, r->exit), fmax(r->rsi, r->atr) + 1);
}

static void reset(const fxs__turn *turn, void *memory) {
    const rules *r = turn->settings;
    reversion_state *state = memory;
    fxs__rsi_init(&state->rsi, (int)r->rsi);
    fxs__sma_init(&state->trend, (int)r->trend);
    fxs__sma_init(&state->exit, (int)r->exit);
    fxs__atr_init(&state->atr, (int)r->atr);
}

static void take_bar(void *memory, const fxs__series *primary, int shift) {
    reversion_state *state = memory;
    const fxs_bar *bar = fxs__series_at(primary, shift);
    state->close = bar->close;
    fxs__rsi_push(&state->rsi, bar->close);
    fxs__sma_push(&state->trend, bar->close);
    fxs__sma_push(&state->exit, bar->close);
    fxs__atr_push(&state->atr, bar);
}

static fxs__sight look(const fxs__turn *turn, void *memory) {
    const reversion_settings *own = turn->settings;
    const reversion_state *state = memory;
    double rsi = fxs__rsi_value(&state->rsi), low = own->low;
    double trend = fxs__sma_value(&state->trend), exit = fxs__sma_value(&state->exit);
    fxs__report_value(turn->run, "RSI", rsi);
    fxs__report_value(turn->run, "Trend average", trend);
    fxs__report_value(turn->run, "Exit average", exit);
    return (fxs__sight){
        .entersLong = rsi < low && state->close > trend,
        .entersShort = rsi > 100 - low && state->close < trend,
        .exitsLong = state->close > exit,
        .exitsShort = state->close < exit,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
    };
}

static const fxs__idea idea = {
    .defaults = &defaults,
    FXS__IDEA_LAYOUT(reversion_state, reversion_settings),
    .read = read_settings,
    .lookback = lookback,
    .reset = reset,
    .take_bar = take_bar,
    .look = look,
};

const fxs__strategy fxs__rsi_reversion = {
    1005, FXS__ANY_TREND_MODE, "RSI reversion", sizeof(reversion_state), .idea = &idea,
};
