/*
 * Time-series momentum at a target volatility (id 1009).
 *
 * Idea: the sign of an instrument's own past return says the sign of the next, and a position
 * scaled by its volatility makes every instrument and every year count the same. Every HOLDING_BARS
 * bars: long if the close is above the close LOOKBACK bars ago, short if below, sized so that the
 * position moves by SIZE_PERCENT of the equity a year. A position whose sign turned is closed, and
 * the new one opened a bar later. After a stop the next decision is awaited, also by an instance
 * made anew: it decides as on the bar that opened the holding period, and the order table says
 * whether the position was there. If the series does not reach back so far, it awaits the next.
 *
 * A size is set when a position is opened and stays: to follow the volatility would cost a spread
 * for each change.
 *
 * Settings, 0 meaning the default in brackets; the rest in plan.h:
 *    0 LOOKBACK_BARS       [252], 1 to 10000
 *    1 VOLATILITY_PERIOD   bars    [60], 2 to 512
 *    2 HOLDING_BARS        [21], 1 to 1000; periods of HOLDING_BARS are counted from the epoch
 *   12 SIZING [3: volatility]    60 SL_ATR_MULTIPLIER [5]    62 ATR_AVERAGING_PERIOD [20]
 * Series: 0 primary, D1 meant. Lookback: LOOKBACK_BARS and the other periods + 1 completed bars.
 *
 * Literature: T. Moskowitz, Y. Ooi, L. Pedersen, "Time series momentum" (2012); A. Kim, Y. Tse,
 * J. Wald, "Time series momentum and volatility scaling" (2016), on how much of it is the scaling;
 * C. Harvey et al., "The impact of volatility targeting" (2018).
 */
#include <math.h>

#include "../indicator/atr.h"
#include "../indicator/volatility.h"
#include "idea.h"
#include "leave.h"
#include "size.h"

enum { LOOKBACK_BARS = 0, VOLATILITY_PERIOD = 1, HOLDING_BARS = 2 };

static const fxs__plan defaults = {
    .sizing = FXS__SIZE_BY_VOLATILITY, .stopAtrs = 5, .atrPeriod = 20,
};

/* What the state is made with: a change makes it anew. */
typedef struct {
    double lookback, volatility, holding, atr;
} rules;

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    rules made;
    int64_t block;  /* number of the holding period decided for; -1 = none yet */
    int64_t wanted; /* +1 long, -1 short, 0 neither */
    int64_t isDone; /* the position was there in this holding period */
    double close;
    fxs__volatility volatility;
    fxs__atr atr;
    fxs__book book;
} momentum_state;

static void read_settings(fxs__settings *in, fxs__plan *plan, void *settings) {
    rules *r = settings;
    r->lookback = fxs__count_within(in, LOOKBACK_BARS, 252, 1, 10000);
    r->volatility = fxs__count_within(in, VOLATILITY_PERIOD, 60, 2, FXS__WINDOW_MAX);
    r->holding = fxs__count_within(in, HOLDING_BARS, 21, 1, 1000);
    r->atr = plan->atrPeriod;
}

static double lookback(const void *settings) {
    const rules *r = settings;
    return fmax(fmax(r->lookback, r->volatility), r->atr) + 1;
}

static void reset(const fxs__turn *turn, void *memory) {
    const rules *r = turn->settings;
    const fxs_setup *setup = turn->run->setup;
    momentum_state *state = memory;
    double periods = fxs__periods_per_year(setup->series[0].timeframeMinutes,
                                           (setup->flags & FXS_KEEP_WEEKENDS) != 0);
    state->block = -1;
    fxs__volatility_init(&state->volatility, (int)r->volatility, periods);
    fxs__atr_init(&state->atr, (int)r->atr);
}

static void take_bar(void *memory, const fxs__series *primary, int shift) {
    momentum_state *state = memory;
    const fxs_bar *bar = fxs__series_at(primary, shift);
    state->close = bar->close;
    fxs__volatility_push(&state->volatility, bar->close);
    fxs__atr_push(&state->atr, bar);
}

static int64_t block_of(const momentum_state *state, const fxs__series *series, int shift) {
    int64_t period = fxs__series_at(series, shift)->time / series->periodSeconds;
    return period / (int64_t)state->made.holding;
}

/* 1 if one was opened since then, or one of the wanted side closed. */
static int was_there(const fxs__run *run, int64_t wanted, int64_t since) {
    int64_t shift = run->now - run->call->brokerTime;
    int side = wanted > 0 ? FXS_ORDER_BUY : FXS_ORDER_SELL;
    for (int i = 0; i < run->call->orderCount; i++) {
        const fxs_order *order = &run->call->orders[i];
        if (!fxs__is_own_order(run, order)) {
            continue;
        }
        int isEnded = order->isOpen == 0 && order->type == side
            && (int64_t)order->closeTime + shift > since;
        if (isEnded || fxs__open_time(run, order) >= since) {
            return 1;
        }
    }
    return 0;
}

/* Once in a holding period, by the bar that opened it: the newest, unless it was missed. */
static void decide(momentum_state *state, const fxs__run *run) {
    const fxs__series *series = &run->series[0];
    int64_t block = block_of(state, series, 0);
    if (block == state->block) {
        return;
    }
    int opened = 0;
    while (opened + 1 < series->capacity && block_of(state, series, opened + 1) == block) {
        opened++;
    }
    int first = opened + 1, last = first + (int)state->made.lookback;
    state->block = block;
    state->wanted = 0;
    if (last < series->capacity) {
        double close = fxs__series_at(series, first)->close;
        double before = fxs__series_at(series, last)->close;
        state->wanted = (close > before) - (close < before);
    }
    state->isDone = was_there(run, state->wanted, fxs__series_at(series, opened)->time);
}

static fxs__sight look(const fxs__turn *turn, void *memory) {
    momentum_state *state = memory;
    double volatility = fxs__volatility_value(&state->volatility);
    decide(state, turn->run);
    fxs__holding held = fxs__holding_of(turn->run, state->wanted > 0);
    state->isDone |= held.count > 0;
    int mayOpen = !state->isDone && volatility > 0;
    fxs__report_value(turn->run, "Trend", (double)state->wanted);
    fxs__report_value(turn->run, "Volatility percent", 100 * volatility);
    return (fxs__sight){
        .entersLong = mayOpen && state->wanted > 0,
        .entersShort = mayOpen && state->wanted < 0,
        .exitsLong = state->wanted < 0,
        .exitsShort = state->wanted > 0,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
        .yearlyVolatility = volatility,
    };
}

static const fxs__idea idea = {
    .defaults = &defaults,
    FXS__IDEA_LAYOUT(momentum_state, rules),
    .read = read_settings,
    .lookback = lookback,
    .reset = reset,
    .take_bar = take_bar,
    .look = look,
};

const fxs__strategy fxs__momentum = {
    1009, FXS__ANY_TREND_MODE, "Time-series momentum", sizeof(momentum_state), .idea = &idea,
};
