#include "donchian.h"

void fxs__donchian_init(fxs__donchian *donchian, int period) {
    fxs__highest_init(&donchian->highs, period);
    fxs__lowest_init(&donchian->lows, period);
}

void fxs__donchian_push(fxs__donchian *donchian, const fxs_bar *bar) {
    fxs__extreme_push(&donchian->highs, bar->high);
    fxs__extreme_push(&donchian->lows, bar->low);
}

fxs__bands fxs__donchian_bands(const fxs__donchian *donchian) {
    double upper = fxs__extreme_value(&donchian->highs);
    double lower = fxs__extreme_value(&donchian->lows);
    return (fxs__bands){lower, (upper + lower) / 2, upper};
}
