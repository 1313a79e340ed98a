#include "wilder_atr.h"

#include "atr.h"

void fxs__wilder_atr_init(fxs__wilder_atr *atr, int period) {
    atr->previousClose = 0;
    fxs__wilder_init(&atr->ranges, period);
}

void fxs__wilder_atr_push(fxs__wilder_atr *atr, const fxs_bar *bar) {
    if (atr->previousClose > 0) {
        fxs__wilder_push(&atr->ranges, fxs__true_range(bar, atr->previousClose));
    }
    atr->previousClose = bar->close;
}
