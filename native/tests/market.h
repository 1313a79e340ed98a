/*
 * A made-up market and a caller as the existing front ends are: random bars, the arrays of a call,
 * and a broker that fills at the bar's open.
 */
#ifndef SAKER_MARKET_H
#define SAKER_MARKET_H

#include "saker_abi.h"

enum { MARKET_SERIES = FXS_SERIES_MAX, MARKET_ROWS = 4, MARKET_ORDERS = 8 };

/* `count` bars of `minutes` from `start` on, a random walk from 1.1; free() them. A bar is left
 * out `gapPercent` times in a hundred. Weekends are in. */
fxs_bar *market_bars(uint64_t seed, int count, int minutes, int32_t start, int gapPercent);

/* The arrays of a call. */
typedef struct {
    double settings[FXS_SETTINGS];
    double account[FXS_ACCOUNT_FIGURES];
    double quotes[FXS_QUOTES];
    CRatesInfo info[MARKET_SERIES];
    fxs_order orders[MARKET_ORDERS];
    fxs_result rows[MARKET_ROWS];
    int openOrders[6];
    int brokerTime;
    const char *symbol, *currency, *broker, *reference;
    double spread;
    const fxs_bar *window; /* for every index */
    int tickets;
} caller;

/* One instance on EURUSD, USD, UTC, one open order at a time, series 0 alone. */
caller caller_of(int instanceId, int strategyId, int minutes);

/* Turns a series on; `minutes` is that of the bars passed in. */
void caller_series(caller *c, int index, int timeframe, int bars, int minutes);

/* The AUTOBBS series on base bars of `minutes`. */
void caller_autobbs(caller *c, int minutes);

/* Bars every window must have. */
int caller_window(const caller *c);

/*
 * Shows the window that ends at bar i, the newest reduced to its open as in a bar backtest (the
 * bar is put back before the return), after stops and targets were tried on bar i - 1. Returns the
 * library's code; the rows are in c->rows, cleared before the call.
 */
int caller_step(caller *c, fxs_bar *bars, int i);

/* As caller_step, without touching orders, quotes or bars. */
int caller_call(caller *c);

/* Does what the rows say. */
void caller_fill(caller *c);

/* The library's own configuration, for initInstanceC; written where the test runs. */
const char *market_config(void);

#endif
