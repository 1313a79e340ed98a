/*
 * Bollinger squeeze breakout (id 1003).
 *
 * Idea: volatility comes in clusters, so a spell of unusual calm ends in a move, and the side it
 * leaves on is the side to be on. Calm, the squeeze, is while the Bollinger bands lie inside a
 * channel of CHANNEL_ATRS average true ranges around the same mean. Buy when a close is above the
 * upper band within RELEASE_BARS bars of a squeeze that lasted SQUEEZE_BARS or more; sell in the
 * mirror image. A close back across the middle ends the trade, or the stop that follows.
 *
 * Settings, 0 meaning the default in brackets; the rest in plan.h:
 *    0 BAND_PERIOD       bars                    [20], 2 to 500
 *    1 BAND_DEVIATIONS   standard deviations     [2], 0.1 to 10
 *    2 CHANNEL_ATRS                              [1.5], 0.1 to 10
 *    3 SQUEEZE_BARS                              [6], 1 to 500
 *    4 RELEASE_BARS                              [3], 1 to 100
 *   15 TRAIL_ATRS [2.5]   60 SL_ATR_MULTIPLIER [2]   62 ATR_AVERAGING_PERIOD [20]
 * Series: 0 primary, M5 to H1 meant. Lookback: max(BAND_PERIOD, ATR period + 1) + SQUEEZE_BARS + 1
 * completed bars.
 *
 * Literature: J. Bollinger, "Bollinger on Bollinger Bands" (2001), ch. 15; J. Carter, "Mastering
 * the Trade" (2005), ch. 11, for the channel; B. Mandelbrot, "The variation of certain speculative
 * prices" (1963), for the clusters.
 */
#include <math.h>

#include "../indicator/atr.h"
#include "../indicator/bollinger.h"
#include "idea.h"

enum { BAND_PERIOD = 0, BAND_DEVIATIONS = 1, CHANNEL_ATRS = 2, SQUEEZE_BARS = 3, RELEASE_BARS = 4 };

static const fxs__plan defaults = {.stopAtrs = 2, .trailAtrs = 2.5, .atrPeriod = 20};

/* What the state is made with: a change makes it anew. */
typedef struct {
    double period, deviations, channel, squeeze, release, atr;
} rules;

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    rules made;
    int64_t calm;       /* bars the squeeze has lasted, 0 = none now */
    int64_t sinceCalm;  /* bars since a long enough squeeze, RELEASE_BARS + 1 = too many or never */
    double close;
    fxs__bands bands;
    fxs__bollinger bollinger;
    fxs__atr atr;
    fxs__book book;
} squeeze_state;

static void read_settings(fxs__settings *in, fxs__plan *plan, void *settings) {
    rules *r = settings;
    r->period = fxs__count_within(in, BAND_PERIOD, 20, 2, 500);
    r->deviations = fxs__setting_within(in, BAND_DEVIATIONS, 2, 0.1, 10);
    r->channel = fxs__setting_within(in, CHANNEL_ATRS, 1.5, 0.1, 10);
    r->squeeze = fxs__count_within(in, SQUEEZE_BARS, 6, 1, 500);
    r->release = fxs__count_within(in, RELEASE_BARS, 3, 1, 100);
    r->atr = plan->atrPeriod;
}

static double lookback(const void *settings) {
    const rules *r = settings;
    return fmax(r->period, r->atr + 1) + r->squeeze + 1;
}

static void reset(const fxs__turn *turn, void *memory) {
    const rules *r = turn->settings;
    squeeze_state *state = memory;
    state->sinceCalm = (int64_t)r->release + 1;
    fxs__bollinger_init(&state->bollinger, (int)r->period, r->deviations);
    fxs__atr_init(&state->atr, (int)r->atr);
}

static int is_ready(const squeeze_state *state) {
    return fxs__bollinger_is_ready(&state->bollinger) && fxs__atr_is_ready(&state->atr);
}

static void count_calm(squeeze_state *state) {
    double half = state->made.channel * fxs__atr_value(&state->atr);
    int isCalm = state->bands.upper - state->bands.middle < half;
    state->calm = isCalm ? state->calm + 1 : 0;
    if (state->calm >= (int64_t)state->made.squeeze) {
        state->sinceCalm = 0;
    } else if (state->sinceCalm <= (int64_t)state->made.release) {
        state->sinceCalm++;
    }
}

static void take_bar(void *memory, const fxs__series *primary, int shift) {
    squeeze_state *state = memory;
    const fxs_bar *bar = fxs__series_at(primary, shift);
    state->close = bar->close;
    fxs__atr_push(&state->atr, bar);
    fxs__bollinger_push(&state->bollinger, bar->close);
    if (is_ready(state)) {
        state->bands = fxs__bollinger_bands(&state->bollinger);
        count_calm(state);
    }
}

static fxs__sight look(const fxs__turn *turn, void *memory) {
    const squeeze_state *state = memory;
    const fxs__bands *bands = &state->bands;
    int released = state->sinceCalm <= (int64_t)state->made.release;
    fxs__report_value(turn->run, "Upper band", bands->upper);
    fxs__report_value(turn->run, "Lower band", bands->lower);
    fxs__report_value(turn->run, "Squeeze bars", (double)state->calm);
    return (fxs__sight){
        .entersLong = released && state->close > bands->upper,
        .entersShort = released && state->close < bands->lower,
        .exitsLong = state->close < bands->middle,
        .exitsShort = state->close > bands->middle,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
    };
}

static const fxs__idea idea = {
    .defaults = &defaults,
    FXS__IDEA_LAYOUT(squeeze_state, rules),
    .read = read_settings,
    .lookback = lookback,
    .reset = reset,
    .take_bar = take_bar,
    .look = look,
};

const fxs__strategy fxs__squeeze_breakout = {
    1003, FXS__ANY_TREND_MODE, "Bollinger squeeze breakout", sizeof(squeeze_state), .idea = &idea,
};
