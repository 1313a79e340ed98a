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
#include <string.h>

#include "../indicator/atr.h"
#include "../indicator/bollinger.h"
#include "plan.h"

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

static int read_settings(const double *settings, rules *out, fxs__plan *plan) {
    int code = fxs__plan_read(settings, &defaults, plan);
    out->period = floor(fxs__setting_within(settings, BAND_PERIOD, 20, 2, 500, &code));
    out->deviations = fxs__setting_within(settings, BAND_DEVIATIONS, 2, 0.1, 10, &code);
    out->channel = fxs__setting_within(settings, CHANNEL_ATRS, 1.5, 0.1, 10, &code);
    out->squeeze = floor(fxs__setting_within(settings, SQUEEZE_BARS, 6, 1, 500, &code));
    out->release = floor(fxs__setting_within(settings, RELEASE_BARS, 3, 1, 100, &code));
    out->atr = plan->atrPeriod;
    return code;
}

static double lookback_of(const rules *r) {
    return fmax(r->period, r->atr + 1) + r->squeeze + 1;
}

static void reset(squeeze_state *state, const rules *r) {
    state->seen = 0;
    state->made = *r;
    state->calm = 0;
    state->sinceCalm = (int64_t)r->release + 1;
    fxs__bollinger_init(&state->bollinger, (int)r->period, r->deviations);
    fxs__atr_init(&state->atr, (int)r->atr);
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

static int is_ready(const squeeze_state *state) {
    return fxs__bollinger_is_ready(&state->bollinger) && fxs__atr_is_ready(&state->atr);
}

static int take_new_bars(squeeze_state *state, const fxs__series *series) {
    int newBars = fxs__unseen_bars(series, state->seen);
    for (int shift = newBars; shift >= 1; shift--) {
        const fxs_bar *bar = fxs__series_at(series, shift);
        state->close = bar->close;
        fxs__atr_push(&state->atr, bar);
        fxs__bollinger_push(&state->bollinger, bar->close);
        if (is_ready(state)) {
            state->bands = fxs__bollinger_bands(&state->bollinger);
            count_calm(state);
        }
    }
    state->seen = series->state.completed;
    return newBars;
}

static fxs__sight sight_of(const squeeze_state *state, int newBars) {
    const fxs__bands *bands = &state->bands;
    int released = state->sinceCalm <= (int64_t)state->made.release;
    return (fxs__sight){
        .newBars = newBars,
        .entersLong = released && state->close > bands->upper,
        .entersShort = released && state->close < bands->lower,
        .exitsLong = state->close < bands->middle,
        .exitsShort = state->close > bands->middle,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
    };
}

static int run_squeeze(fxs__run *run, void *memory) {
    squeeze_state *state = memory;
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
    fxs__report_value(run, "Upper band", state->bands.upper);
    fxs__report_value(run, "Lower band", state->bands.lower);
    fxs__report_value(run, "Squeeze bars", (double)state->calm);
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

const fxs__strategy fxs__squeeze_breakout = {
    1003, FXS__ANY_TREND_MODE, "Bollinger squeeze breakout", sizeof(squeeze_state),
    check_series, check_settings, run_squeeze,
};
