#include "clocks.h"

#include <stdlib.h>
#include <time.h>

enum { TOLERANCE_SECONDS = 1800, DAY_SECONDS = 86400 };

static const fxs_zone utc;

static int is_near(int64_t difference) {
    return difference > -TOLERANCE_SECONDS && difference < TOLERANCE_SECONDS;
}

/* A zone has one offset a day; on the day it changes, the one of the day before is right too. */
int saker__is_broker_now(const fxs_zone *broker, int64_t brokerTime, int64_t now) {
    int32_t today = fxs_zone_shift_seconds(broker, &utc, brokerTime);
    if (is_near(brokerTime + today - now)) {
        return 1;
    }
    int32_t yesterday = fxs_zone_shift_seconds(broker, &utc, brokerTime - DAY_SECONDS);
    return is_near(brokerTime + yesterday - now);
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
