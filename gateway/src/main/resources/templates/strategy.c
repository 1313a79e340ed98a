/*
 * @TITLE@ (id @ID@).
 *
 * Idea: a close that crosses its exponential moving average begins a move. Buy when the last
 * completed close crosses above the average, sell when it crosses below; the opposite cross closes,
 * as do stop, target and TIMED_EXIT_BARS.
 *
 * Settings, 0 meaning the default in brackets; the rest in plan.h:
 *    0 AVERAGE_PERIOD   bars    [20], 2 to 500
 *   48 TIMED_EXIT_BARS [24]    60 SL_ATR_MULTIPLIER [2]    61 TP_ATR_MULTIPLIER [3]
 *   62 ATR_AVERAGING_PERIOD [14]
 * Series: 0 primary, any timeframe. Lookback: max(AVERAGE_PERIOD, ATR period) + 1 completed bars;
 * give 100 more, until the seed of the average has faded.
 *
 * Literature: name the source of the rule, and what was measured with it.
 */
#include <math.h>

#include "../indicator/atr.h"
#include "../indicator/ema.h"
#include "idea.h"

enum { AVERAGE_PERIOD = 0 };

static const fxs__plan defaults = {
    .stopAtrs = 2, .targetAtrs = 3, .timedExitBars = 24, .atrPeriod = 14,
};

/* What the indicators are made with: a change makes them anew. */
typedef struct {
    double period, atr;
} rules;

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    rules made;
    double close;
    double distance; /* of the last completed close from the average, 0 until there is one */
    double before;   /* the same a bar earlier */
    fxs__ema average;
    fxs__atr atr;
    fxs__book book;
} @NAME@_state;

static void read_settings(fxs__settings *in, fxs__plan *plan, void *settings) {
    rules *r = settings;
    r->period = fxs__count_within(in, AVERAGE_PERIOD, 20, 2, 500);
    r->atr = plan->atrPeriod;
}

static double lookback(const void *settings) {
    const rules *r = settings;
    return fmax(r->period, r->atr) + 1;
}

static void reset(const fxs__turn *turn, void *memory) {
    const rules *r = turn->settings;
    @NAME@_state *state = memory;
    fxs__ema_init(&state->average, (int)r->period);
    fxs__atr_init(&state->atr, (int)r->atr);
}

static void take_bar(void *memory, const fxs__series *primary, int shift) {
    @NAME@_state *state = memory;
    const fxs_bar *bar = fxs__series_at(primary, shift);
    fxs__ema_push(&state->average, bar->close);
    fxs__atr_push(&state->atr, bar);
    state->close = bar->close;
    state->before = state->distance;
    state->distance = fxs__ema_is_ready(&state->average) ? bar->close - state->average.value : 0;
}

static fxs__sight look(const fxs__turn *turn, void *memory) {
    const @NAME@_state *state = memory;
    int up = state->distance > 0 && state->before < 0;
    int down = state->distance < 0 && state->before > 0;
    fxs__report_value(turn->run, "Average", state->average.value);
    return (fxs__sight){
        .entersLong = up,
        .entersShort = down,
        .exitsLong = down,
        .exitsShort = up,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
    };
}

static const fxs__idea idea = {
    .defaults = &defaults,
    FXS__IDEA_LAYOUT(@NAME@_state, rules),
    .read = read_settings,
    .lookback = lookback,
    .reset = reset,
    .take_bar = take_bar,
    .look = look,
};

const fxs__strategy fxs__@NAME@ = {
    @ID@, FXS__ANY_TREND_MODE, "@TITLE@", sizeof(@NAME@_state), .idea = &idea,
};
