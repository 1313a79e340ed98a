/*
 * How big a trade is. Lots are not rounded: the lot step is the caller's, who rounds down. What is
 * below 0.01 opens nothing.
 * fxs__lots_for_risk is in strategy.h.
 */
#ifndef FXS_SIZE_H
#define FXS_SIZE_H

#include "strategy.h"

/* The lots whose margin is marginPercent of the equity, at the account's leverage (1 if unset). */
double fxs__lots_for_margin(const fxs__run *run, double marginPercent);

/* The lots worth `percent` of the equity (fixed fraction). */
double fxs__lots_for_share(const fxs__run *run, double percent);

/*
 * The lots whose value is expected to move by targetPercent of the equity a year.
 *
 * yearlyVolatility   standard deviation of a year's return, 0.1 means 10 %; above 0
 */
double fxs__lots_for_volatility(const fxs__run *run, double targetPercent,
                                double yearlyVolatility);

/* Trading periods of that length in a year: 260 days, 365 for what trades on weekends. */
double fxs__periods_per_year(int timeframeMinutes, int keepsWeekends);

#endif
