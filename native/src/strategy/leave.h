/*
 * Exits by the clock. Minutes count from midnight on the reference broker's clock, which is the
 * clock of the bars; 0 turns a rule off.
 */
#ifndef FXS_LEAVE_H
#define FXS_LEAVE_H

#include "strategy.h"

enum { FXS__DAY_MINUTES = 1440 };

/* Minute of the reference day now, 0 to 1439. */
int fxs__minute_of_day(const fxs__run *run);

/* When an order was opened, on the reference broker's clock. */
int64_t fxs__open_time(const fxs__run *run, const fxs_order *order);

/* 1 once the order is as old as so many primary bars last, closed markets included. */
int fxs__is_held_too_long(const fxs__run *run, const fxs_order *order, double bars);

/* 1 once so many primary bars closed since the order was opened. Of those before the series, the
 * clock says how many. */
int fxs__is_held_for_bars(const fxs__run *run, const fxs_order *order, double bars);

/*
 * 1 from that minute of the day on: no new entries. Decisions are made where bars open, so it is so
 * on the last bar that opens before that minute, if none opens in it. For bars shorter than a day.
 */
int fxs__is_session_over(const fxs__run *run, double minute);

/* The same of an order, which is also over on any later day. */
int fxs__is_past_session(const fxs__run *run, const fxs_order *order, double minute);

/* The same of Friday, and 1 on Saturday and Sunday. */
int fxs__is_week_over(const fxs__run *run, double fridayMinute);

#endif
