/*
 * London session breakout (id 1006).
 *
 * Idea: the hours before London opens are thin and make a range; the volume that comes then breaks
 * it, and the first break tends to hold for the session. Buy on the first close of the day above
 * the range, sell on the first below it; out at the stop, the target or the session's end, so that
 * nothing is held overnight. At most one entry a side a day.
 *
 * Minutes count from midnight on the reference broker's clock. Where that is New York plus seven
 * hours, as Saker's engine has it, London opens at 10:00 (11:00 in the few weeks when only New York
 * has summer time).
 *
 * Settings, 0 meaning the default in brackets; the rest in plan.h:
 *    0 RANGE_START_MINUTE                          [180], 1 to 1438
 *    1 RANGE_END_MINUTE                            [600], RANGE_START_MINUTE + 1 to 1439
 *    2 LAST_ENTRY_MINUTE   bars closing later wait for tomorrow    [840], RANGE_END_MINUTE to 1439
 *    3 BUFFER_PERCENT      of the range, beyond it                 [5], 0.1 to 100
 *    4 STOP_RANGES         stop, in ranges                         [1], 0.1 to 10
 *    5 TARGET_RANGES       target, in ranges; -1 = none            [1.5], 0.1 to 10
 *   20 SESSION_EXIT_MINUTE [1080]    62 ATR_AVERAGING_PERIOD [14]
 * 60 and 61 act on a lost stop and not at all.
 * Series: 0 primary, M5 to M30 meant, not above the range's length. Lookback: ATR period + 1
 * completed bars; a range counts only with its first bar, the one that opens at
 * RANGE_START_MINUTE or first after it.
 *
 * Literature: T. Crabel, "Day Trading with Short Term Price Patterns and Opening Range Breakout"
 * (1990); T. Ito, Y. Hashimoto, "Intraday seasonality in activities of the foreign exchange
 * markets" (2006); U. Holmberg, C. Lönnbark, C. Lundström, "Assessing the profitability of intraday
 * opening range breakout strategies" (2013).
 */
#include <math.h>
#include <string.h>

#include "../indicator/atr.h"
#include "leave.h"
#include "plan.h"

enum {
    RANGE_START_MINUTE = 0,
    RANGE_END_MINUTE = 1,
    LAST_ENTRY_MINUTE = 2,
    BUFFER_PERCENT = 3,
    STOP_RANGES = 4,
    TARGET_RANGES = 5
};

static const fxs__plan defaults = {.stopAtrs = 2, .sessionExitMinute = 1080, .atrPeriod = 14};

/* What the state is made with: a change makes it anew. */
typedef struct {
    double start, end, lastEntry, buffer, atr;
} rules;

typedef struct {
    double stopRanges, targetRanges;
} distances;

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    rules made;
    int64_t day;      /* of the last bar, since the epoch; 0 = none yet */
    int64_t isWhole;  /* 1 if the day's range has its first bar */
    int64_t brokeUp, brokeDown;       /* a close was beyond the range today */
    int64_t breaksUp, breaksDown;     /* the last bar was the first such */
    double high, low; /* of the day's range so far; 0 = no bar of it yet */
    double close;
    fxs__atr atr;
    fxs__book book;
} session_state;

static int read_settings(const double *settings, rules *out, distances *far, fxs__plan *plan) {
    const double lastMinute = FXS__DAY_MINUTES - 1;
    int code = fxs__plan_read(settings, &defaults, plan);
    out->start = fxs__setting_within(settings, RANGE_START_MINUTE, 180, 1, lastMinute - 1, &code);
    out->end = fxs__setting_within(settings, RANGE_END_MINUTE, 600, out->start + 1, lastMinute,
                                   &code);
    out->lastEntry =
        fxs__setting_within(settings, LAST_ENTRY_MINUTE, 840, out->end, lastMinute, &code);
    out->buffer = fxs__setting_within(settings, BUFFER_PERCENT, 5, 0.1, 100, &code);
    out->atr = plan->atrPeriod;
    far->stopRanges = fxs__setting_within(settings, STOP_RANGES, 1, 0.1, 10, &code);
    far->targetRanges = settings[TARGET_RANGES] == -1
        ? 0
        : fxs__setting_within(settings, TARGET_RANGES, 1.5, 0.1, 10, &code);
    return code;
}

