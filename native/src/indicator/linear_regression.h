/*
 * The least-squares line through the last `period` values, x = 0 for the oldest to period - 1.
 *
 *   slope     = sum of (x - mean x)(v - mean v) / sum of (x - mean x)^2
 *   intercept = mean v - slope * mean x            (the line at the oldest value)
 *   end       = intercept + slope * (period - 1)   (at the newest; TA-Lib's LINEARREG)
 *   r2        = square of the correlation of x and v, 0 where all values are equal
 *
 * Units: slope in value per bar, r2 0 to 1. Lookback: period values.
 */
#ifndef FXS_LINEAR_REGRESSION_H
#define FXS_LINEAR_REGRESSION_H

#include "weighted_window.h"

typedef struct {
    fxs__weighted_window values;
} fxs__linear_regression;

typedef struct {
    double slope, intercept, end, r2;
} fxs__line;

/* period 2 to FXS__WINDOW_MAX */
void fxs__linear_regression_init(fxs__linear_regression *regression, int period);

void fxs__linear_regression_push(fxs__linear_regression *regression, double value);

static inline int fxs__linear_regression_is_ready(const fxs__linear_regression *regression) {
    return fxs__weighted_window_is_full(&regression->values);
}

/* Ready only. */
fxs__line fxs__linear_regression_value(const fxs__linear_regression *regression);

#endif
