/*
 * Standard deviation of the last `period` values about their mean.
 *
 *   population = sqrt(sum of (v - mean)^2 / n)       sample = sqrt(sum of (v - mean)^2 / (n - 1))
 *   score      = (newest - mean) / population, 0 where that is 0
 *
 * Units: those of the values; a score has none. Lookback: period values. Bollinger (2001) and
 * TA-Lib's STDDEV use the population's.
 */
#ifndef FXS_DEVIATION_H
#define FXS_DEVIATION_H

#include "window.h"

typedef struct {
    double newest;
    fxs__window values;
} fxs__deviation;

/* period 2 to FXS__WINDOW_MAX */
void fxs__deviation_init(fxs__deviation *deviation, int period);

void fxs__deviation_push(fxs__deviation *deviation, double value);

static inline int fxs__deviation_is_ready(const fxs__deviation *deviation) {
    return fxs__window_is_full(&deviation->values);
}

/* Ready only. */
double fxs__deviation_mean(const fxs__deviation *deviation);
double fxs__deviation_population(const fxs__deviation *deviation);
double fxs__deviation_sample(const fxs__deviation *deviation);
double fxs__deviation_score(const fxs__deviation *deviation);

#endif
