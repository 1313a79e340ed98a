/*
 * Pivot breakout (id 1008).
 *
 * Idea: many watch the same levels of yesterday's range; orders gather there, and a close beyond
 * one runs to the next. Buy when a close of today crosses above resistance LEVEL, sell when below
 * support LEVEL; the stop is one level back (the pivot for level 1), the target one level on, and
 * the day's end closes what is left.
 *
 * Settings, 0 meaning the default in brackets; the rest in plan.h:
 *    0 KIND     1 classic, 2 Fibonacci, 3 Camarilla, 4 Woodie    [1]
 *    1 LEVEL    crossed                                          [1], 1 to 3
 *   20 SESSION_EXIT_MINUTE [1380]    62 ATR_AVERAGING_PERIOD [14]
 *   60 SL_ATR_MULTIPLIER    [one level back]
 *   61 TP_ATR_MULTIPLIER    [one level on]; -1 none
 * Series: 0 primary, M5 to H1 meant; 4 daily, 2 bars or more. Lookback: ATR period + 1 completed
 * bars of 0, one completed day.
 *
 * Literature: J. Person, "A Complete Guide to Technical Trading Tactics" (2004); C. Osler, "Support
 * for resistance: technical analysis and intraday exchange rates" (2000) and "Currency orders and
 * exchange rate dynamics" (2003), on why prices move faster beyond such levels.
 */
#include <math.h>

#include "../indicator/atr.h"
#include "../indicator/pivots.h"
#include "idea.h"

enum { KIND = 0, LEVEL = 1, DAILY = 4, DAY_MINUTES = 1440 };

static const fxs__plan defaults = {.stopAtrs = 2, .sessionExitMinute = 1380, .atrPeriod = 14};

/* What the state is made with: a change makes it anew. */
typedef struct {
    double kind, level, atr;
} rules;

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    rules made;
    int64_t lastDay; /* of the last completed bar, since the epoch */
    double close, previousClose; /* 0 = none yet */
    fxs__atr atr;
    fxs__book book;
} pivot_state;

static int check_series(const fxs_series_spec *series) {
    if (series[DAILY].timeframeMinutes != DAY_MINUTES
        || series[0].timeframeMinutes >= DAY_MINUTES) {
        return FXS_EPARAM;
    }
    return series[DAILY].bars >= 2 ? 0 : FXS_ERATES;
}

static void read_settings(fxs__settings *in, fxs__plan *plan, void *settings) {
    rules *r = settings;
    r->kind = fxs__count_within(in, KIND, 1, 1, 4);
    r->level = fxs__count_within(in, LEVEL, 1, 1, 3);
    r->atr = plan->atrPeriod;
}

static double lookback(const void *settings) {
    const rules *r = settings;
    return r->atr + 1;
}

static void reset(const fxs__turn *turn, void *memory) {
    const rules *r = turn->settings;
    pivot_state *state = memory;
    fxs__atr_init(&state->atr, (int)r->atr);
}

static void take_bar(void *memory, const fxs__series *primary, int shift) {
    pivot_state *state = memory;
    const fxs_bar *bar = fxs__series_at(primary, shift);
    state->previousClose = state->close;
    state->close = bar->close;
    state->lastDay = fxs__day_of(bar->time);
    fxs__atr_push(&state->atr, bar);
}

/* One side's levels: the one that is crossed, the one behind and the one ahead. */
typedef struct {
    double behind, crossed, ahead;
} ladder;

static ladder ladder_of(const fxs__levels *levels, int isLong, int level) {
    const double *steps = isLong ? levels->resistance : levels->support;
    return (ladder){
        .behind = level == 1 ? levels->pivot : steps[level - 2],
        .crossed = steps[level - 1],
        .ahead = steps[level],
    };
}

static int is_crossed(const pivot_state *state, const ladder *l, int isLong) {
    double now = state->close, before = state->previousClose;
    if (!(before > 0)) {
        return 0;
    }
    return isLong ? now > l->crossed && before <= l->crossed
                  : now < l->crossed && before >= l->crossed;
}

/* No entry once the price is at the level ahead, or back at the one behind. */
static void aim(const fxs__run *run, const ladder *l, int isLong, fxs__sight *sight) {
    const double *settings = run->call->settings;
    double from = run->call->quotes[isLong ? FXS_ASK : FXS_BID], sign = isLong ? 1 : -1;
    double stop = sign * (from - l->behind), target = sign * (l->ahead - from);
    if (!(stop > 0) || !(target > 0)) {
        return;
    }
    sight->entersLong = isLong;
    sight->entersShort = !isLong;
    sight->stopDistance = settings[FXS_SL_ATR_MULTIPLIER] == 0 ? stop : 0;
    sight->targetDistance = settings[FXS_TP_ATR_MULTIPLIER] == 0 ? target : 0;
}

static fxs__sight look(const fxs__turn *turn, void *memory) {
    const pivot_state *state = memory;
    fxs__run *run = turn->run;
    const fxs__series *daily = &run->series[DAILY];
    const fxs_bar *today = fxs__series_at(daily, 0);
    fxs__sight sight = {.close = state->close, .atr = fxs__atr_value(&state->atr)};
    if (state->lastDay != fxs__day_of(today->time)) {
        return sight; /* The bar that closed was yesterday's, and these levels are today's. */
    }
    static const int kinds[] = {FXS__PIVOTS_CLASSIC, FXS__PIVOTS_FIBONACCI,
                                FXS__PIVOTS_CAMARILLA, FXS__PIVOTS_WOODIE};
    int kind = kinds[(int)state->made.kind - 1];
    fxs__levels levels = fxs__levels_of(kind, fxs__series_at(daily, 1), today->open);
    for (int isLong = 0; isLong <= 1; isLong++) {
        ladder l = ladder_of(&levels, isLong, (int)state->made.level);
        fxs__report_value(run, isLong ? "Next buy above" : "Next sell below", l.crossed);
        if (is_crossed(state, &l, isLong)) {
            aim(run, &l, isLong, &sight);
        }
    }
    return sight;
}

static const fxs__idea idea = {
    .defaults = &defaults,
    FXS__IDEA_LAYOUT(pivot_state, rules),
    .read = read_settings,
    .lookback = lookback,
    .reset = reset,
    .take_bar = take_bar,
    .look = look,
};

const fxs__strategy fxs__pivot_breakout = {
    1008, FXS__ANY_TREND_MODE, "Pivot breakout", sizeof(pivot_state), check_series, .idea = &idea,
};
