#include "efficiency.h"

#include <math.h>

void fxs__efficiency_init(fxs__efficiency *efficiency, int period) {
    efficiency->newest = 0;
    fxs__delay_init(&efficiency->closes, period);
    fxs__rolling_sum_init(&efficiency->moves, period);
}

void fxs__efficiency_push(fxs__efficiency *efficiency, double close) {
    if (efficiency->closes.seen > 0) {
        fxs__rolling_sum_push(&efficiency->moves, fabs(close - efficiency->newest));
    }
    efficiency->newest = close;
    fxs__delay_push(&efficiency->closes, close);
}

double fxs__efficiency_value(const fxs__efficiency *efficiency) {
    double way = fxs__rolling_sum_value(&efficiency->moves);
    double progress = fabs(efficiency->newest - fxs__delay_value(&efficiency->closes));
    /* A straight way may round to less than itself. */
    return way > 0 ? fmin(1, progress / way) : 0;
}
