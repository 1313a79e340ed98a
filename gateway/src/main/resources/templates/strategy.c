/*
 * @TITLE@ (id @ID@).
 *
 * Idea: a close that crosses its exponential moving average begins a move. Buy when the last
 * completed close crosses above the average, sell when it crosses below; the opposite cross closes,
 * as do stop, target and TIMED_EXIT_BARS.
 *
 * Settings, 0 meaning the default in brackets; the rest in bracket.h:
 *    0 AVERAGE_PERIOD   bars    [20], 2 to 500
 *   48 TIMED_EXIT_BARS [24]    60 SL_ATR_MULTIPLIER [2]    61 TP_ATR_MULTIPLIER [3]
 * Series: 0 primary, any timeframe. Lookback: max(AVERAGE_PERIOD + 1, ATR period + 1) completed
 * bars; give 100 more, until the seed of the average has faded.
 *
 * Literature: name the source of the rule, and what was measured with it.
 */
#include "../indicator/atr.h"
#include "../indicator/ema.h"
#include "bracket.h"

enum { AVERAGE_PERIOD = 0, PERIOD_MIN = 2, PERIOD_MAX = 500 };

static const fxs__bracket defaults = {
    .stopAtrs = 2, .targetAtrs = 3, .riskPercent = 0.1, .marginPercent = 10,
    .timedExitBars = 24, .atrPeriod = 14,
};

/* Plain memory, zero at first, and nothing between the fields: a snapshot is a copy of it. */
typedef struct {
    int64_t seen;     /* completed bars taken, 0 = none yet */
    double distance;  /* last completed close minus the average, 0 until there is one */
    double before;    /* the same a bar earlier */
    fxs__ema average;
    fxs__atr atr;
} @NAME@_state;

typedef struct {
    fxs__bracket bracket;
    int period;
} @NAME@_settings;

static int read_settings(const double *settings, @NAME@_settings *out) {
    double period = fxs__setting_or(settings, AVERAGE_PERIOD, 20);
    if (!(period >= PERIOD_MIN && period <= PERIOD_MAX)) {
        return FXS_EPARAM; /* Also for what is not a number. */
    }
    out->period = (int)period;
    return fxs__bracket_read(settings, &defaults, &out->bracket);
}

static int lookback_of(const @NAME@_settings *settings) {
    int longest = settings->period > settings->bracket.atrPeriod ? settings->period
                                                                 : settings->bracket.atrPeriod;
    return longest + 1;
}

/* 0 at the first call, and when a setting was changed since the last. */
static int is_current(const @NAME@_state *state, const @NAME@_settings *settings) {
    return state->seen > 0 && state->average.period == settings->period
        && state->atr.ranges.period == settings->bracket.atrPeriod;
}

static void reset(@NAME@_state *state, const @NAME@_settings *settings) {
    *state = (@NAME@_state){0};
    fxs__ema_init(&state->average, settings->period);
    fxs__atr_init(&state->atr, settings->bracket.atrPeriod);
}

/* Returns 1 if there was one: an entry belongs to a bar, not to every tick that sees it. */
static int take_new_bars(@NAME@_state *state, const fxs__series *series) {
    int unseen = fxs__unseen_bars(series, state->seen);
    for (int shift = unseen; shift >= 1; shift--) {
        const fxs_bar *bar = fxs__series_at(series, shift);
        fxs__ema_push(&state->average, bar->close);
        fxs__atr_push(&state->atr, bar);
        state->before = state->distance;
        state->distance = fxs__ema_is_ready(&state->average) ? bar->close - state->average.value : 0;
    }
    state->seen = series->state.completed;
    return unseen > 0;
}

static fxs__view view_of(const @NAME@_state *state, int hasNewBar) {
    int up = state->distance > 0 && state->before < 0;
    int down = state->distance < 0 && state->before > 0;
    return (fxs__view){
        .entersLong = hasNewBar && up,
        .entersShort = hasNewBar && down,
        .exitsLong = down,
        .exitsShort = up,
        .atr = fxs__atr_value(&state->atr),
    };
}

static int run_@NAME@(fxs__run *run, void *memory) {
    @NAME@_state *state = memory;
    @NAME@_settings settings;
    int code = read_settings(run->call->settings, &settings);
    if (code != 0) {
        return code;
    }
    if (run->series[0].capacity < lookback_of(&settings) + 1) {
        return FXS_ERATES;
    }
    if (!is_current(state, &settings)) {
        reset(state, &settings);
    }
    int hasNewBar = take_new_bars(state, &run->series[0]);

    fxs__view view = view_of(state, hasNewBar);
    fxs__bracket_run(run, &settings.bracket, &view);
    return 0;
}

static int check_series(const fxs_series_spec *series) {
    (void)series; /* The lookback depends on the settings of the call. */
    return 0;
}

static int check_settings(const double *settings) {
    @NAME@_settings ignored;
    return read_settings(settings, &ignored);
}

const fxs__strategy fxs__@NAME@ = {
    @ID@, FXS__ANY_TREND_MODE, "@TITLE@", sizeof(@NAME@_state),
    check_series, check_settings, run_@NAME@,
};
