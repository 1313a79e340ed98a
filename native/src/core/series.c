#include "series.h"

#include <math.h>
#include <string.h>

/* Weeks start on Monday: three days before the epoch's Thursday. */
enum { WEEK_MINUTES = 10080, WEEK_SHIFT_SECONDS = 259200 };

/* More periods than 32-bit time has seconds. */
#define COMPLETED_MAX ((int64_t)1 << 40)

typedef struct {
    double open, high, low, close, volume;
    int64_t time;
} base_bar;

/* The layout is known where these are expanded, so that a bar of ours is read without a switch. */
static inline int64_t time_of(const fxs_rates *rates, int index, int layout) {
    switch (layout) {
    case FXS_LAYOUT_MQL4: {
        fxs_mql4_bar bar;
        memcpy(&bar, (const char *)rates->bars + (size_t)index * sizeof bar, sizeof bar);
        return bar.time > INT32_MAX ? -1 : (int64_t)bar.time;
    }
    case FXS_LAYOUT_MQL5: {
        fxs_mql5_bar bar;
        memcpy(&bar, (const char *)rates->bars + (size_t)index * sizeof bar, sizeof bar);
        return bar.time > INT32_MAX ? -1 : (int64_t)bar.time;
    }
    default:
        return ((const fxs_bar *)rates->bars)[index].time;
    }
}

/* `time` is that of time_of, or on the reference broker's clock. */
static inline base_bar read_bar(const fxs_rates *rates, int index, int64_t time, int layout) {
    switch (layout) {
    case FXS_LAYOUT_MQL4: {
        fxs_mql4_bar bar;
        memcpy(&bar, (const char *)rates->bars + (size_t)index * sizeof bar, sizeof bar);
        return (base_bar){bar.open, bar.high, bar.low, bar.close, bar.volume, time};
    }
    case FXS_LAYOUT_MQL5: {
        fxs_mql5_bar bar;
        memcpy(&bar, (const char *)rates->bars + (size_t)index * sizeof bar, sizeof bar);
        return (base_bar){bar.open, bar.high, bar.low, bar.close, (double)bar.tick_volume, time};
    }
    default: {
        const fxs_bar *bar = (const fxs_bar *)rates->bars + index;
        return (base_bar){bar->open, bar->high, bar->low, bar->close, bar->volume, time};
    }
    }
}

/* Not for NaN. */
static inline int is_price(double value) {
    return (value > 0) & (value <= FXS_PRICE_MAX);
}

static inline int is_at_most(double value, double most) {
    return fabs(value) <= most;
}

/* brokerTime: as the caller wrote it. A low that is not positive is unknown, and ignored. Without
 * branches: every bar of a first window comes by here. */
static inline int is_sound(const base_bar *bar, int64_t brokerTime) {
    return (brokerTime > 0) & (bar->time > 0) & (bar->time <= INT32_MAX) & is_price(bar->open)
        & is_price(bar->high) & is_price(bar->close) & is_at_most(bar->low, FXS_PRICE_MAX)
        & is_at_most(bar->volume, FXS_VOLUME_MAX);
}

static int64_t period_start(const fxs__series *series, int64_t time) {
    int64_t shift = series->periodSeconds == WEEK_MINUTES * 60 ? WEEK_SHIFT_SECONDS : 0;
    return fxs__floor_div(time + shift, series->periodSeconds) * series->periodSeconds - shift;
}

static fxs_bar *forming(fxs__series *series) {
    return series->bars + series->head;
}

/* A period of which no low is known reaches down to its open or close, whichever is lower. */
static void complete(fxs_bar *bar) {
    if (bar->low <= 0) {
        bar->low = fmin(bar->open, bar->close);
    }
}

/* Makes room for a new forming bar; the oldest falls out. */
static void advance(fxs__series *series) {
    complete(forming(series));
    if (series->head + 1 == 2 * series->capacity) {
        size_t kept = (size_t)series->capacity - 1;
        memmove(series->bars, series->bars + series->head + 1 - kept, kept * sizeof(fxs_bar));
        series->head = (int)kept - 1;
    }
    series->head++;
}

static void open_period(fxs__series *series, const base_bar *bar) {
    fxs__series_state *state = &series->state;
    state->start = period_start(series, bar->time);
    state->end = state->start + series->periodSeconds;
    state->mergedTime = bar->time;
    state->volumeBefore = 0;
    *forming(series) = (fxs_bar){bar->open, bar->high, bar->low > 0 ? bar->low : 0,
                                 bar->close, bar->volume, (int32_t)state->start, 0};
}

static inline void merge(fxs__series *series, const base_bar *bar) {
    fxs__series_state *state = &series->state;
    fxs_bar *slot = forming(series);
    if (bar->time < state->mergedTime) {
        return; /* A bar that was merged before, or arrived out of order. */
    }
    if (bar->time > state->mergedTime) {
        state->volumeBefore = slot->volume;
        state->mergedTime = bar->time;
    }
    if (bar->high > slot->high) {
        slot->high = bar->high;
    }
    if (bar->low > 0 && (slot->low <= 0 || bar->low < slot->low)) {
        slot->low = bar->low;
    }
    if (bar->time > state->start) {
        slot->close = bar->close; /* The existing framework keeps the first close of a period's
                                     first base bar until the next one; so do we. */
    }
    slot->volume = state->volumeBefore + bar->volume;
}

