/*
 * Average true range: the plain mean of the last `period` true ranges, without Wilder's memory.
 * A true range is max(high - low, |high - previous close|, |low - previous close|); the first bar
 * has none.
 */
#ifndef FXS_ATR_H
#define FXS_ATR_H

#include "fxs.h"
#include "window.h"

typedef struct {
    double previousClose; /* 0 before the first bar */
    fxs__window ranges;
} fxs__atr;

void fxs__atr_init(fxs__atr *atr, int period);

void fxs__atr_push(fxs__atr *atr, const fxs_bar *bar);

/* 1 once period + 1 bars were pushed. */
int fxs__atr_is_ready(const fxs__atr *atr);

/* In price; ready only. */
double fxs__atr_value(const fxs__atr *atr);

double fxs__true_range(const fxs_bar *bar, double previousClose);

#endif
