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
    int64_t shiftStart;   /* of the day whose shift is known, broker time */
    int64_t tradingStart; /* of the day whose trading is known, reference time */
    int32_t shiftSeconds;
    int isTrading;
} fxs__calendar;

void fxs__calendar_init(fxs__calendar *calendar, const fxs_setup *setup);

static inline int64_t fxs__floor_div(int64_t value, int64_t divisor) {
    return value / divisor - (value % divisor < 0);
}

static inline int64_t fxs__day_of(int64_t time) {
    return fxs__floor_div(time, FXS__DAY_SECONDS);
}

/* Another day than the one remembered. */
void fxs__calendar_learn_shift(fxs__calendar *calendar, int64_t brokerTime);
void fxs__calendar_learn_trading(fxs__calendar *calendar, int64_t referenceTime);

static inline int fxs__is_within_day(int64_t time, int64_t start) {
    return time >= start && time - start < FXS__DAY_SECONDS;
}

/* A broker's time on the reference broker's wall clock. */
static inline int64_t fxs__calendar_reference_time(fxs__calendar *calendar, int64_t brokerTime) {
    if (calendar->sameZone) {
        return brokerTime;
    }
    if (!fxs__is_within_day(brokerTime, calendar->shiftStart)) {
        fxs__calendar_learn_shift(calendar, brokerTime);
    }
    return brokerTime + calendar->shiftSeconds;
}

/* fxs_is_trading_day of a reference time. */
static inline int fxs__calendar_is_trading(fxs__calendar *calendar, int64_t referenceTime) {
    if (!fxs__is_within_day(referenceTime, calendar->tradingStart)) {
        fxs__calendar_learn_trading(calendar, referenceTime);
    }
    return calendar->isTrading;
}

#endif
