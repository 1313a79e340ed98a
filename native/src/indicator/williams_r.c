#include "williams_r.h"

void fxs__williams_r_init(fxs__williams_r *williams, int period) {
    williams->close = 0;
    fxs__donchian_init(&williams->range, period);
}

void fxs__williams_r_push(fxs__williams_r *williams, const fxs_bar *bar) {
    williams->close = bar->close;
    fxs__donchian_push(&williams->range, bar);
}

double fxs__williams_r_value(const fxs__williams_r *williams) {
    fxs__bands bands = fxs__donchian_bands(&williams->range);
    double range = bands.upper - bands.lower;
    return range > 0 ? -100 * (bands.upper - williams->close) / range : -50;
}
