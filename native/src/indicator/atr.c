#include "atr.h"

#include <math.h>

double fxs__true_range(const fxs_bar *bar, double previousClose) {
    double range = bar->high - bar->low;
    double up = fabs(bar->high - previousClose);
    double down = fabs(bar->low - previousClose);
    double gap = up > down ? up : down; /* A call of fmax costs more than all the rest. */
    return range > gap ? range : gap;
}

void fxs__atr_init(fxs__atr *atr, int period) {
    atr->previousClose = 0;
    fxs__window_init(&atr->ranges, period);
}

void fxs__atr_push(fxs__atr *atr, const fxs_bar *bar) {
    if (atr->previousClose > 0) {
        fxs__window_push(&atr->ranges, fxs__true_range(bar, atr->previousClose));
    }
    atr->previousClose = bar->close;
}

int fxs__atr_is_ready(const fxs__atr *atr) {
    return fxs__window_is_full(&atr->ranges);
}

double fxs__atr_value(const fxs__atr *atr) {
    return fxs__window_mean(&atr->ranges);
}
