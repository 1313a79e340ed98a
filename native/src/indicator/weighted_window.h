/*
 * A window (window.h) that also keeps the sum of its values weighted by their place, in amortised
 * constant time: what a weighted average and a regression line are made of.
 */
#ifndef FXS_WEIGHTED_WINDOW_H
#define FXS_WEIGHTED_WINDOW_H

#include "window.h"

typedef struct {
    double weighted; /* sum of x * (value - anchor), x = 0 for the oldest */
    fxs__window values;
} fxs__weighted_window;

/* period 1 to FXS__WINDOW_MAX */
void fxs__weighted_window_init(fxs__weighted_window *window, int period);

void fxs__weighted_window_push(fxs__weighted_window *window, double value);

static inline int fxs__weighted_window_is_full(const fxs__weighted_window *window) {
    return fxs__window_is_full(&window->values);
}

#endif
