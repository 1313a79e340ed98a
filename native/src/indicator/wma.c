#include "wma.h"

void fxs__wma_init(fxs__wma *wma, int period) {
    fxs__weighted_window_init(&wma->values, period);
}

void fxs__wma_push(fxs__wma *wma, double value) {
    fxs__weighted_window_push(&wma->values, value);
}

double fxs__wma_value(const fxs__wma *wma) {
    const fxs__window *window = &wma->values.values;
    double n = window->period;
    /* The weight is place + 1. */
    return window->anchor + (wma->values.weighted + window->sum) / (n * (n + 1) / 2);
}
