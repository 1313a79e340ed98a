/*
 * Stochastic oscillator.
 *
 *   fast %K = 100 * (close - lowest low) / (highest high - lowest low), of the last `period` bars
 *   slow %K = mean of the last `slowing` fast %K
 *   %D      = mean of the last `smoothing` slow %K
 *
 * Units: 0 to 100; 50 where the bars have no range. Lookback: period + slowing + smoothing - 2
 * bars. G. Lane; TA-Lib's STOCH with simple averages. MetaTrader sums the two sides of the quotient
 * over the slowing instead, which differs a little.
 */
#ifndef FXS_STOCHASTIC_H
#define FXS_STOCHASTIC_H

#include "donchian.h"
#include "sma.h"

typedef struct {
    double fast;
    fxs__donchian range;
    fxs__sma slow, smooth;
} fxs__stochastic;

typedef struct {
    double fastK, slowK, d;
} fxs__stochastic_lines;

/* Periods 1 to FXS__WINDOW_MAX; 14, 3, 3 as a rule. */
void fxs__stochastic_init(fxs__stochastic *stochastic, int period, int slowing, int smoothing);

void fxs__stochastic_push(fxs__stochastic *stochastic, const fxs_bar *bar);

static inline int fxs__stochastic_is_ready(const fxs__stochastic *stochastic) {
    return fxs__sma_is_ready(&stochastic->smooth);
}

/* Ready only. */
fxs__stochastic_lines fxs__stochastic_value(const fxs__stochastic *stochastic);

#endif
