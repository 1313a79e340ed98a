/*
 * MACD with the trend (id 1002).
 *
 * Idea: a turn of momentum pays in the direction of the longer trend. Buy when the MACD line
 * crosses above its signal on the last completed bar while the close is above the trend's average,
 * sell in the mirror image. No target: a chandelier stop follows, and a close on the other side of
 * the trend's average ends the trade.
 *
 * Settings, 0 meaning the default in brackets; the rest in plan.h:
 *    0 FAST_PERIOD     bars    [12], 1 to 499
 *    1 SLOW_PERIOD     bars    [26], FAST_PERIOD + 1 to 500
 *    2 SIGNAL_PERIOD   bars    [9], 1 to 500
 *    3 TREND_PERIOD    bars of the exponential average    [100], 2 to 2000
 *   15 TRAIL_ATRS [3]    60 SL_ATR_MULTIPLIER [2.5]    62 ATR_AVERAGING_PERIOD [14]
 * Series: 0 primary, M15 to H4 meant. Lookback: max(SLOW_PERIOD + SIGNAL_PERIOD, TREND_PERIOD,
 * ATR period + 1) completed bars; give half as many again, until the seed of the averages has faded.
 *
 * Literature: G. Appel, "Technical Analysis: Power Tools for Active Investors" (2005), ch. 8;
 * T. Chong, W. Ng, V. Liew, "Revisiting the performance of MACD and RSI oscillators" (2014).
 */
#include <math.h>
#include <string.h>

#include "../indicator/atr.h"
#include "../indicator/macd.h"
#include "plan.h"

enum { FAST_PERIOD = 0, SLOW_PERIOD = 1, SIGNAL_PERIOD = 2, TREND_PERIOD = 3 };

static const fxs__plan defaults = {.stopAtrs = 2.5, .trailAtrs = 3, .atrPeriod = 14};

/* What the indicators are made with: a change makes them anew. */
typedef struct {
    double fast, slow, signal, trend, atr;
} rules;

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    rules made;
    double close;
    fxs__macd macd;
    fxs__ema trend;
    fxs__atr atr;
    fxs__book book;
} trend_state;

static int read_settings(const double *settings, rules *out, fxs__plan *plan) {
    int code = fxs__plan_read(settings, &defaults, plan);
    out->fast = floor(fxs__setting_within(settings, FAST_PERIOD, 12, 1, 499, &code));
    out->slow = floor(fxs__setting_within(settings, SLOW_PERIOD, 26, out->fast + 1, 500, &code));
    out->signal = floor(fxs__setting_within(settings, SIGNAL_PERIOD, 9, 1, 500, &code));
    out->trend = floor(fxs__setting_within(settings, TREND_PERIOD, 100, 2, 2000, &code));
    out->atr = plan->atrPeriod;
    return code;
}

static double lookback_of(const rules *r) {
    return fmax(fmax(r->slow + r->signal, r->trend), r->atr + 1);
}

static void reset(trend_state *state, const rules *r) {
    state->seen = 0;
    state->made = *r;
    fxs__macd_init(&state->macd, (int)r->fast, (int)r->slow, (int)r->signal);
    fxs__ema_init(&state->trend, (int)r->trend);
    fxs__atr_init(&state->atr, (int)r->atr);
}

static int take_new_bars(trend_state *state, const fxs__series *series) {
    int newBars = fxs__unseen_bars(series, state->seen);
    for (int shift = newBars; shift >= 1; shift--) {
        const fxs_bar *bar = fxs__series_at(series, shift);
        state->close = bar->close;
        fxs__macd_push(&state->macd, bar->close);
        fxs__ema_push(&state->trend, bar->close);
        fxs__atr_push(&state->atr, bar);
    }
    state->seen = series->state.completed;
    return newBars;
}

static fxs__sight sight_of(const trend_state *state, int newBars) {
    double now = state->macd.histogram, before = state->macd.previousHistogram;
    int above = state->close > state->trend.value, below = state->close < state->trend.value;
    return (fxs__sight){
        .newBars = newBars,
        .entersLong = above && now > 0 && before <= 0,
        .entersShort = below && now < 0 && before >= 0,
        .exitsLong = below,
        .exitsShort = above,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
    };
}

static int run_trend(fxs__run *run, void *memory) {
    trend_state *state = memory;
    rules r;
    fxs__plan plan;
    int code = read_settings(run->call->settings, &r, &plan);
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

    fxs__sight sight = sight_of(state, newBars);
    fxs__report_value(run, "Trend average", state->trend.value);
    fxs__report_value(run, "Histogram", state->macd.histogram);
    return fxs__plan_run(run, &plan, &sight, &state->book);
}

static int check_series(const fxs_series_spec *series) {
    (void)series; /* The lookback depends on the settings of the call. */
    return 0;
}

static int check_settings(const double *settings) {
    rules ignored;
    fxs__plan ignoredToo;
    return read_settings(settings, &ignored, &ignoredToo);
}

const fxs__strategy fxs__macd_trend = {
    1002, FXS__ANY_TREND_MODE, "MACD with the trend", sizeof(trend_state),
    check_series, check_settings, run_trend,
};
