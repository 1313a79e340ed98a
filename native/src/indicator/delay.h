/* The value pushed `lag` values before the newest. Plain memory, constant time. */
#ifndef FXS_DELAY_H
#define FXS_DELAY_H

#include "window.h"

typedef struct {
    int32_t lag;
    int32_t next; /* where the next value goes */
    int64_t seen; /* values pushed */
    double delayed;
    double values[FXS__WINDOW_MAX];
} fxs__delay;

/* lag 1 to FXS__WINDOW_MAX */
void fxs__delay_init(fxs__delay *delay, int lag);

void fxs__delay_push(fxs__delay *delay, double value);

/* 1 once lag + 1 values were pushed. */
static inline int fxs__delay_is_ready(const fxs__delay *delay) {
    return delay->seen > delay->lag;
}

/* Ready only. */
static inline double fxs__delay_value(const fxs__delay *delay) {
    return delay->delayed;
}

#endif
