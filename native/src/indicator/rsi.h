/*
 * Relative strength index.
 *
 *   gain = max(0, close - previous close)    loss = max(0, previous close - close)
 *   rsi  = 100 * G / (G + L), G and L the gains and losses smoothed as Wilder does (wilder.h)
 *
 * Units: 0 to 100. Lookback: period + 1 closes. Where nothing moved, and the quotient has no value,
 * it is 50: no side is the stronger (TA-Lib says 0). J. W. Wilder, "New Concepts in Technical
 * Trading Systems" (1978), section VI; TA-Lib's RSI otherwise.
 */
#ifndef FXS_RSI_H
#define FXS_RSI_H

#include "wilder.h"

typedef struct {
    int64_t hasPrevious;
    double previousClose;
    fxs__wilder gains, losses;
} fxs__rsi;

/* period 1 or more, 14 as a rule */
void fxs__rsi_init(fxs__rsi *rsi, int period);

void fxs__rsi_push(fxs__rsi *rsi, double close);

static inline int fxs__rsi_is_ready(const fxs__rsi *rsi) {
    return fxs__wilder_is_ready(&rsi->gains);
}

/* Ready only. */
double fxs__rsi_value(const fxs__rsi *rsi);

#endif
