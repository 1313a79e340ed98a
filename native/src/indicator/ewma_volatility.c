#include "ewma_volatility.h"

#include <math.h>

#include "volatility.h"

void fxs__ewma_volatility_init(fxs__ewma_volatility *volatility, double decay, int period,
                               double periodsPerYear) {
    *volatility = (fxs__ewma_volatility){
        .decay = decay, .periodsPerYear = periodsPerYear, .period = period};
}

static void take(fxs__ewma_volatility *volatility, double square) {
    if (fxs__ewma_volatility_is_ready(volatility)) {
        volatility->variance += (1 - volatility->decay) * (square - volatility->variance);
        return;
    }
    volatility->variance += square;
    if (++volatility->count == volatility->period) {
        volatility->variance /= volatility->period;
    }
}

void fxs__ewma_volatility_push(fxs__ewma_volatility *volatility, double close) {
    if (volatility->previousClose > 0) {
        double change = fxs__log_return(close, volatility->previousClose);
        take(volatility, change * change);
    }
    volatility->previousClose = close;
}

double fxs__ewma_volatility_value(const fxs__ewma_volatility *volatility) {
    return sqrt(volatility->periodsPerYear * volatility->variance);
}