static inline int take_layout(fxs__series *series, const fxs_rates *rates, int from,
                              fxs__calendar *calendar, int *periods, int layout) {
    fxs__series_state *state = &series->state;
    for (int i = from; i < rates->count; i++) {
        int64_t brokerTime = time_of(rates, i, layout);
        int64_t time = fxs__calendar_reference_time(calendar, brokerTime);
        if (!fxs__calendar_is_trading(calendar, time)) {
            continue;
        }
        base_bar bar = read_bar(rates, i, time, layout);
        if (!is_sound(&bar, brokerTime)) {
            return FXS_EBARS;
        }
        if (*periods > 0 && time < state->end) {
            if (time >= state->start) {
                merge(series, &bar);
            }
            continue;
        }
        if (*periods > 0) {
            advance(series);
            state->completed++;
        }
        open_period(series, &bar);
        (*periods)++;
    }
    return 0;
}

/* Takes the usable base bars from `from` on, in order. */
static int take(fxs__series *series, const fxs_rates *rates, int from, fxs__calendar *calendar,
                int *periods) {
    return rates->layout == FXS_LAYOUT_C
        ? take_layout(series, rates, from, calendar, periods, FXS_LAYOUT_C)
        : take_layout(series, rates, from, calendar, periods, rates->layout);
}

static int fill(fxs__series *series, const fxs_rates *rates, fxs__calendar *calendar) {
    int periods = 0;
    series->head = 0;
    memset(&series->state, 0, sizeof series->state);
    int code = take(series, rates, 0, calendar, &periods);
    if (code != 0) {
        return code;
    }
    if (periods < series->capacity) {
        return FXS_ERATES;
    }
    series->state.filled = 1;
    return 0;
}

/*
 * The newest bar opened a period: rebuild the one before it, and any the caller skipped, from the
 * window. If that period has left the window, what we had of it stands.
 */
static int roll(fxs__series *series, const fxs_rates *rates, fxs__calendar *calendar) {
    int64_t rebuilt = series->state.start;
    int from = rates->count;
    int firstOfRebuilt = rates->count;
    while (from > 0) {
        int64_t brokerTime = time_of(rates, from - 1, rates->layout);
        int64_t time = fxs__calendar_reference_time(calendar, brokerTime);
        if (time < rebuilt) {
            break;
        }
        from--;
        if (time < series->state.end && fxs__calendar_is_trading(calendar, time)) {
            firstOfRebuilt = from;
        }
    }
    if (firstOfRebuilt == rates->count) {
        int periods = 1;
        return take(series, rates, from, calendar, &periods);
    }
    /* periods 0: the first bar taken re-opens the forming slot in place. */
    int periods = 0;
    return take(series, rates, firstOfRebuilt, calendar, &periods);
}

void fxs__series_init(fxs__series *series, const fxs_series_spec *spec, fxs_bar *bars) {
    series->bars = bars;
    series->head = 0;
    series->capacity = spec->timeframeMinutes > 0 ? spec->bars : 0;
    series->periodSeconds = (int64_t)spec->timeframeMinutes * 60;
    memset(&series->state, 0, sizeof series->state);
}

int fxs__series_update(fxs__series *series, const fxs_rates *rates, fxs__calendar *calendar) {
    if (!series->state.filled) {
        return fill(series, rates, calendar);
    }
    /* Every base bar is shown once as the newest, so an unusable one brings nothing to look at. */
    int newest = rates->count - 1;
    int64_t brokerTime = time_of(rates, newest, rates->layout);
    int64_t time = fxs__calendar_reference_time(calendar, brokerTime);
    if (time < series->state.start || !fxs__calendar_is_trading(calendar, time)) {
        return 0;
    }
    if (time >= series->state.end) {
        return roll(series, rates, calendar);
    }
    base_bar bar = read_bar(rates, newest, time, rates->layout);
    if (!is_sound(&bar, brokerTime)) {
        return FXS_EBARS;
    }
    merge(series, &bar);
    return 0;
}

static int is_sound_period(const fxs_bar *bar) {
    return is_price(bar->open) && is_price(bar->high) && is_price(bar->close) && bar->low >= 0
        && bar->low <= FXS_PRICE_MAX && isfinite(bar->volume) && bar->reserved == 0;
}

int fxs__series_is_sound(const fxs__series *series) {
    const fxs__series_state *state = &series->state;
    if (series->capacity == 0 || state->filled != 1 || state->completed < 0
        || state->completed > COMPLETED_MAX || state->start < INT32_MIN
        || state->start > INT32_MAX || state->start != period_start(series, state->start)
        || state->end != state->start + series->periodSeconds
        || state->mergedTime < state->start || state->mergedTime >= state->end
        || state->start != fxs__series_at(series, 0)->time || !isfinite(state->volumeBefore)) {
        return 0;
    }
    for (int shift = 0; shift < series->capacity; shift++) {
        const fxs_bar *bar = fxs__series_at(series, shift);
        if (!is_sound_period(bar)
            || (shift > 0 && bar->time >= fxs__series_at(series, shift - 1)->time)) {
            return 0;
        }
    }
    return 1;
}
