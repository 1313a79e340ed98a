#include "pivots.h"

#include <math.h>
#include <string.h>

#include "../core/calendar.h"

static const double FIBONACCI[FXS__PIVOT_LEVELS] = {0.382, 0.618, 1, 1.618};
static const double CAMARILLA[FXS__PIVOT_LEVELS] = {1.1 / 12, 1.1 / 6, 1.1 / 4, 1.1 / 2};

static void around(fxs__levels *levels, double center, double range, const double *factors) {
    for (int i = 0; i < FXS__PIVOT_LEVELS; i++) {
        levels->resistance[i] = center + factors[i] * range;
        levels->support[i] = center - factors[i] * range;
    }
}

static void floor_levels(fxs__levels *levels, const fxs_bar *day) {
    double p = levels->pivot, high = day->high, low = day->low;
    levels->resistance[0] = 2 * p - low;
    levels->resistance[1] = p + (high - low);
    levels->resistance[2] = high + 2 * (p - low);
    levels->resistance[3] = high + 3 * (p - low);
    levels->support[0] = 2 * p - high;
    levels->support[1] = p - (high - low);
    levels->support[2] = low - 2 * (high - p);
    levels->support[3] = low - 3 * (high - p);
}

fxs__levels fxs__levels_of(int kind, const fxs_bar *day, double open) {
    double range = day->high - day->low;
    fxs__levels levels = {.pivot = (day->high + day->low + day->close) / 3};
    switch (kind) {
    case FXS__PIVOTS_FIBONACCI:
        around(&levels, levels.pivot, range, FIBONACCI);
        break;
    case FXS__PIVOTS_CAMARILLA:
        around(&levels, day->close, range, CAMARILLA);
        break;
    case FXS__PIVOTS_WOODIE:
        levels.pivot = (day->high + day->low + 2 * open) / 4;
        floor_levels(&levels, day);
        levels.resistance[3] = levels.resistance[2] + range;
        levels.support[3] = levels.support[2] - range;
        break;
    default:
        floor_levels(&levels, day);
    }
    return levels;
}

void fxs__pivots_init(fxs__pivots *pivots, int kind) {
    memset(pivots, 0, sizeof *pivots);
    pivots->kind = kind;
}

static void begin_day(fxs__pivots *pivots, int64_t day, const fxs_bar *bar) {
    if (pivots->days >= 2) {
        fxs_bar last = {.high = pivots->high, .low = pivots->low, .close = pivots->close};
        pivots->levels = fxs__levels_of((int)pivots->kind, &last, bar->open);
    }
    if (pivots->days < 3) {
        pivots->days++;
    }
    pivots->day = day;
    pivots->high = bar->high;
    pivots->low = bar->low;
}

void fxs__pivots_push(fxs__pivots *pivots, const fxs_bar *bar) {
    int64_t day = fxs__day_of(bar->time);
    if (pivots->days == 0 || day != pivots->day) {
        begin_day(pivots, day, bar);
    }
    pivots->high = fmax(pivots->high, bar->high);
    pivots->low = fmin(pivots->low, bar->low);
    pivots->close = bar->close;
}
