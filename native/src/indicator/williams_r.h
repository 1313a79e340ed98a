/*
 * Williams' %R.
 *
 *   %R = -100 * (highest high - close) / (highest high - lowest low), of the last `period` bars
 *
 * Units: -100 to 0; -50 where the bars have no range (TA-Lib says 0). Lookback: period bars.
 * L. Williams, "How I Made One Million Dollars" (1973); period 14.
 */
#ifndef FXS_WILLIAMS_R_H
#define FXS_WILLIAMS_R_H

#include "donchian.h"

typedef struct {
    double close;
    fxs__donchian range;
} fxs__williams_r;

/* period 1 to FXS__WINDOW_MAX */
void fxs__williams_r_init(fxs__williams_r *williams, int period);

void fxs__williams_r_push(fxs__williams_r *williams, const fxs_bar *bar);

static inline int fxs__williams_r_is_ready(const fxs__williams_r *williams) {
    return fxs__donchian_is_ready(&williams->range);
}

/* Ready only. */
double fxs__williams_r_value(const fxs__williams_r *williams);

#endif
