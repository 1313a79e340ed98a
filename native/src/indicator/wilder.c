#include "wilder.h"

void fxs__wilder_init(fxs__wilder *wilder, int period) {
    *wilder = (fxs__wilder){.period = period};
}

void fxs__wilder_push(fxs__wilder *wilder, double value) {
    if (fxs__wilder_is_ready(wilder)) {
        wilder->value += (value - wilder->value) / wilder->period;
        return;
    }
    wilder->sum += value;
    if (++wilder->count == wilder->period) {
        wilder->value = wilder->sum / wilder->period;
    }
}
