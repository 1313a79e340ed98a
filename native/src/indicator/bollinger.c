#include "bollinger.h"

void fxs__bollinger_init(fxs__bollinger *bollinger, int period, double deviations) {
    bollinger->deviations = deviations;
    fxs__window_init(&bollinger->closes, period);
}

void fxs__bollinger_push(fxs__bollinger *bollinger, double close) {
    fxs__window_push(&bollinger->closes, close);
}

fxs__bands fxs__bollinger_bands(const fxs__bollinger *bollinger) {
    double middle = fxs__window_mean(&bollinger->closes);
    double width = bollinger->deviations * fxs__window_deviation(&bollinger->closes);
    return (fxs__bands){middle - width, middle, middle + width};
}