static void reset(session_state *state, const rules *r) {
    fxs__book book = state->book;
    memset(state, 0, sizeof *state);
    state->book = book;
    state->made = *r;
    fxs__atr_init(&state->atr, (int)r->atr);
}

static void begin_day(session_state *state, int64_t day) {
    state->day = day;
    state->isWhole = 0;
    state->brokeUp = 0;
    state->brokeDown = 0;
    state->high = 0;
    state->low = 0;
}

static void take_bar(session_state *state, const fxs_bar *bar, int64_t periodSeconds) {
    int64_t day = fxs__day_of(bar->time);
    double minute = (double)((bar->time - day * FXS__DAY_SECONDS) / 60);
    double closes = minute + (double)(periodSeconds / 60);
    const rules *r = &state->made;
    if (day != state->day) {
        begin_day(state, day);
    }
    state->close = bar->close;
    state->breaksUp = 0;
    state->breaksDown = 0;
    fxs__atr_push(&state->atr, bar);
    if (minute >= r->start && closes <= r->end) {
        state->isWhole |= minute < r->start + (double)(periodSeconds / 60);
        state->low = state->high == 0 ? bar->low : fmin(state->low, bar->low);
        state->high = fmax(state->high, bar->high);
    } else if (minute >= r->end && state->high > 0) {
        double beyond = 0.01 * r->buffer * (state->high - state->low);
        int isUp = bar->close > state->high + beyond;
        int isDown = bar->close < state->low - beyond;
        int inTime = closes <= r->lastEntry && state->isWhole;
        state->breaksUp = isUp && !state->brokeUp && inTime;
        state->breaksDown = isDown && !state->brokeDown && inTime;
        state->brokeUp |= isUp;
        state->brokeDown |= isDown;
    }
}

static int take_new_bars(session_state *state, const fxs__series *series) {
    int newBars = fxs__unseen_bars(series, state->seen);
    for (int shift = newBars; shift >= 1; shift--) {
        take_bar(state, fxs__series_at(series, shift), series->periodSeconds);
    }
    state->seen = series->state.completed;
    return newBars;
}

static fxs__sight sight_of(const session_state *state, const distances *far, int newBars) {
    double range = state->high - state->low;
    return (fxs__sight){
        .newBars = newBars,
        .entersLong = state->breaksUp && range > 0,
        .entersShort = state->breaksDown && range > 0,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
        .stopDistance = far->stopRanges * range,
        .targetDistance = far->targetRanges * range,
    };
}

static int run_session(fxs__run *run, void *memory) {
    session_state *state = memory;
    rules r;
    distances far;
    fxs__plan plan;
    int code = read_settings(run->call->settings, &r, &far, &plan);
    if (code != 0) {
        return code;
    }
    if (run->setup->series[0].timeframeMinutes > r.end - r.start) {
        return FXS_EPARAM;
    }
    if (run->series[0].capacity < r.atr + 2) {
        return FXS_ERATES;
    }
    if (memcmp(&r, &state->made, sizeof r) != 0) {
        reset(state, &r);
    }
    int newBars = take_new_bars(state, &run->series[0]);

    plan.targetAtrs = 0; /* The target is in ranges, or none. */
    fxs__sight sight = sight_of(state, &far, newBars);
    fxs__report_value(run, "Range high", state->high);
    fxs__report_value(run, "Range low", state->low);
    return fxs__plan_run(run, &plan, &sight, &state->book);
}

static int check_series(const fxs_series_spec *series) {
    (void)series; /* The lookback depends on the settings of the call. */
    return 0;
}

static int check_settings(const double *settings) {
    rules ignored;
    distances alsoIgnored;
    fxs__plan ignoredToo;
    return read_settings(settings, &ignored, &alsoIgnored, &ignoredToo);
}

const fxs__strategy fxs__session_breakout = {
    1006, FXS__ANY_TREND_MODE, "London session breakout", sizeof(session_state),
    check_series, check_settings, run_session,
};
