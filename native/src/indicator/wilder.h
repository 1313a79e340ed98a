/*
 * Wilder's smoothing: seeded with the plain mean of the first `period` values, then
 *
 *   w += (value - w) / period
 *
 * which is an exponential average with k = 1 / period. Units: those of the values. Lookback: period
 * values. J. W. Wilder, "New Concepts in Technical Trading Systems" (1978).
 */
#ifndef FXS_WILDER_H
#define FXS_WILDER_H

#include <stdint.h>

typedef struct {
    int32_t period;
    int32_t count; /* values seen, at most period */
    double sum;    /* of the seed */
    double value;
} fxs__wilder;

/* period 1 or more */
void fxs__wilder_init(fxs__wilder *wilder, int period);

void fxs__wilder_push(fxs__wilder *wilder, double value);

static inline int fxs__wilder_is_ready(const fxs__wilder *wilder) {
    return wilder->count == wilder->period;
}

/* Ready only. */
static inline double fxs__wilder_value(const fxs__wilder *wilder) {
    return wilder->value;
}

#endif
