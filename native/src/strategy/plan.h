/*
 * How our own strategies from 1002 on hold a position: size, stop, targets, stops that follow,
 * exits by the clock, more of what works. The strategy says what it sees; everything else is here.
 *
 * Settings. 0 means the default, in brackets where all strategies share it; -1 turns off what may
 * be off, marked -.
 *   10 MAX_MARGIN_PERCENT     of equity × leverage one entry may use       [10], 0.1 to 100
 *   11 ONE_SIDE               1 only longs, -1 only shorts                 [0]
 *   12 SIZING                 1 risk at the stop, 2 share of equity,
 *                             3 yearly volatility (only where documented)  [1]
 *   13 SIZE_PERCENT           the share or the volatility                  [10], 0.1 to 1000
 *   14 MAX_LOTS               of one entry                             [no limit], 0.01 to 10000
 *   15 TRAIL_ATRS           - distance of a stop that follows              0.1 to 100
 *   16 TRAIL_FROM             1 the last close, 2 the best price since
 *                             the entry (chandelier)                       [2]
 *   17 BREAK_EVEN_R         - stop to the open price after so many risks   [off], 0.1 to 100
 *   18 PART_R               - closes a part of each trade, once, at a gain of
 *                             so many risks                                [off], 0.1 to 100
 *   19 PART_PERCENT           of its lots                                  [50], 1 to 99
 *   20 SESSION_EXIT_MINUTE  - of the day: closes all, no entry after; where
 *                             no bar opens then, on the last one before.
 *                             Refused for bars of a day and longer         1 to 1439
 *   21 FRIDAY_EXIT_MINUTE   - the same on Friday, for the weekend          [off], 1 to 1439
 *   22 ADD_ATRS             - one more each time the newest entry has
 *                             gained so many ATRs, to MAX_OPEN_ORDERS      0.1 to 100
 *   45 MAX_OPEN_ORDERS        1 to 16
 *   48 TIMED_EXIT_BARS      - close after so many primary bars             1 to 1000000
 *   57 ACCOUNT_RISK_PERCENT   of equity lost at the stop                   [0.1], to 100
 *   59 MAX_SPREAD             no entry above, price units                  [no limit]
 *   60 SL_ATR_MULTIPLIER      first stop                                   0.1 to 100
 *   61 TP_ATR_MULTIPLIER    - target                                       0.1 to 100
 *   62 ATR_AVERAGING_PERIOD   bars                                         1 to 500
 *
 * Rules. One side at a time: an entry against what is held closes it, and a later bar enters. A
 * position is opened on a completed bar only, more is added only with ADD_ATRS. A stop is never
 * nearer than the account's minimum stop plus the spread, always set whatever USE_SL says, never
 * loosened, and moved in steps of a twentieth of the ATR. A part is closed only if it and the rest
 * are 0.01 lots or more; where the caller knows no parts, that closes the whole trade. MONITOR mode
 * closes and tightens, and opens nothing. Where an order failed, the entry of the bar is tried
 * again. Sizes below 0.01 lots open nothing. Of a trade opened before the instance's first run (it
 * was made anew, and what it knew is lost) no part is closed and its stop is not moved to the open
 * price: the first risk is not known; its other stops and exits hold.
 *
 * Every run reports the ATR, the trades held on each side and the newest one's stop; each strategy
 * adds what its next entry waits for.
 */
#ifndef FXS_PLAN_H
#define FXS_PLAN_H

#include "book.h"
#include "strategy.h"

enum { FXS__SIZE_BY_RISK = 1, FXS__SIZE_BY_SHARE = 2, FXS__SIZE_BY_VOLATILITY = 3 };
enum { FXS__TRAIL_FROM_CLOSE = 1, FXS__TRAIL_FROM_BEST = 2 };

/* A strategy names its own defaults; what it leaves at 0 is the shared default, or off. */
typedef struct {
    double marginPercent, oneSide, sizing, sizePercent, maxLots;
    double trailAtrs, trailFrom, breakEvenR, partR, partPercent;
    double sessionExitMinute, fridayExitMinute, addAtrs;
    double timedExitBars, riskPercent, stopAtrs, targetAtrs, atrPeriod;
} fxs__plan;

/* What the strategy sees after the bar that just closed; all zero is "nothing". */
typedef struct {
    int newBars;                     /* completed since the last run */
    int entersLong, entersShort;     /* looked at only when newBars > 0, or to try again */
    int exitsLong, exitsShort;
    double close, atr;               /* of the last completed bar; no entry while atr is 0 */
    double longStop, shortStop;      /* where the strategy itself wants stops; 0 = nowhere */
    double stopDistance;             /* of an entry, instead of stopAtrs × atr; 0 = that */
    double targetDistance;           /* instead of targetAtrs × atr; 0 = that */
    double yearlyVolatility;         /* for SIZING 3 */
} fxs__sight;

/* The settings with the defaults filled in; FXS_EPARAM if one is out of range. */
int fxs__plan_read(const double *settings, const fxs__plan *defaults, fxs__plan *out);

/* Settings while they are read: `code` is 0 until one is out of range, then FXS_EPARAM. */
typedef struct {
    const double *settings;
    int code;
} fxs__settings;

/* The setting of that index, fallback if it is 0; within low to high. */
double fxs__setting_within(fxs__settings *in, int index, double fallback, double low, double high);

/* The same without its fraction, for what is counted. */
double fxs__count_within(fxs__settings *in, int index, double fallback, double low, double high);

/*
 * Writes the rows of this run.
 *
 * returns   0, or FXS_EPARAM for an exit by the clock that its bars are too long for
 */
int fxs__plan_run(fxs__run *run, const fxs__plan *plan, const fxs__sight *sight,
                  fxs__book *book);

/* Open market orders of one side, and the newest of them (null if there is none). */
typedef struct {
    int count;
    const fxs_order *newest;
} fxs__holding;

fxs__holding fxs__holding_of(const fxs__run *run, int isLong);

#endif
