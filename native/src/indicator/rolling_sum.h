/*
 * The sum of the last `period` values, made of additions alone: a sum of values that are all 0 is
 * exactly 0 whatever came before, which subtracting what leaves would not give.
 *
 * Each time the ring is full, every slot takes the sum of itself and the slots after it. The sum of
 * the window is then that of the slot that leaves next plus all that came since. Amortised constant
 * time; plain memory.
 */
#ifndef FXS_ROLLING_SUM_H
#define FXS_ROLLING_SUM_H

#include "window.h"

typedef struct {
    int32_t period;
    int32_t next;  /* where the next value goes */
    int64_t count; /* values held, at most period */
    double since;  /* sum of the slots before `next` */
    double values[FXS__WINDOW_MAX]; /* before `next` values, from there on sums of the old ones */
} fxs__rolling_sum;

/* period 1 to FXS__WINDOW_MAX */
void fxs__rolling_sum_init(fxs__rolling_sum *sum, int period);

void fxs__rolling_sum_push(fxs__rolling_sum *sum, double value);

static inline int fxs__rolling_sum_is_full(const fxs__rolling_sum *sum) {
    return sum->count == sum->period;
}

/* Of the values held. */
static inline double fxs__rolling_sum_value(const fxs__rolling_sum *sum) {
    return sum->values[(uint32_t)sum->next % FXS__WINDOW_MAX] + sum->since;
}

#endif
