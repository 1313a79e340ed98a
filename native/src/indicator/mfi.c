#include "mfi.h"

#include "cci.h"

void fxs__mfi_init(fxs__mfi *mfi, int period) {
    mfi->previousTypical = 0;
    fxs__rolling_sum_init(&mfi->positive, period);
    fxs__rolling_sum_init(&mfi->negative, period);
}

void fxs__mfi_push(fxs__mfi *mfi, const fxs_bar *bar) {
    double typical = fxs__typical_price(bar), flow = typical * bar->volume;
    if (mfi->previousTypical > 0) {
        fxs__rolling_sum_push(&mfi->positive, typical > mfi->previousTypical ? flow : 0);
        fxs__rolling_sum_push(&mfi->negative, typical < mfi->previousTypical ? flow : 0);
    }
    mfi->previousTypical = typical;
}

double fxs__mfi_value(const fxs__mfi *mfi) {
    double positive = fxs__rolling_sum_value(&mfi->positive);
    double all = positive + fxs__rolling_sum_value(&mfi->negative);
    return all > 0 ? 100 * positive / all : 50;
}
