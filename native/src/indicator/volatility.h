/*
 * Realised volatility of log returns r = ln(close / previous close), annualised.
 *
 *   value       = sqrt(periods per year * mean of r^2 over the last `period` returns)
 *   about mean  = sqrt(periods per year * sum of (r - mean)^2 / (period - 1))
 *
 * Units: a fraction per square root of a year (0.08 is 8 %). Lookback: period + 1 closes. The first
 * is the realised variance of T. Andersen, T. Bollerslev (1998), which takes the drift of short
 * periods as 0; the second is the textbook's.
 *
 * A forex year has about 260 days, 6240 hours or 74880 periods of five minutes.
 */
#ifndef FXS_VOLATILITY_H
#define FXS_VOLATILITY_H

#include "window.h"

typedef struct {
    double periodsPerYear;
    double previousClose; /* 0 before the first */
    fxs__window returns;
} fxs__volatility;

/* period 2 to FXS__WINDOW_MAX */
void fxs__volatility_init(fxs__volatility *volatility, int period, double periodsPerYear);

/* close > 0 */
void fxs__volatility_push(fxs__volatility *volatility, double close);

static inline int fxs__volatility_is_ready(const fxs__volatility *volatility) {
    return fxs__window_is_full(&volatility->returns);
}

/* Ready only. */
double fxs__volatility_value(const fxs__volatility *volatility);
double fxs__volatility_about_mean(const fxs__volatility *volatility);

/* ln(price / previous), both > 0; the same bits on every machine, unlike the C library's log. */
double fxs__log_return(double price, double previous);

#endif
