/*
 * Money flow index: an RSI of typical prices weighted by volume, over plain sums.
 *
 *   flow = typical price (cci.h) * volume, positive where the typical price rose, negative where it
 *          fell, none where it stayed
 *   mfi  = 100 * P / (P + N), sums of the last `period` positive and negative flows
 *
 * Units: 0 to 100; 50 where nothing flowed (TA-Lib says 0). Lookback: period + 1 bars. The volume
 * of a forex bar is its number of ticks. G. Quong, A. Soudack (1989); TA-Lib's MFI.
 */
#ifndef FXS_MFI_H
#define FXS_MFI_H

#include "fxs.h"
#include "rolling_sum.h"

typedef struct {
    double previousTypical; /* 0 before the first bar */
    fxs__rolling_sum positive, negative;
} fxs__mfi;

/* period 1 to FXS__WINDOW_MAX */
void fxs__mfi_init(fxs__mfi *mfi, int period);

void fxs__mfi_push(fxs__mfi *mfi, const fxs_bar *bar);

static inline int fxs__mfi_is_ready(const fxs__mfi *mfi) {
    return fxs__rolling_sum_is_full(&mfi->positive);
}

/* Ready only. */
double fxs__mfi_value(const fxs__mfi *mfi);

#endif
