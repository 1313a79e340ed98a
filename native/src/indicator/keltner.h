/*
 * Keltner channel: middle = EMA(period) of the close, upper and lower `multiple` Wilder ATRs of
 * `rangePeriod` away.
 *
 * Units: price. Lookback: max(period, rangePeriod + 1) bars. C. Keltner, "How to Make Money in
 * Commodities" (1960), in the form of L. Raschke that is in use: EMA 20, two ATRs of 10.
 */
#ifndef FXS_KELTNER_H
#define FXS_KELTNER_H

#include "bands.h"
#include "ema.h"
#include "wilder_atr.h"

typedef struct {
    double multiple;
    fxs__ema middle;
    fxs__wilder_atr range;
} fxs__keltner;

/* Periods 1 or more. */
void fxs__keltner_init(fxs__keltner *keltner, int period, int rangePeriod, double multiple);

void fxs__keltner_push(fxs__keltner *keltner, const fxs_bar *bar);

int fxs__keltner_is_ready(const fxs__keltner *keltner);

/* Ready only. */
fxs__bands fxs__keltner_bands(const fxs__keltner *keltner);

#endif
