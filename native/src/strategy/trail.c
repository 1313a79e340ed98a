#include "trail.h"

#include <math.h>

double fxs__tighter_stop(int isLong, double one, double other) {
    if (!(one > 0) || !(other > 0)) {
        return one > 0 ? one : other > 0 ? other : 0;
    }
    return isLong ? fmax(one, other) : fmin(one, other);
}

double fxs__stop_behind(int isLong, double price, double atr, double atrs) {
    if (!(price > 0) || !(atr > 0) || !(atrs > 0)) {
        return 0;
    }
    return fmax(0, isLong ? price - atrs * atr : price + atrs * atr);
}

double fxs__break_even_stop(int isLong, double openPrice, double best, double risk,
                            double afterR) {
    double gain = isLong ? best - openPrice : openPrice - best;
    return risk > 0 && afterR > 0 && gain >= afterR * risk ? openPrice : 0;
}
