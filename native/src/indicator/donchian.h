/*
 * Donchian channel: upper = highest high, lower = lowest low of the last `period` bars, middle =
 * (upper + lower) / 2.
 *
 * Units: price. Lookback: period bars, the newest included: a break-out compares a bar with the
 * channel before that bar is pushed. R. Donchian's four-week rule (1960), period 20.
 */
#ifndef FXS_DONCHIAN_H
#define FXS_DONCHIAN_H

#include "bands.h"
#include "extreme.h"
#include "fxs.h"

typedef struct {
    fxs__extreme highs, lows;
} fxs__donchian;

/* period 1 to FXS__WINDOW_MAX */
void fxs__donchian_init(fxs__donchian *donchian, int period);

void fxs__donchian_push(fxs__donchian *donchian, const fxs_bar *bar);

static inline int fxs__donchian_is_ready(const fxs__donchian *donchian) {
    return fxs__extreme_is_ready(&donchian->highs);
}

/* Ready only. */
fxs__bands fxs__donchian_bands(const fxs__donchian *donchian);

#endif
