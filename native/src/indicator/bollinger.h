/*
 * Bollinger bands: middle = plain mean of the last `period` closes, upper and lower `deviations`
 * population standard deviations away.
 */
#ifndef FXS_BOLLINGER_H
#define FXS_BOLLINGER_H

#include "bands.h"
#include "window.h"

typedef struct {
    double deviations;
    fxs__window closes;
} fxs__bollinger;

void fxs__bollinger_init(fxs__bollinger *bollinger, int period, double deviations);

void fxs__bollinger_push(fxs__bollinger *bollinger, double close);

static inline int fxs__bollinger_is_ready(const fxs__bollinger *bollinger) {
    return fxs__window_is_full(&bollinger->closes);
}

/* Ready only. */
fxs__bands fxs__bollinger_bands(const fxs__bollinger *bollinger);

#endif
