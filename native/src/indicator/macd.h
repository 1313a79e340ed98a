/*
 * Moving average convergence/divergence: line = EMA(fast) - EMA(slow) of the close, signal =
 * EMA of the line. All three averages are seeded by a plain mean and run on from there.
 */
#ifndef FXS_MACD_H
#define FXS_MACD_H

#include "ema.h"

typedef struct {
    fxs__ema fast, slow, signal;
    double histogram, previousHistogram; /* line - signal, of the last two values */
    int64_t values;                      /* histograms so far, at most 2 */
} fxs__macd;

/* 1 <= fast < slow */
void fxs__macd_init(fxs__macd *macd, int fast, int slow, int signal);

void fxs__macd_push(fxs__macd *macd, double close);

/* 1 once two histograms exist. */
static inline int fxs__macd_is_ready(const fxs__macd *macd) {
    return macd->values == 2;
}

#endif
