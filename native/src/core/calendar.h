/* Days, daylight saving and trading days: pure arithmetic on wall-clock seconds. */
#ifndef FXS_CALENDAR_H
#define FXS_CALENDAR_H

#include "fxs.h"

enum { FXS__DAY_SECONDS = 86400 };

/* Remembers the last day asked for, so that a bar costs two comparisons. Derived, never saved. */
typedef struct {
    fxs_zone broker, reference;
    int flags;
    int sameZone;
    int64_t shiftDay;
    int64_t tradingDay;
    int32_t shiftSeconds;
    int isTrading;
} fxs__calendar;

void fxs__calendar_init(fxs__calendar *calendar, const fxs_setup *setup);

/* A broker's time on the reference broker's wall clock. */
int64_t fxs__calendar_reference_time(fxs__calendar *calendar, int64_t brokerTime);

/* fxs_is_trading_day of a reference time. */
int fxs__calendar_is_trading(fxs__calendar *calendar, int64_t referenceTime);

static inline int64_t fxs__floor_div(int64_t value, int64_t divisor) {
    return value / divisor - (value % divisor < 0);
}

static inline int64_t fxs__day_of(int64_t time) {
    return fxs__floor_div(time, FXS__DAY_SECONDS);
}

#endif
