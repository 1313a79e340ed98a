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
 * ATR period + 1) completed bars; give half as many again, until the seed of the averages has
 * faded.
 *
 * Literature: G. Appel, "Technical Analysis: Power Tools for Active Investors" (2005), ch. 8;
 * T. Chong, W. Ng, V. Liew, "Revisiting the performance of MACD and RSI oscillators" (2014).
 */
#include <math.h>

#include "../indicator/atr.h"
#include "../indicator/macd.h"
#include "idea.h"

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

static void read_settings(fxs__settings *in, fxs__plan *plan, void *settings) {
    rules *r = settings;
    r->fast = fxs__count_within(in, FAST_PERIOD, 12, 1, 499);
    r->slow = fxs__count_within(in, SLOW_PERIOD, 26, r->fast + 1, 500);
    r->signal = fxs__count_within(in, SIGNAL_PERIOD, 9, 1, 500);
    r->trend = fxs__count_within(in, TREND_PERIOD, 100, 2, 2000);
    r->atr = plan->atrPeriod;
}

static double lookback(const void *settings) {
    const rules *r = settings;
    return fmax(fmax(r->slow + r->signal, r->trend), r->atr + 1);
}

static void reset(const fxs__turn *turn, void *memory) {
    const rules *r = turn->settings;
    trend_state *state = memory;
    fxs__macd_init(&state->macd, (int)r->fast, (int)r->slow, (int)r->signal);
    fxs__ema_init(&state->trend, (int)r->trend);
    fxs__atr_init(&state->atr, (int)r->atr);
}

static void take_bar(void *memory, const fxs__series *primary, int shift) {
    trend_state *state = memory;
    const fxs_bar *bar = fxs__series_at(primary, shift);
    state->close = bar->close;
    fxs__macd_push(&state->macd, bar->close);
    fxs__ema_push(&state->trend, bar->close);
    fxs__atr_push(&state->atr, bar);
}

static fxs__sight look(const fxs__turn *turn, void *memory) {
    const trend_state *state = memory;
    double now = state->macd.histogram, before = state->macd.previousHistogram;
    int above = state->close > state->trend.value, below = state->close < state->trend.value;
    fxs__report_value(turn->run, "Trend average", state->trend.value);
    fxs__report_value(turn->run, "Histogram", now);
    return (fxs__sight){
        .entersLong = above && now > 0 && before <= 0,
        .entersShort = below && now < 0 && before >= 0,
        .exitsLong = below,
        .exitsShort = above,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
    };
}

static const fxs__idea idea = {
    .defaults = &defaults,
    FXS__IDEA_LAYOUT(trend_state, rules),
    .read = read_settings,
    .lookback = lookback,
    .reset = reset,
    .take_bar = take_bar,
    .look = look,
};

const fxs__strategy fxs__macd_trend = {
    1002, FXS__ANY_TREND_MODE, "MACD with the trend", sizeof(trend_state), .idea = &idea,
};
