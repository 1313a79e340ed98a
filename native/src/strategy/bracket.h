/*
 * One market position with a stop and a target: what our own strategies share.
 *
 * Entries only when the instance has no open order; a signal against the position closes it and
 * the next one enters. Distances are multiples of the ATR, never below the account's minimum stop.
 * Sizes below 0.01 lots open nothing.
 *
 * Settings, 0 meaning the default in brackets:
 *   10 MAX_MARGIN_PERCENT     of equity × leverage an entry may use        [10], 0.1 to 100
 *   45 MAX_OPEN_ORDERS        1 is enough, more does not open more
 *   48 TIMED_EXIT_BARS        close after so many primary bars             [the strategy's]
 *   57 ACCOUNT_RISK_PERCENT   of equity lost at the stop                   [0.1], to 100
 *   59 MAX_SPREAD             no entry above, price units                  [no limit]
 *   60 SL_ATR_MULTIPLIER                                      [the strategy's], 0.1 to 100
 *   61 TP_ATR_MULTIPLIER                                      [the strategy's], 0.1 to 100
 *   62 ATR_AVERAGING_PERIOD   bars                                         [14], 1 to 500
 */
#ifndef FXS_BRACKET_H
#define FXS_BRACKET_H

#include "strategy.h"

enum { FXS__MAX_MARGIN_PERCENT = 10 };

typedef struct {
    double stopAtrs, targetAtrs;
    double riskPercent, marginPercent;
    int timedExitBars, atrPeriod;
} fxs__bracket;

/* What the strategy sees on the bar that just closed. An entry to one side exits the other. */
typedef struct {
    int entersLong, entersShort;
    int exitsLong, exitsShort;
    double atr;
} fxs__view;

/* The settings with the defaults filled in; FXS_EPARAM if one is out of range. */
int fxs__bracket_read(const double *settings, const fxs__bracket *defaults, fxs__bracket *out);

/* settings[index], or fallback if it is 0. */
double fxs__setting_or(const double *settings, int index, double fallback);

/* Writes the closing and opening rows of this bar. */
void fxs__bracket_run(fxs__run *run, const fxs__bracket *bracket, const fxs__view *view);

#endif
