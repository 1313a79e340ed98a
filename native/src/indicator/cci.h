/*
 * Commodity channel index.
 *
 *   typical = (high + low + close) / 3
 *   cci     = (typical - mean) / (0.015 * mean of |typical - mean|), means of the last `period`
 *
 * Units: none; three quarters of the values lie within 100. 0 where nothing deviates. Lookback:
 * period bars. A mean of absolute distances from a mean that moves has no sum to carry along, so a
 * value costs a pass over the period; a push is constant time. D. Lambert, "Commodities" (October
 * 1980); TA-Lib's CCI.
 */
#ifndef FXS_CCI_H
#define FXS_CCI_H

#include "fxs.h"
#include "window.h"

typedef struct {
    double newest;
    fxs__window typicals;
} fxs__cci;

/* period 2 to FXS__WINDOW_MAX */
void fxs__cci_init(fxs__cci *cci, int period);

void fxs__cci_push(fxs__cci *cci, const fxs_bar *bar);

static inline int fxs__cci_is_ready(const fxs__cci *cci) {
    return fxs__window_is_full(&cci->typicals);
}

/* Ready only. */
double fxs__cci_value(const fxs__cci *cci);

static inline double fxs__typical_price(const fxs_bar *bar) {
    return (bar->high + bar->low + bar->close) / 3;
}

#endif
