/*
 * Linearly weighted moving average of the last `period` values.
 *
 *   wma = (n v[0] + (n - 1) v[1] + ... + 1 v[n - 1]) / (n (n + 1) / 2), v[0] the newest
 *
 * Units: those of the values. Lookback: period values. TA-Lib's WMA.
 */
#ifndef FXS_WMA_H
#define FXS_WMA_H

#include "weighted_window.h"

typedef struct {
    fxs__weighted_window values;
} fxs__wma;

/* period 1 to FXS__WINDOW_MAX */
void fxs__wma_init(fxs__wma *wma, int period);

void fxs__wma_push(fxs__wma *wma, double value);

static inline int fxs__wma_is_ready(const fxs__wma *wma) {
    return fxs__weighted_window_is_full(&wma->values);
}

/* Ready only. */
double fxs__wma_value(const fxs__wma *wma);

#endif
