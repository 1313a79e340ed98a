#include "rsi.h"

void fxs__rsi_init(fxs__rsi *rsi, int period) {
    rsi->hasPrevious = 0;
    rsi->previousClose = 0;
    fxs__wilder_init(&rsi->gains, period);
    fxs__wilder_init(&rsi->losses, period);
}

void fxs__rsi_push(fxs__rsi *rsi, double close) {
    if (rsi->hasPrevious) {
        double change = close - rsi->previousClose;
        fxs__wilder_push(&rsi->gains, change > 0 ? change : 0);
        fxs__wilder_push(&rsi->losses, change < 0 ? -change : 0);
    }
    rsi->hasPrevious = 1;
    rsi->previousClose = close;
}

double fxs__rsi_value(const fxs__rsi *rsi) {
    double sum = rsi->gains.value + rsi->losses.value;
    return sum > 0 ? 100 * rsi->gains.value / sum : 50;
}
