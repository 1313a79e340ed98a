/*
 * Kaufman's adaptive moving average: quick in a trend, slow in noise.
 *
 *   c = (er * (2 / (fast + 1) - 2 / (slow + 1)) + 2 / (slow + 1))^2, er as in efficiency.h
 *   k += c * (close - k)
 *
 * It begins with the close before the first that has an er. Units: price. Lookback: period + 1
 * closes. P. Kaufman, "Smarter Trading" (1995): 10, 2, 30; TA-Lib's KAMA.
 */
#ifndef FXS_KAMA_H
#define FXS_KAMA_H

#include "efficiency.h"

typedef struct {
    int32_t fast, slow;
    double value;
    fxs__efficiency efficiency;
} fxs__kama;

/* period 1 to FXS__WINDOW_MAX, 1 <= fast <= slow */
void fxs__kama_init(fxs__kama *kama, int period, int fast, int slow);

void fxs__kama_push(fxs__kama *kama, double close);

static inline int fxs__kama_is_ready(const fxs__kama *kama) {
    return fxs__efficiency_is_ready(&kama->efficiency);
}

/* Ready only. */
static inline double fxs__kama_value(const fxs__kama *kama) {
    return kama->value;
}

#endif
