/*
 * Chaikin money flow.
 *
 *   place = ((close - low) - (high - close)) / (high - low), 0 for a bar without range
 *   cmf   = sum of place * volume / sum of volume, over the last `period` bars
 *
 * Units: -1 to 1; 0 where there was no volume. Lookback: period bars. The volume of a forex bar is
 * its number of ticks. M. Chaikin; period 20 or 21.
 */
#ifndef FXS_CMF_H
#define FXS_CMF_H

#include "fxs.h"
#include "rolling_sum.h"

typedef struct {
    fxs__rolling_sum flows, volumes;
} fxs__cmf;

/* period 1 to FXS__WINDOW_MAX */
void fxs__cmf_init(fxs__cmf *cmf, int period);

void fxs__cmf_push(fxs__cmf *cmf, const fxs_bar *bar);

static inline int fxs__cmf_is_ready(const fxs__cmf *cmf) {
    return fxs__rolling_sum_is_full(&cmf->volumes);
}

/* Ready only. */
double fxs__cmf_value(const fxs__cmf *cmf);

#endif
