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

#include "../indicator/atr.h"
#include "idea.h"
#include "leave.h"

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

/* The distances act at once. */
typedef struct {
    rules rules;
    double stopRanges, targetRanges;
} session_settings;

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    rules made;
    int64_t day;                  /* of the last bar, since the epoch; 0 = none yet */
    int64_t isWhole;              /* 1 if the day's range has its first bar */
    int64_t brokeUp, brokeDown;   /* a close was beyond the range today */
    int64_t breaksUp, breaksDown; /* the last bar was the first such */
    double high, low;             /* of the day's range so far; 0 = no bar of it yet */
    double close;
    fxs__atr atr;
    fxs__book book;
} session_state;

static void read_settings(fxs__settings *in, fxs__plan *plan, void *settings) {
    const double lastMinute = FXS__DAY_MINUTES - 1;
    session_settings *own = settings;
    rules *r = &own->rules;
    r->start = fxs__setting_within(in, RANGE_START_MINUTE, 180, 1, lastMinute - 1);
    r->end = fxs__setting_within(in, RANGE_END_MINUTE, 600, r->start + 1, lastMinute);
    r->lastEntry = fxs__setting_within(in, LAST_ENTRY_MINUTE, 840, r->end, lastMinute);
    r->buffer = fxs__setting_within(in, BUFFER_PERCENT, 5, 0.1, 100);
    r->atr = plan->atrPeriod;
    own->stopRanges = fxs__setting_within(in, STOP_RANGES, 1, 0.1, 10);
    own->targetRanges = in->settings[TARGET_RANGES] == -1
        ? 0
        : fxs__setting_within(in, TARGET_RANGES, 1.5, 0.1, 10);
    plan->targetAtrs = 0; /* The target is in ranges, or none. */
}

static int fits(const fxs__turn *turn) {
    const rules *r = turn->settings;
    return turn->run->setup->series[0].timeframeMinutes > r->end - r->start ? FXS_EPARAM : 0;
}

static double lookback(const void *settings) {
    const rules *r = settings;
    return r->atr + 1;
}

static void reset(const fxs__turn *turn, void *memory) {
    const rules *r = turn->settings;
    session_state *state = memory;
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

static void look_for_break(session_state *state, const fxs_bar *bar, int inTime) {
    double beyond = 0.01 * state->made.buffer * (state->high - state->low);
    int isUp = bar->close > state->high + beyond;
    int isDown = bar->close < state->low - beyond;
    state->breaksUp = isUp && !state->brokeUp && inTime;
    state->breaksDown = isDown && !state->brokeDown && inTime;
    state->brokeUp |= isUp;
    state->brokeDown |= isDown;
}

static void take_bar(void *memory, const fxs__series *primary, int shift) {
    session_state *state = memory;
    const fxs_bar *bar = fxs__series_at(primary, shift);
    const rules *r = &state->made;
    int64_t day = fxs__day_of(bar->time);
    double minutes = (double)(primary->periodSeconds / 60);
    double opens = (double)((bar->time - day * FXS__DAY_SECONDS) / 60), closes = opens + minutes;
    if (day != state->day) {
        begin_day(state, day);
    }
    state->close = bar->close;
    state->breaksUp = 0;
    state->breaksDown = 0;
    fxs__atr_push(&state->atr, bar);
    if (opens >= r->start && closes <= r->end) {
        state->isWhole |= opens < r->start + minutes;
        state->low = state->high == 0 ? bar->low : fmin(state->low, bar->low);
        state->high = fmax(state->high, bar->high);
    } else if (opens >= r->end && state->high > 0) {
        look_for_break(state, bar, closes <= r->lastEntry && state->isWhole);
    }
}

static fxs__sight look(const fxs__turn *turn, void *memory) {
    const session_settings *own = turn->settings;
    const session_state *state = memory;
    double range = state->high - state->low;
    fxs__report_value(turn->run, "Range high", state->high);
    fxs__report_value(turn->run, "Range low", state->low);
    return (fxs__sight){
        .entersLong = state->breaksUp && range > 0,
        .entersShort = state->breaksDown && range > 0,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
        .stopDistance = own->stopRanges * range,
        .targetDistance = own->targetRanges * range,
    };
}

static const fxs__idea idea = {
    .defaults = &defaults,
    FXS__IDEA_LAYOUT(session_state, session_settings),
    .read = read_settings,
    .fits = fits,
    .lookback = lookback,
    .reset = reset,
    .take_bar = take_bar,
    .look = look,
};

const fxs__strategy fxs__session_breakout = {
    1006, FXS__ANY_TREND_MODE, "London session breakout", sizeof(session_state), .idea = &idea,
};
