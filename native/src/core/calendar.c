#include "calendar.h"

/*
 * The proleptic Gregorian calendar by Howard Hinnant's days algorithms: years start in March, so
 * that the leap day is the last of its year.
 */

typedef struct {
    int year, month, day;
} civil_date;

static int64_t days_from_civil(int year, int month, int day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = fxs__floor_div(y, 400);
    int64_t yearOfEra = y - era * 400;
    int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
}

static civil_date civil_from_days(int64_t days) {
    int64_t z = days + 719468;
    int64_t era = fxs__floor_div(z, 146097);
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    civil_date date;
    date.day = (int)(doy - (153 * mp + 2) / 5 + 1);
    date.month = (int)(mp < 10 ? mp + 3 : mp - 9);
    date.year = (int)(yoe + era * 400 + (date.month <= 2));
    return date;
}

/* 0 is Sunday; 1970-01-01 was a Thursday. */
static int weekday_of(int64_t day) {
    return (int)(((day + 4) % 7 + 7) % 7);
}

/* The day number of the nth weekday of a month; nth 0 is the last. */
static int64_t nth_weekday(int year, int month, int nth, int weekday) {
    if (nth == 0) {
        int64_t last = (month == 12 ? days_from_civil(year + 1, 1, 1)
                                    : days_from_civil(year, month + 1, 1)) - 1;
        return last - (weekday_of(last) - weekday + 7) % 7;
    }
    int64_t first = days_from_civil(year, month, 1);
    return first + (weekday - weekday_of(first) + 7) % 7 + 7 * (nth - 1);
}

static int32_t offset_of(const fxs_zone *zone, int64_t day) {
    if (zone->startMonth == 0 || zone->endMonth == 0) {
        return zone->standardSeconds;
    }
    int year = civil_from_days(day).year;
    int64_t start = nth_weekday(year, zone->startMonth, zone->startNth, zone->startDay);
    int64_t end = nth_weekday(year, zone->endMonth, zone->endNth, zone->endDay);
    /* South of the equator summer spans the turn of the year. */
    int summer = start <= end ? day >= start && day < end : day >= start || day < end;
    return summer ? zone->daylightSeconds : zone->standardSeconds;
}

static int32_t shift_of_day(const fxs_zone *broker, const fxs_zone *reference, int64_t day) {
    return offset_of(reference, day) - offset_of(broker, day);
}

int32_t fxs_zone_shift_seconds(const fxs_zone *broker, const fxs_zone *reference, int64_t time) {
    return shift_of_day(broker, reference, fxs__day_of(time));
}

static int is_trading_day(int64_t day, int flags) {
    int weekday = weekday_of(day);
    if (weekday == 0 || weekday == 6) {
        return (flags & FXS_KEEP_WEEKENDS) != 0;
    }
    civil_date date = civil_from_days(day);
    return !(date.month == 12 && date.day == 25) && !(date.month == 1 && date.day == 1);
}

int fxs_is_trading_day(int64_t time, int flags) {
    return is_trading_day(fxs__day_of(time), flags);
}

static int same_zone(const fxs_zone *a, const fxs_zone *b) {
    return a->startMonth == b->startMonth && a->startNth == b->startNth
        && a->startDay == b->startDay && a->endMonth == b->endMonth && a->endNth == b->endNth
        && a->endDay == b->endDay && a->standardSeconds == b->standardSeconds
        && a->daylightSeconds == b->daylightSeconds;
}

void fxs__calendar_init(fxs__calendar *calendar, const fxs_setup *setup) {
    calendar->broker = setup->broker;
    calendar->reference = setup->reference;
    calendar->flags = setup->flags;
    calendar->sameZone = same_zone(&setup->broker, &setup->reference);
    calendar->shiftStart = INT64_MAX; /* No day begins there. */
    calendar->tradingStart = INT64_MAX;
    calendar->shiftSeconds = 0;
    calendar->isTrading = 0;
}

void fxs__calendar_learn_shift(fxs__calendar *calendar, int64_t brokerTime) {
    int64_t day = fxs__day_of(brokerTime);
    calendar->shiftStart = day * FXS__DAY_SECONDS;
    calendar->shiftSeconds = shift_of_day(&calendar->broker, &calendar->reference, day);
}

void fxs__calendar_learn_trading(fxs__calendar *calendar, int64_t referenceTime) {
    int64_t day = fxs__day_of(referenceTime);
    calendar->tradingStart = day * FXS__DAY_SECONDS;
    calendar->isTrading = is_trading_day(day, calendar->flags);
}
