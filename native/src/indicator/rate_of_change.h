/*
 * Change over the last `period` values.
 *
 *   momentum = newest - value `period` ago
 *   rate     = 100 * momentum / value `period` ago
 *
 * Units: momentum in value, rate in per cent (TA-Lib's MOM and ROC). Lookback: period + 1 values.
 */
#ifndef FXS_RATE_OF_CHANGE_H
#define FXS_RATE_OF_CHANGE_H

#include "delay.h"

typedef struct {
    double newest;
    fxs__delay values;
} fxs__rate_of_change;

/* period 1 to FXS__WINDOW_MAX */
void fxs__rate_of_change_init(fxs__rate_of_change *change, int period);

void fxs__rate_of_change_push(fxs__rate_of_change *change, double value);

static inline int fxs__rate_of_change_is_ready(const fxs__rate_of_change *change) {
    return fxs__delay_is_ready(&change->values);
}

/* Ready only. */
static inline double fxs__rate_of_change_momentum(const fxs__rate_of_change *change) {
    return change->newest - fxs__delay_value(&change->values);
}

/* Ready only; the value `period` ago was not 0. */
static inline double fxs__rate_of_change_value(const fxs__rate_of_change *change) {
    return 100 * fxs__rate_of_change_momentum(change) / fxs__delay_value(&change->values);
}

#endif
