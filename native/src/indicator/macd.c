#include "macd.h"

void fxs__macd_init(fxs__macd *macd, int fast, int slow, int signal) {
    fxs__ema_init(&macd->fast, fast);
    fxs__ema_init(&macd->slow, slow);
    fxs__ema_init(&macd->signal, signal);
    macd->histogram = 0;
    macd->previousHistogram = 0;
    macd->values = 0;
}

void fxs__macd_push(fxs__macd *macd, double close) {
    fxs__ema_push(&macd->fast, close);
    fxs__ema_push(&macd->slow, close);
    if (!fxs__ema_is_ready(&macd->slow)) {
        return;
    }
    double line = macd->fast.value - macd->slow.value;
    fxs__ema_push(&macd->signal, line);
    if (!fxs__ema_is_ready(&macd->signal)) {
        return;
    }
    macd->previousHistogram = macd->histogram;
    macd->histogram = line - macd->signal.value;
    if (macd->values < 2) {
        macd->values++;
    }
}
