/*
 * Ichimoku kinko hyo.
 *
 *   mid(n)    = (highest high + lowest low of the last n bars) / 2
 *   tenkan    = mid(9)         kijun = mid(26)
 *   senkou A  = (tenkan + kijun) / 2, drawn `displacement` (26) bars ahead
 *   senkou B  = mid(52), drawn as far ahead
 *   chikou    = close, drawn as far back
 *
 * The cloud at a bar is therefore what was computed `displacement` bars before it. MetaTrader
 * counts so; charts that count today as the first of the 26 draw it one bar earlier: pass 25 for
 * them.
 *
 * Units: price. Lookback: max(periods) + displacement bars for all of it. G. Hosoda, "Ichimoku
 * kinko hyo" (1969).
 */
#ifndef FXS_ICHIMOKU_H
#define FXS_ICHIMOKU_H

#include "delay.h"
#include "donchian.h"

typedef struct {
    double close;
    fxs__donchian tenkan, kijun, senkou;
    fxs__delay leadA, leadB, closes;
} fxs__ichimoku;

typedef struct {
    double tenkan, kijun;
    double cloudA, cloudB; /* senkou A and B at the newest bar */
    double leadA, leadB;   /* computed at the newest bar, drawn ahead of it */
    double chikou;         /* the newest close, drawn back at ... */
    double closeAtChikou;  /* ... the bar with this close */
} fxs__ichimoku_lines;

/* Periods and displacement 1 to FXS__WINDOW_MAX; 9, 26, 52, 26 as a rule. */
void fxs__ichimoku_init(fxs__ichimoku *ichimoku, int tenkan, int kijun, int senkou,
                        int displacement);

void fxs__ichimoku_push(fxs__ichimoku *ichimoku, const fxs_bar *bar);

/* 1 once the cloud reaches the newest bar. */
int fxs__ichimoku_is_ready(const fxs__ichimoku *ichimoku);

/* Ready only. */
fxs__ichimoku_lines fxs__ichimoku_value(const fxs__ichimoku *ichimoku);

#endif
