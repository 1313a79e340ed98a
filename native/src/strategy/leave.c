#include "leave.h"

#include <math.h>

enum { SUNDAY = 0, FRIDAY = 5, SATURDAY = 6, EPOCH_WEEKDAY = 4 };

int fxs__minute_of_day(const fxs__run *run) {
    return (int)((run->now - fxs__day_of(run->now) * FXS__DAY_SECONDS) / 60);
}

int64_t fxs__open_time(const fxs__run *run, const fxs_order *order) {
    return (int64_t)order->openTime + (run->now - run->call->brokerTime);
}

int fxs__is_held_too_long(const fxs__run *run, const fxs_order *order, double bars) {
    double limit = 60.0 * run->setup->series[0].timeframeMinutes * bars;
    return bars > 0 && run->call->brokerTime - order->openTime >= limit;
}

int fxs__is_held_for_bars(const fxs__run *run, const fxs_order *order, double bars) {
    const fxs__series *series = &run->series[0];
    int64_t opened = fxs__open_time(run, order);
    int shift = (int)fmin(ceil(bars), series->capacity - 1);
    if (!(bars > 0) || fxs__series_at(series, shift)->time + series->periodSeconds <= opened) {
        return 0;
    }
    double before = (double)(fxs__series_at(series, shift)->time - opened);
    return shift + fmax(0, ceil(before / (double)series->periodSeconds)) >= bars;
}

/* Minute of the day at which the bar after the one being decided opens. */
static int next_decision(const fxs__run *run) {
    int64_t period = (int64_t)run->setup->series[0].timeframeMinutes * 60;
    int64_t opened = fxs__floor_div(run->now, period) * period;
    return (int)((opened + period - fxs__day_of(run->now) * FXS__DAY_SECONDS) / 60);
}

int fxs__is_session_over(const fxs__run *run, double minute) {
    return minute > 0 && next_decision(run) > minute;
}

int fxs__is_past_session(const fxs__run *run, const fxs_order *order, double minute) {
    return fxs__is_session_over(run, minute)
        || (minute > 0 && fxs__day_of(fxs__open_time(run, order)) < fxs__day_of(run->now));
}

int fxs__is_week_over(const fxs__run *run, double fridayMinute) {
    int64_t days = fxs__day_of(run->now) + EPOCH_WEEKDAY;
    int weekday = (int)(days - fxs__floor_div(days, 7) * 7);
    if (!(fridayMinute > 0)) {
        return 0;
    }
    return weekday == SATURDAY || weekday == SUNDAY
        || (weekday == FRIDAY && next_decision(run) > fridayMinute);
}
