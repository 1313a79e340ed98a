/*
 * Exponential moving average: seeded with the plain mean of the first `period` values, then
 * e += 2 / (period + 1) * (value - e).
 */
#ifndef FXS_EMA_H
#define FXS_EMA_H

#include <stdint.h>

typedef struct {
    int32_t period;
    int32_t count; /* values seen, at most period */
    double sum;    /* of the seed */
    double value;
} fxs__ema;

/* period 1 or more */
void fxs__ema_init(fxs__ema *ema, int period);

void fxs__ema_push(fxs__ema *ema, double value);

static inline int fxs__ema_is_ready(const fxs__ema *ema) {
    return ema->count == ema->period;
}

#endif
