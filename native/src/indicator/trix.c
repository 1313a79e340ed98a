#include "trix.h"

void fxs__trix_init(fxs__trix *trix, int period) {
    trix->previous = 0;
    trix->values = 0;
    fxs__ema_init(&trix->first, period);
    fxs__ema_init(&trix->second, period);
    fxs__ema_init(&trix->third, period);
}

void fxs__trix_push(fxs__trix *trix, double close) {
    trix->previous = trix->third.value;
    fxs__ema_push(&trix->first, close);
    if (fxs__ema_is_ready(&trix->first)) {
        fxs__ema_push(&trix->second, trix->first.value);
    }
    if (fxs__ema_is_ready(&trix->second)) {
        fxs__ema_push(&trix->third, trix->second.value);
    }
    if (fxs__ema_is_ready(&trix->third) && trix->values < 2) {
        trix->values++;
    }
}

double fxs__trix_value(const fxs__trix *trix) {
    return 100 * (trix->third.value - trix->previous) / trix->previous;
}
