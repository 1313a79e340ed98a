#include "cmf.h"

void fxs__cmf_init(fxs__cmf *cmf, int period) {
    fxs__rolling_sum_init(&cmf->flows, period);
    fxs__rolling_sum_init(&cmf->volumes, period);
}

void fxs__cmf_push(fxs__cmf *cmf, const fxs_bar *bar) {
    double range = bar->high - bar->low;
    double excess = (bar->close - bar->low) - (bar->high - bar->close);
    fxs__rolling_sum_push(&cmf->flows, range > 0 ? excess / range * bar->volume : 0);
    fxs__rolling_sum_push(&cmf->volumes, bar->volume);
}

double fxs__cmf_value(const fxs__cmf *cmf) {
    double volume = fxs__rolling_sum_value(&cmf->volumes);
    return volume > 0 ? fxs__rolling_sum_value(&cmf->flows) / volume : 0;
}
