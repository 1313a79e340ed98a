/*
 * Bollinger breakout on short bars (id 1000).
 *
 * Idea: a close outside a band of recent volatility is a move that others will follow for a few
 * bars. Buy when the last completed close crosses above the upper band, sell when it crosses below
 * the lower one; leave when it is back across the middle, at the stop or target, or after
 * TIMED_EXIT_BARS. Made to trade often (every 5 to 20 bars) rather than to earn.
 *
 * Settings, 0 meaning the default in brackets; the rest in bracket.h:
 *    0 BAND_PERIOD       bars                    [12], 2 to 500
 *    1 BAND_DEVIATIONS   standard deviations     [1.0], 0.1 to 10
 *   48 TIMED_EXIT_BARS   [15]    60 SL_ATR_MULTIPLIER [2]    61 TP_ATR_MULTIPLIER [3]
 * Series: 0 primary, M1 meant. Lookback: max(BAND_PERIOD, ATR period) + 2 completed bars.
 *
 * Literature: J. Bollinger, "Bollinger on Bollinger Bands" (2001), ch. 16; C. Lento, N. Gradojevic,
 * C. Wright, "Investment information content in Bollinger Bands?" (2007), on how little it earns.
 */
#include "../indicator/atr.h"
#include "../indicator/bollinger.h"
#include "bracket.h"
#include "orders.h"

enum { BAND_PERIOD = 0, BAND_DEVIATIONS = 1 };

/* The build of a variant library scales the threshold, for the test that replays against it. */
#ifndef FXS_BREAKOUT_SCALE
#define FXS_BREAKOUT_SCALE 1.0
#endif

static const fxs__bracket defaults = {
    .stopAtrs = 2, .targetAtrs = 3, .riskPercent = 0.1, .marginPercent = 10,
    .timedExitBars = 15, .atrPeriod = 14,
};

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    int64_t bandPeriod, atrPeriod;
    double close, previousClose;
    fxs__bands bands, previousBands;
    fxs__bollinger bollinger;
    fxs__atr atr;
} breakout_state;

typedef struct {
    fxs__bracket bracket;
    int period;
    double deviations;
} breakout_settings;

static int read_settings(const double *settings, breakout_settings *out) {
    double period = fxs__setting_or(settings, BAND_PERIOD, 12);
    double deviations = fxs__setting_or(settings, BAND_DEVIATIONS, 1.0);
    if (!(period >= 2 && period <= 500) || !(deviations >= 0.1 && deviations <= 10)) {
        return FXS_EPARAM;
    }
    out->period = (int)period;
    out->deviations = deviations * FXS_BREAKOUT_SCALE;
    return fxs__bracket_read(settings, &defaults, &out->bracket);
}

static void reset(breakout_state *state, const breakout_settings *settings) {
    *state = (breakout_state){0};
    state->bandPeriod = settings->period;
    state->atrPeriod = settings->bracket.atrPeriod;
    fxs__bollinger_init(&state->bollinger, settings->period, settings->deviations);
    fxs__atr_init(&state->atr, settings->bracket.atrPeriod);
}

static void take_bar(breakout_state *state, const fxs_bar *bar) {
    state->previousClose = state->close;
    state->previousBands = state->bands;
    state->close = bar->close;
    fxs__atr_push(&state->atr, bar);
    fxs__bollinger_push(&state->bollinger, bar->close);
    if (fxs__bollinger_is_ready(&state->bollinger)) {
        state->bands = fxs__bollinger_bands(&state->bollinger);
    }
}

/* Returns 1 if there was one: an entry belongs to a bar, not to every tick that sees it. */
static int take_new_bars(breakout_state *state, const fxs__series *series) {
    int unseen = fxs__unseen_bars(series, state->seen);
    for (int shift = unseen; shift >= 1; shift--) {
        take_bar(state, fxs__series_at(series, shift));
    }
    state->seen = series->state.completed;
    return unseen > 0;
}

static int is_current(const breakout_state *state, const breakout_settings *settings) {
    return state->seen > 0 && state->bandPeriod == settings->period
        && state->atrPeriod == settings->bracket.atrPeriod
        && state->bollinger.deviations == settings->deviations;
}

static fxs__view view_of(const breakout_state *state, int hasNewBar) {
    const fxs__bands *bands = &state->bands, *previous = &state->previousBands;
    int up = state->close > bands->upper && state->previousClose <= previous->upper;
    int down = state->close < bands->lower && state->previousClose >= previous->lower;
    return (fxs__view){
        .entersLong = hasNewBar && up,
        .entersShort = hasNewBar && down,
        .exitsLong = state->close < bands->middle,
        .exitsShort = state->close > bands->middle,
        .atr = fxs__atr_value(&state->atr),
    };
}

static int run_breakout(fxs__run *run, void *memory) {
    breakout_state *state = memory;
    breakout_settings settings;
    int code = read_settings(run->call->settings, &settings);
    if (code != 0) {
        return code;
    }
    int lookback = settings.period > settings.bracket.atrPeriod ? settings.period
                                                                : settings.bracket.atrPeriod;
    if (run->series[0].capacity < lookback + 3) {
        return FXS_ERATES;
    }
    if (!is_current(state, &settings)) {
        reset(state, &settings);
    }
    int hasNewBar = take_new_bars(state, &run->series[0]) || fxs__is_retry(run);

    fxs__view view = view_of(state, hasNewBar);
    fxs__report_value(run, "Upper band", state->bands.upper);
    fxs__report_value(run, "Lower band", state->bands.lower);
    fxs__bracket_run(run, &settings.bracket, &view);
    return 0;
}

static int check_settings(const double *settings) {
    breakout_settings ignored;
    return read_settings(settings, &ignored);
}

const fxs__strategy fxs__bollinger_breakout = {
    1000, FXS__ANY_TREND_MODE, "Bollinger breakout", sizeof(breakout_state),
    .check_settings = check_settings, .run = run_breakout,
};
