/*
 * The last `period` values with their sum and sum of squares, updated in constant time.
 *
 * Sums are kept of value - anchor and made anew each time the ring is full, so that rounding does
 * not pile up and a small deviation around a large price keeps its digits. Plain memory without
 * pointers: a copy of the bytes is a copy of the window.
 */
#ifndef FXS_WINDOW_H
#define FXS_WINDOW_H

#include <stdint.h>

enum { FXS__WINDOW_MAX = 512 };

typedef struct {
    int32_t period;
    int32_t count; /* values held, at most period */
    int32_t next;  /* where the next value goes */
    int32_t reserved;
    double anchor, sum, sumOfSquares;
    double values[FXS__WINDOW_MAX];
} fxs__window;

/* period 1 to FXS__WINDOW_MAX */
void fxs__window_init(fxs__window *window, int period);

void fxs__window_push(fxs__window *window, double value);

/* 1 if these can be a ring's period, a position in it and the number of values it holds. Unsigned,
 * so that what is below zero is too large. */
static inline int fxs__is_ring(int32_t period, int32_t position, int32_t count) {
    return (uint32_t)period - 1 < FXS__WINDOW_MAX && (uint32_t)position < (uint32_t)period
        && (uint32_t)count <= (uint32_t)period;
}

/*
 * State comes back from snapshots. One that was made up with a true checksum may give wrong wishes,
 * as any forged figure may, but never a ring that reaches beyond its memory: such a ring starts
 * again with a period of 1.
 */
static inline void fxs__window_mend(fxs__window *window) {
    if (!fxs__is_ring(window->period, window->next, window->count)) {
        fxs__window_init(window, 1);
    }
}

static inline int fxs__window_is_full(const fxs__window *window) {
    return window->count == window->period;
}

/* Of the values held; at least one. */
double fxs__window_mean(const fxs__window *window);

/* Population standard deviation of the values held; at least one. */
double fxs__window_deviation(const fxs__window *window);

#endif
