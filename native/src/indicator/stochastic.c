#include "stochastic.h"

void fxs__stochastic_init(fxs__stochastic *stochastic, int period, int slowing, int smoothing) {
    stochastic->fast = 0;
    fxs__donchian_init(&stochastic->range, period);
    fxs__sma_init(&stochastic->slow, slowing);
    fxs__sma_init(&stochastic->smooth, smoothing);
}

void fxs__stochastic_push(fxs__stochastic *stochastic, const fxs_bar *bar) {
    fxs__donchian_push(&stochastic->range, bar);
    if (!fxs__donchian_is_ready(&stochastic->range)) {
        return;
    }
    fxs__bands bands = fxs__donchian_bands(&stochastic->range);
    double range = bands.upper - bands.lower;
    stochastic->fast = range > 0 ? 100 * (bar->close - bands.lower) / range : 50;
    fxs__sma_push(&stochastic->slow, stochastic->fast);
    if (fxs__sma_is_ready(&stochastic->slow)) {
        fxs__sma_push(&stochastic->smooth, fxs__sma_value(&stochastic->slow));
    }
}

fxs__stochastic_lines fxs__stochastic_value(const fxs__stochastic *stochastic) {
    return (fxs__stochastic_lines){
        .fastK = stochastic->fast,
        .slowK = fxs__sma_value(&stochastic->slow),
        .d = fxs__sma_value(&stochastic->smooth),
    };
}
