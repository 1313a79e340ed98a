#include "clocks.h"

#include <stdlib.h>
#include <time.h>

enum { TOLERANCE_SECONDS = 1800, DAY_SECONDS = 86400, HOUR_SECONDS = 3600 };

static const fxs_zone utc;

static int is_near(int64_t difference) {
    return difference > -TOLERANCE_SECONDS && difference < TOLERANCE_SECONDS;
}

/* 1 if the clock is right by the offset of the day that `other` is in. */
static int is_right(const fxs_zone *zone, int64_t time, int64_t other, int64_t now) {
    return is_near(time + fxs_zone_shift_seconds(zone, &utc, other) - now);
}

/* A zone has one offset a day. On the day it changes, that of the day before is right too; and
 * where clocks go back at midnight, the hour before it comes again by the offset of the new day. */
int saker__is_broker_now(const fxs_zone *broker, int64_t brokerTime, int64_t now) {
    return is_right(broker, brokerTime, brokerTime, now)
        || is_right(broker, brokerTime, brokerTime - DAY_SECONDS, now)
        || is_right(broker, brokerTime, brokerTime + HOUR_SECONDS, now);
}

int saker__is_local_zone(const fxs_zone *local, int64_t now, int64_t hostOffset) {
    return saker__is_broker_now(local, now + hostOffset, now);
}

int64_t saker__now(void) {
    return (int64_t)time(NULL);
}

int64_t saker__host_offset(int64_t now) {
    struct tm local;
    time_t seconds = (time_t)now;
    return localtime_r(&seconds, &local) != NULL ? local.tm_gmtoff : 0;
}
