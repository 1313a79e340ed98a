/*
 * Own orders and the rows about them: opening, closing, moving a stop. Every wish of our own
 * strategies is written here, so that the rules of money hold for all of them.
 *
 * A CLOSE row closes the whole trade. Only Saker's engine, and only for strategies from 1000 on,
 * closes a part where the row names a ticket and fewer lots than the trade holds; the bar tester
 * and the existing front ends do not read the lots of a close. What is below the broker's smallest
 * order closes the whole trade there too.
 */
#ifndef FXS_ORDERS_H
#define FXS_ORDERS_H

#include "strategy.h"

/* 1 if the row holds an open market order of this instance. */
int fxs__is_open_trade(const fxs__run *run, const fxs_order *order);

/* Ask less bid. */
double fxs__spread(const fxs__run *run);

/* The nearest a stop or target may be, counted from the side one opens at. */
double fxs__least_distance(const fxs__run *run);

/* 1 unless the mode, the equity or a spread above MAX_SPREAD forbids entries. */
int fxs__may_enter(const fxs__run *run);

/*
 * Opens at the market.
 *
 * lots          0.01 or more; less is refused and told, for rounding up would risk more than is set
 * stop          distance, above 0
 * target        distance, 0 = none
 * returns       1, or 0 if no row is left or a figure is not a number above 0
 */
int fxs__open_order(fxs__run *run, int isLong, double lots, double stop, double target);

/*
 * 1 if the call asks again because an order failed, and nothing of ours is open or was opened in
 * the forming bar: the entry of that bar may be made after all.
 */
int fxs__is_retry(const fxs__run *run);

/* 1 if wishes are told as events too: live. A backtest is to touch no log. */
int fxs__tells_wishes(const fxs__run *run);

/* Closes an open order, or takes a pending one back. */
void fxs__close_order(fxs__run *run, const fxs_order *order);

/* Closes `lots` of an open market order, above 0 and below what it holds. */
void fxs__close_part(fxs__run *run, const fxs_order *order, double lots);

enum { FXS__STOP_STAYS, FXS__STOP_MOVES, FXS__STOP_PASSED };

/*
 * Moves the stop of an open market order to `level`, or as near as the account allows; its target
 * stays where it is. Only ever tightens, and by `step` at least. A level that the price has passed
 * closes the order, as the stop would have.
 */
int fxs__move_stop(fxs__run *run, const fxs_order *order, double level, double step);

#endif
