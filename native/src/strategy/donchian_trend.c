/*
 * Donchian trend (id 1004), the turtles' rules on completed bars.
 *
 * Idea: a new high of many bars is how every large trend begins; most come to nothing and are cut
 * at a stop of two ATRs, the few that run are held and added to. Buy when a close is above the
 * channel of the ENTRY_PERIOD bars before it, sell when below; leave when a close is beyond the
 * channel of EXIT_PERIOD bars on the other side. With MAX_OPEN_ORDERS above 1 another unit is
 * bought each half ATR, each of the same risk, and the stops of the earlier units follow to the
 * stop's distance from the newest.
 *
 * Settings, 0 meaning the default in brackets; the rest in plan.h:
 *    0 ENTRY_PERIOD   bars    [20], 2 to 512
 *    1 EXIT_PERIOD    bars    [10], 1 to 512
 *   22 ADD_ATRS [0.5]    60 SL_ATR_MULTIPLIER [2]    62 ATR_AVERAGING_PERIOD [20]
 * The turtles risked 1 % a unit (57) and held four (45). Their other entry is 55 and 20.
 * Series: 0 primary, H1 to D1 meant. Lookback: max(periods, ATR period) + 1 completed bars.
 *
 * Literature: R. Donchian, "Commodities: high finance in copper" (1960); C. Faith, "Way of the
 * Turtle" (2007); B. Hurst, Y. Ooi, L. Pedersen, "A century of evidence on trend-following
 * investing" (2017).
 */
#include <math.h>
#include <string.h>

#include "../indicator/atr.h"
#include "../indicator/donchian.h"
#include "plan.h"
#include "trail.h"

enum { ENTRY_PERIOD = 0, EXIT_PERIOD = 1 };

static const fxs__plan defaults = {.stopAtrs = 2, .addAtrs = 0.5, .atrPeriod = 20};

/* What the state is made with: a change makes it anew. */
typedef struct {
    double entry, exit, atr;
} rules;

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    rules made;
    int64_t hasChannels;
    double close;
    fxs__bands entryBands, exitBands; /* before the last completed bar */
    fxs__donchian entry, exit;
    fxs__atr atr;
    fxs__book book;
} donchian_state;

static int read_settings(const double *settings, rules *out, fxs__plan *plan) {
    int code = fxs__plan_read(settings, &defaults, plan);
    out->entry =
        floor(fxs__setting_within(settings, ENTRY_PERIOD, 20, 2, FXS__WINDOW_MAX, &code));
    out->exit = floor(fxs__setting_within(settings, EXIT_PERIOD, 10, 1, FXS__WINDOW_MAX, &code));
    out->atr = plan->atrPeriod;
    return code;
}

static double lookback_of(const rules *r) {
    return fmax(fmax(r->entry, r->exit), r->atr) + 1;
}

static void reset(donchian_state *state, const rules *r) {
    state->seen = 0;
    state->made = *r;
    state->hasChannels = 0;
    fxs__donchian_init(&state->entry, (int)r->entry);
    fxs__donchian_init(&state->exit, (int)r->exit);
    fxs__atr_init(&state->atr, (int)r->atr);
}

static void take_bar(donchian_state *state, const fxs_bar *bar) {
    if (fxs__donchian_is_ready(&state->entry) && fxs__donchian_is_ready(&state->exit)) {
        state->hasChannels = 1;
        state->entryBands = fxs__donchian_bands(&state->entry);
        state->exitBands = fxs__donchian_bands(&state->exit);
    }
    state->close = bar->close;
    fxs__donchian_push(&state->entry, bar);
    fxs__donchian_push(&state->exit, bar);
    fxs__atr_push(&state->atr, bar);
}

static int take_new_bars(donchian_state *state, const fxs__series *series) {
    int newBars = fxs__unseen_bars(series, state->seen);
    for (int shift = newBars; shift >= 1; shift--) {
        take_bar(state, fxs__series_at(series, shift));
    }
    state->seen = series->state.completed;
    return newBars;
}

/* Where all units' stops belong once there is more than one. */
static double stop_of_units(const fxs__run *run, const fxs__plan *plan, int isLong, double atr) {
    fxs__holding holding = fxs__holding_of(run, isLong);
    return holding.count < 2
        ? 0
        : fxs__stop_behind(isLong, holding.newest->openPrice, atr, plan->stopAtrs);
}

static fxs__sight sight_of(const fxs__run *run, const fxs__plan *plan,
                           const donchian_state *state, int newBars) {
    double atr = fxs__atr_value(&state->atr), close = state->close;
    return (fxs__sight){
        .newBars = newBars,
        .entersLong = state->hasChannels && close > state->entryBands.upper,
        .entersShort = state->hasChannels && close < state->entryBands.lower,
        .exitsLong = state->hasChannels && close < state->exitBands.lower,
        .exitsShort = state->hasChannels && close > state->exitBands.upper,
        .close = close,
        .atr = atr,
        .longStop = stop_of_units(run, plan, 1, atr),
        .shortStop = stop_of_units(run, plan, 0, atr),
    };
}

static int run_donchian(fxs__run *run, void *memory) {
    donchian_state *state = memory;
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

    fxs__sight sight = sight_of(run, &plan, state, newBars);
    fxs__report_value(run, "Next buy above", fxs__donchian_bands(&state->entry).upper);
    fxs__report_value(run, "Next sell below", fxs__donchian_bands(&state->entry).lower);
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

const fxs__strategy fxs__donchian_trend = {
    1004, FXS__ANY_TREND_MODE, "Donchian trend", sizeof(donchian_state),
    check_series, check_settings, run_donchian,
};
