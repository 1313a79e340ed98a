/*
 * Heikin-ashi: bars that average the market's.
 *
 *   close = (open + high + low + close) / 4
 *   open  = mean of the last such bar's open and close
 *   high  = highest of the bar's high, that open and close; low likewise
 *
 * The first open is the mean of the bar's own open and close. Units: price. Lookback: one bar; the
 * choice of the first open halves with every bar. Volume and time are the bar's. D. Valcu, "Using
 * the Heikin-Ashi Technique" (2004).
 */
#ifndef FXS_HEIKIN_ASHI_H
#define FXS_HEIKIN_ASHI_H

#include "fxs.h"

typedef struct {
    int64_t hasBar;
    fxs_bar bar;
} fxs__heikin_ashi;

void fxs__heikin_ashi_init(fxs__heikin_ashi *heikin);

void fxs__heikin_ashi_push(fxs__heikin_ashi *heikin, const fxs_bar *bar);

static inline int fxs__heikin_ashi_is_ready(const fxs__heikin_ashi *heikin) {
    return heikin->hasBar != 0;
}

/* Ready only. */
static inline const fxs_bar *fxs__heikin_ashi_value(const fxs__heikin_ashi *heikin) {
    return &heikin->bar;
}

#endif
