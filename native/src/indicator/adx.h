/*
 * Directional movement and its average.
 *
 *   up = high - previous high                down = previous low - low
 *   +DM = up if up > down and up > 0         -DM = down if down > up and down > 0, else 0
 *   +DI = 100 * W(+DM) / W(true range)       -DI likewise, W as in wilder.h
 *   DX = 100 * |+DI - -DI| / (+DI + -DI)     ADX = W(DX)
 *
 * Units: 0 to 100. Lookback: period + 1 bars for the DIs, 2 * period for the ADX. A DI without
 * range and a DX without direction are 0. J. W. Wilder, "New Concepts in Technical Trading Systems"
 * (1978), section IV. TA-Lib starts its sums with period - 1 values, so its first figures differ;
 * the difference fades.
 */
#ifndef FXS_ADX_H
#define FXS_ADX_H

#include "fxs.h"
#include "wilder.h"

typedef struct {
    double previousHigh, previousLow, previousClose; /* 0 before the first bar */
    fxs__wilder ranges, ups, downs, indices;
} fxs__adx;

/* period 1 or more, 14 as a rule */
void fxs__adx_init(fxs__adx *adx, int period);

void fxs__adx_push(fxs__adx *adx, const fxs_bar *bar);

/* 1 once +DI and -DI have a value. */
static inline int fxs__adx_has_direction(const fxs__adx *adx) {
    return fxs__wilder_is_ready(&adx->ranges);
}

/* With a direction only. */
double fxs__adx_plus(const fxs__adx *adx);
double fxs__adx_minus(const fxs__adx *adx);

static inline int fxs__adx_is_ready(const fxs__adx *adx) {
    return fxs__wilder_is_ready(&adx->indices);
}

/* Ready only. */
static inline double fxs__adx_value(const fxs__adx *adx) {
    return fxs__wilder_value(&adx->indices);
}

#endif
