/*
 * Bollinger stop, the existing framework's iBBandStop: a trend, and the band that it must not
 * break.
 *
 *   no trend yet   the tightest bands so far (lowest upper, highest lower) wait for a close beyond
 *                  the upper (up) or the lower (down); the stop is then the tightest other band
 *   up             stop = the highest of it and the lower bands since; close < stop turns it down,
 *                  and the stop becomes that bar's upper band
 *   down           the mirror image
 *
 * Units: price. Lookback: period closes for the bands; the framework goes over its whole buffer of
 * completed bars, so push a buffer's closes after init, oldest first, for exactly its answer. Run
 * on, it is the answer for a buffer that reaches back to the first close. Bands: bollinger.h, 20
 * and 2.
 */
#ifndef FXS_BAND_STOP_H
#define FXS_BAND_STOP_H

#include "bollinger.h"

typedef struct {
    int64_t trend;  /* +1, -1, or 0: none yet */
    int64_t age;    /* closes since it turned, 0 = at the newest */
    double stop;    /* with a trend only */
    double lower, upper; /* the tightest so far, while there is no trend; 0 before the first */
    fxs__bollinger bands;
} fxs__band_stop;

/* period 1 to FXS__WINDOW_MAX */
void fxs__band_stop_init(fxs__band_stop *stop, int period, double deviations);

void fxs__band_stop_push(fxs__band_stop *stop, double close);

/* 1 once there is a trend. */
static inline int fxs__band_stop_is_ready(const fxs__band_stop *stop) {
    return stop->trend != 0;
}

/* The stop; ready only. */
static inline double fxs__band_stop_value(const fxs__band_stop *stop) {
    return stop->stop;
}

#endif
