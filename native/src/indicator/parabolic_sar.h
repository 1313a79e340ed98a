/*
 * Parabolic stop and reverse, seen from a long position; a short one is its mirror image.
 *
 *   next sar = sar + a * (extreme - sar), but not above the lows of this bar and the one before
 *   a        starts at `step` and grows by it with every new extreme, up to `maximum`
 *   low <= sar turns the position: its sar is then the extreme (not inside the ranges of this bar
 *   and the one before), a starts again, and the extreme is this bar's low
 *
 * The first position is short if the second bar moved down more than up (-DM of adx.h), else long;
 * its sar is the first bar's low or high, its extreme the second bar's. Units: price. Lookback: two
 * bars. J. W. Wilder, "New Concepts in Technical Trading Systems" (1978), section II: 0.02 and 0.2;
 * TA-Lib's SAR but for the first bars.
 */
#ifndef FXS_PARABOLIC_SAR_H
#define FXS_PARABOLIC_SAR_H

#include "fxs.h"

typedef struct {
    double step, maximum;
    int64_t seen; /* bars, at most 2 */
    int64_t side; /* +1 long, -1 short, after the newest bar */
    double acceleration, extreme;
    double sar, next; /* of the newest bar, and for the one to come */
    double previousHigh, previousLow;
} fxs__parabolic_sar;

/* 0 < step <= maximum < 1 */
void fxs__parabolic_sar_init(fxs__parabolic_sar *sar, double step, double maximum);

void fxs__parabolic_sar_push(fxs__parabolic_sar *sar, const fxs_bar *bar);

static inline int fxs__parabolic_sar_is_ready(const fxs__parabolic_sar *sar) {
    return sar->seen == 2;
}

/* At the newest bar; ready only. */
static inline double fxs__parabolic_sar_value(const fxs__parabolic_sar *sar) {
    return sar->sar;
}

#endif
