#include "adx.h"

#include <math.h>

#include "atr.h"

void fxs__adx_init(fxs__adx *adx, int period) {
    adx->previousHigh = 0;
    adx->previousLow = 0;
    adx->previousClose = 0;
    fxs__wilder_init(&adx->ranges, period);
    fxs__wilder_init(&adx->ups, period);
    fxs__wilder_init(&adx->downs, period);
    fxs__wilder_init(&adx->indices, period);
}

static double share_of_range(const fxs__adx *adx, const fxs__wilder *moves) {
    return adx->ranges.value > 0 ? 100 * moves->value / adx->ranges.value : 0;
}

double fxs__adx_plus(const fxs__adx *adx) {
    return share_of_range(adx, &adx->ups);
}

double fxs__adx_minus(const fxs__adx *adx) {
    return share_of_range(adx, &adx->downs);
}

static void push_moves(fxs__adx *adx, const fxs_bar *bar) {
    double up = bar->high - adx->previousHigh;
    double down = adx->previousLow - bar->low;
    fxs__wilder_push(&adx->ups, up > down && up > 0 ? up : 0);
    fxs__wilder_push(&adx->downs, down > up && down > 0 ? down : 0);
    fxs__wilder_push(&adx->ranges, fxs__true_range(bar, adx->previousClose));
}

void fxs__adx_push(fxs__adx *adx, const fxs_bar *bar) {
    if (adx->previousClose > 0) {
        push_moves(adx, bar);
        if (fxs__adx_has_direction(adx)) {
            double sum = adx->ups.value + adx->downs.value;
            double difference = fabs(adx->ups.value - adx->downs.value);
            fxs__wilder_push(&adx->indices, sum > 0 ? 100 * difference / sum : 0);
        }
    }
    adx->previousHigh = bar->high;
    adx->previousLow = bar->low;
    adx->previousClose = bar->close;
}
