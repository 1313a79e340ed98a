/*
 * What the order table does not say of a trade: the risk and the lots it began with and the best
 * price since. A trade older than the book has an unknown first risk: its stop may have been moved
 * and a part of it closed.
 */
#ifndef FXS_BOOK_H
#define FXS_BOOK_H

#include "strategy.h"

enum { FXS__BOOK_MAX = 16 };

typedef struct {
    double ticket;
    double lots; /* when first seen */
    double risk; /* first distance from open price to stop, 0 if none or not known */
    double best; /* highest high of a long, lowest low of a short, at least the open price */
} fxs__held;

/* Part of a strategy's state; zero at first. */
typedef struct {
    int64_t count;
    int64_t since; /* reference time of the first update, 0 = none yet */
    fxs__held trades[FXS__BOOK_MAX];
} fxs__book;

/* Takes the instance's open trades and the primary series' `newBars` last completed bars. */
void fxs__book_update(fxs__book *book, const fxs__run *run, int newBars);

/* What is known of an open trade. */
fxs__held fxs__book_find(const fxs__book *book, const fxs__run *run, const fxs_order *order);

#endif
