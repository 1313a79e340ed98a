/*
 * Average true range with Wilder's memory: true ranges (atr.h) smoothed as in wilder.h. The plain
 * mean of the last ranges, as the existing framework computes it, is fxs__atr.
 *
 * Units: price. Lookback: period + 1 bars. J. W. Wilder, "New Concepts in Technical Trading
 * Systems" (1978), section III; TA-Lib's ATR.
 */
#ifndef FXS_WILDER_ATR_H
#define FXS_WILDER_ATR_H

#include "fxs.h"
#include "wilder.h"

typedef struct {
    double previousClose; /* 0 before the first bar */
    fxs__wilder ranges;
} fxs__wilder_atr;

/* period 1 or more, 14 as a rule */
void fxs__wilder_atr_init(fxs__wilder_atr *atr, int period);

void fxs__wilder_atr_push(fxs__wilder_atr *atr, const fxs_bar *bar);

static inline int fxs__wilder_atr_is_ready(const fxs__wilder_atr *atr) {
    return fxs__wilder_is_ready(&atr->ranges);
}

/* Ready only. */
static inline double fxs__wilder_atr_value(const fxs__wilder_atr *atr) {
    return fxs__wilder_value(&atr->ranges);
}

#endif
