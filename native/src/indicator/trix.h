/*
 * TRIX: the change of a triple exponential average.
 *
 *   t    = EMA(EMA(EMA(close))), each seeded with a plain mean (ema.h)
 *   trix = 100 * (t - previous t) / previous t
 *
 * Units: per cent per bar. Lookback: 3 * period - 1 closes. J. Hutson, "Stocks & Commodities"
 * (1983); TA-Lib's TRIX.
 */
#ifndef FXS_TRIX_H
#define FXS_TRIX_H

#include "ema.h"

typedef struct {
    double previous;
    int64_t values; /* of the triple average, at most 2 */
    fxs__ema first, second, third;
} fxs__trix;

/* period 1 or more */
void fxs__trix_init(fxs__trix *trix, int period);

void fxs__trix_push(fxs__trix *trix, double close);

static inline int fxs__trix_is_ready(const fxs__trix *trix) {
    return trix->values == 2;
}

/* Ready only. */
double fxs__trix_value(const fxs__trix *trix);

#endif
