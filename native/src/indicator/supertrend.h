/*
 * Supertrend: a stop some Wilder ATRs from the middle of the bar, which only tightens.
 *
 *   upper = (high + low) / 2 + multiple * ATR, kept while it would rise and the close before was
 *           not above it; lower the mirror image
 *   a close above the upper line turns the trend up, below the lower line down
 *   value = lower line in an up trend, upper line in a down trend
 *
 * The first trend is up if the close is above the middle of its bar, else down. Units: price.
 * Lookback: period + 1 bars. O. Seban; 10 and 3.
 */
#ifndef FXS_SUPERTREND_H
#define FXS_SUPERTREND_H

#include "wilder_atr.h"

typedef struct {
    double multiple;
    int64_t trend; /* +1, -1, 0 before the first value */
    double upper, lower;
    double previousClose;
    fxs__wilder_atr atr;
} fxs__supertrend;

/* period 1 or more */
void fxs__supertrend_init(fxs__supertrend *supertrend, int period, double multiple);

void fxs__supertrend_push(fxs__supertrend *supertrend, const fxs_bar *bar);

static inline int fxs__supertrend_is_ready(const fxs__supertrend *supertrend) {
    return supertrend->trend != 0;
}

/* Ready only. */
static inline double fxs__supertrend_value(const fxs__supertrend *supertrend) {
    return supertrend->trend > 0 ? supertrend->lower : supertrend->upper;
}

#endif
