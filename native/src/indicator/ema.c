#include "ema.h"

void fxs__ema_init(fxs__ema *ema, int period) {
    *ema = (fxs__ema){.period = period};
}

void fxs__ema_push(fxs__ema *ema, double value) {
    if (fxs__ema_is_ready(ema)) {
        ema->value += 2.0 / (ema->period + 1) * (value - ema->value);
        return;
    }
    ema->sum += value;
    if (++ema->count == ema->period) {
        ema->value = ema->sum / ema->period;
    }
}
