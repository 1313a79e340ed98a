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

#include "../indicator/atr.h"
#include "../indicator/donchian.h"
#include "idea.h"
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

static void read_settings(fxs__settings *in, fxs__plan *plan, void *settings) {
    rules *r = settings;
    r->entry = fxs__count_within(in, ENTRY_PERIOD, 20, 2, FXS__WINDOW_MAX);
    r->exit = fxs__count_within(in, EXIT_PERIOD, 10, 1, FXS__WINDOW_MAX);
    r->atr = plan->atrPeriod;
}

static double lookback(const void *settings) {
    const rules *r = settings;
    return fmax(fmax(r->entry, r->exit), r->atr) + 1;
}

static void reset(const fxs__turn *turn, void *memory) {
    const rules *r = turn->settings;
    donchian_state *state = memory;
    fxs__donchian_init(&state->entry, (int)r->entry);
    fxs__donchian_init(&state->exit, (int)r->exit);
    fxs__atr_init(&state->atr, (int)r->atr);
}

static void take_bar(void *memory, const fxs__series *primary, int shift) {
    donchian_state *state = memory;
    const fxs_bar *bar = fxs__series_at(primary, shift);
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

/* Where all units' stops belong once there is more than one. */
static double stop_of_units(const fxs__turn *turn, int isLong, double atr) {
    fxs__holding holding = fxs__holding_of(turn->run, isLong);
    return holding.count < 2
        ? 0
        : fxs__stop_behind(isLong, holding.newest->openPrice, atr, turn->plan->stopAtrs);
}

static fxs__sight look(const fxs__turn *turn, void *memory) {
    const donchian_state *state = memory;
    double atr = fxs__atr_value(&state->atr), close = state->close;
    fxs__bands next = fxs__donchian_bands(&state->entry);
    fxs__report_value(turn->run, "Next buy above", next.upper);
    fxs__report_value(turn->run, "Next sell below", next.lower);
    return (fxs__sight){
        .entersLong = state->hasChannels && close > state->entryBands.upper,
        .entersShort = state->hasChannels && close < state->entryBands.lower,
        .exitsLong = state->hasChannels && close < state->exitBands.lower,
        .exitsShort = state->hasChannels && close > state->exitBands.upper,
        .close = close,
        .atr = atr,
        .longStop = stop_of_units(turn, 1, atr),
        .shortStop = stop_of_units(turn, 0, atr),
    };
}

static const fxs__idea idea = {
    .defaults = &defaults,
    FXS__IDEA_LAYOUT(donchian_state, rules),
    .read = read_settings,
    .lookback = lookback,
    .reset = reset,
    .take_bar = take_bar,
    .look = look,
};

const fxs__strategy fxs__donchian_trend = {
    1004, FXS__ANY_TREND_MODE, "Donchian trend", sizeof(donchian_state), .idea = &idea,
};
