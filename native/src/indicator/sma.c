#include "sma.h"

void fxs__sma_init(fxs__sma *sma, int period) {
    fxs__window_init(&sma->values, period);
}

void fxs__sma_push(fxs__sma *sma, double value) {
    fxs__window_push(&sma->values, value);
}

double fxs__sma_value(const fxs__sma *sma) {
    return fxs__window_mean(&sma->values);
}
