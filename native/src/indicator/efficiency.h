/*
 * Kaufman's efficiency ratio: how much of the way was progress.
 *
 *   er = |close - close `period` ago| / sum of |close - previous close| over the last `period`
 *
 * Units: 0 (noise) to 1 (a straight line); 0 where nothing moved. Lookback: period + 1 closes.
 * P. Kaufman, "Smarter Trading" (1995).
 */
#ifndef FXS_EFFICIENCY_H
#define FXS_EFFICIENCY_H

#include "delay.h"
#include "rolling_sum.h"

typedef struct {
    double newest;
    fxs__delay closes;
    fxs__rolling_sum moves;
} fxs__efficiency;

/* period 1 to FXS__WINDOW_MAX */
void fxs__efficiency_init(fxs__efficiency *efficiency, int period);

void fxs__efficiency_push(fxs__efficiency *efficiency, double close);

static inline int fxs__efficiency_is_ready(const fxs__efficiency *efficiency) {
    return fxs__delay_is_ready(&efficiency->closes);
}

/* Ready only. */
double fxs__efficiency_value(const fxs__efficiency *efficiency);

#endif
