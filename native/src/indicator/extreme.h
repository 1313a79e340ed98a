/*
 * The highest or the lowest of the last `period` values, in amortised constant time.
 *
 * A value that is followed by a better one can never be the extreme again. So a queue, here a ring,
 * keeps only the values that may: each is better than all after it, the first is the extreme. A
 * value enters and leaves once. Of equal values the latest counts.
 */
#ifndef FXS_EXTREME_H
#define FXS_EXTREME_H

#include "window.h"

typedef struct {
    int32_t period;
    int32_t sign; /* +1 highest, -1 lowest */
    int32_t head; /* of the queue */
    int32_t size;
    int64_t seen; /* values pushed */
    uint32_t stamps[FXS__WINDOW_MAX]; /* low bits of `seen` when a value came */
    double values[FXS__WINDOW_MAX];
} fxs__extreme;

/* period 1 to FXS__WINDOW_MAX */
void fxs__highest_init(fxs__extreme *extreme, int period);
void fxs__lowest_init(fxs__extreme *extreme, int period);

void fxs__extreme_push(fxs__extreme *extreme, double value);

static inline int fxs__extreme_is_ready(const fxs__extreme *extreme) {
    return extreme->seen >= extreme->period;
}

/* Of the values held; at least one. */
static inline double fxs__extreme_value(const fxs__extreme *extreme) {
    return extreme->values[(uint32_t)extreme->head % FXS__WINDOW_MAX];
}

/* Values since the extreme, 0 if it is the newest; at least one. */
static inline int fxs__extreme_age(const fxs__extreme *extreme) {
    uint32_t stamp = extreme->stamps[(uint32_t)extreme->head % FXS__WINDOW_MAX];
    return (int)((uint32_t)extreme->seen - stamp);
}

#endif
