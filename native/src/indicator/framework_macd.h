/*
 * MACD as the existing framework's iMACD gives it: evaluated at a single bar, with averages that
 * begin 35 bars ("unstable period") before their first needed value instead of running on for ever.
 *
 * With e the newest close and a = e - (signal - 1 + 35):
 *
 *   EMA(p)  = mean of the p closes from a - (p - 1 + 35) on, then e += 2 / (p + 1) * (close - e)
 *   line    = EMA(fast) - EMA(slow), from a to e
 *   signal  = mean of the first `signal` lines, then the same recursion over the rest
 *
 * Units: price. Lookback: slow + signal + 69 closes. The averages' beginning moves with the newest
 * bar, so a value costs a pass over the lookback; a push is constant time. For a MACD that runs on,
 * see macd.h. iMA(EMA) of the same framework is the plain mean (sma.h).
 */
#ifndef FXS_FRAMEWORK_MACD_H
#define FXS_FRAMEWORK_MACD_H

#include "window.h"

enum { FXS__UNSTABLE_PERIOD = 35 };

typedef struct {
    int32_t fast, slow, signal;
    int32_t count; /* closes held */
    int64_t next;  /* where the next goes */
    double closes[FXS__WINDOW_MAX];
} fxs__framework_macd;

typedef struct {
    double line, signal, histogram;
} fxs__macd_value;

/* 1 <= fast < slow, signal 1 or more, slow + signal at most FXS__WINDOW_MAX - 69 */
void fxs__framework_macd_init(fxs__framework_macd *macd, int fast, int slow, int signal);

void fxs__framework_macd_push(fxs__framework_macd *macd, double close);

int fxs__framework_macd_is_ready(const fxs__framework_macd *macd);

/* At the newest close; ready only. */
fxs__macd_value fxs__framework_macd_value(const fxs__framework_macd *macd);

#endif
