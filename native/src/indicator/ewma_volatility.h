/*
 * Volatility with a memory that fades, of log returns r (volatility.h), annualised.
 *
 *   variance = decay * variance + (1 - decay) * r^2, seeded with the mean r^2 of the first `period`
 *   value    = sqrt(periods per year * variance)
 *
 * Units: a fraction per square root of a year. Lookback: period + 1 closes. J. P. Morgan,
 * "RiskMetrics" (1996): decay 0.94 for days.
 */
#ifndef FXS_EWMA_VOLATILITY_H
#define FXS_EWMA_VOLATILITY_H

#include <stdint.h>

typedef struct {
    double decay, periodsPerYear;
    double previousClose; /* 0 before the first */
    double variance;      /* of one return; while seeding, the sum of squares */
    int32_t period;
    int32_t count; /* returns seen, at most period */
} fxs__ewma_volatility;

/* 0 < decay < 1, period 1 or more */
void fxs__ewma_volatility_init(fxs__ewma_volatility *volatility, double decay, int period,
                               double periodsPerYear);

/* close > 0 */
void fxs__ewma_volatility_push(fxs__ewma_volatility *volatility, double close);

static inline int fxs__ewma_volatility_is_ready(const fxs__ewma_volatility *volatility) {
    return volatility->count == volatility->period;
}

/* Ready only. */
double fxs__ewma_volatility_value(const fxs__ewma_volatility *volatility);

#endif
