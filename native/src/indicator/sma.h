/*
 * Simple moving average: the mean of the last `period` values.
 *
 *   sma = (v[0] + v[1] + ... + v[period - 1]) / period, v[0] the newest
 *
 * Units: those of the values. Lookback: period values. The existing framework's iMA(EMA) is this,
 * since only the seed of the average is left where it is evaluated at a single index.
 */
#ifndef FXS_SMA_H
#define FXS_SMA_H

#include "window.h"

typedef struct {
    fxs__window values;
} fxs__sma;

/* period 1 to FXS__WINDOW_MAX */
void fxs__sma_init(fxs__sma *sma, int period);

void fxs__sma_push(fxs__sma *sma, double value);

static inline int fxs__sma_is_ready(const fxs__sma *sma) {
    return fxs__window_is_full(&sma->values);
}

/* Ready only. */
double fxs__sma_value(const fxs__sma *sma);

#endif
