#include "cci.h"

#include <math.h>

void fxs__cci_init(fxs__cci *cci, int period) {
    cci->newest = 0;
    fxs__window_init(&cci->typicals, period);
}

void fxs__cci_push(fxs__cci *cci, const fxs_bar *bar) {
    cci->newest = fxs__typical_price(bar);
    fxs__window_push(&cci->typicals, cci->newest);
}

/* All distances are from the newest, so that equal prices give exactly 0. */
double fxs__cci_value(const fxs__cci *cci) {
    const fxs__window *window = &cci->typicals;
    double sum = 0, deviations = 0;
    for (int i = 0; i < window->period; i++) {
        sum += window->values[i] - cci->newest;
    }
    double mean = sum / window->period;
    for (int i = 0; i < window->period; i++) {
        deviations += fabs(window->values[i] - cci->newest - mean);
    }
    return deviations > 0 ? -mean / (0.015 * deviations / window->period) : 0;
}
