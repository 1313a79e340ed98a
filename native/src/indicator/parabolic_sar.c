#include "parabolic_sar.h"

#include <math.h>
#include <string.h>

void fxs__parabolic_sar_init(fxs__parabolic_sar *sar, double step, double maximum) {
    memset(sar, 0, sizeof *sar);
    sar->step = step;
    sar->maximum = maximum;
}

static void begin(fxs__parabolic_sar *sar, const fxs_bar *bar) {
    double up = bar->high - sar->previousHigh;
    double down = sar->previousLow - bar->low;
    int isShort = down > up && down > 0;
    sar->side = isShort ? -1 : 1;
    sar->acceleration = sar->step;
    sar->extreme = isShort ? bar->low : bar->high;
    sar->next = isShort ? sar->previousHigh : sar->previousLow;
}

/* The worse of two prices for a position: what a stop must not pass. */
static double behind(int64_t side, double a, double b) {
    return side > 0 ? fmin(a, b) : fmax(a, b);
}

static void advance(fxs__parabolic_sar *sar, double near, double nearBefore) {
    double next = sar->sar + sar->acceleration * (sar->extreme - sar->sar);
    sar->next = behind(sar->side, next, behind(sar->side, near, nearBefore));
}

static void step(fxs__parabolic_sar *sar, const fxs_bar *bar) {
    int isLong = sar->side > 0;
    double near = isLong ? bar->low : bar->high;
    double far = isLong ? bar->high : bar->low;
    double nearBefore = isLong ? sar->previousLow : sar->previousHigh;
    double farBefore = isLong ? sar->previousHigh : sar->previousLow;
    sar->sar = sar->next;
    if (isLong ? near <= sar->sar : near >= sar->sar) {
        sar->side = -sar->side;
        sar->sar = behind(sar->side, sar->extreme, behind(sar->side, far, farBefore));
        sar->acceleration = sar->step;
        sar->extreme = near;
        advance(sar, far, farBefore);
        return;
    }
    if (isLong ? far > sar->extreme : far < sar->extreme) {
        sar->extreme = far;
        sar->acceleration = fmin(sar->acceleration + sar->step, sar->maximum);
    }
    advance(sar, near, nearBefore);
}

void fxs__parabolic_sar_push(fxs__parabolic_sar *sar, const fxs_bar *bar) {
    if (sar->seen == 1) {
        begin(sar, bar);
    }
    if (sar->seen > 0) {
        step(sar, bar);
    }
    sar->previousHigh = bar->high;
    sar->previousLow = bar->low;
    if (sar->seen < 2) {
        sar->seen++;
    }
}
