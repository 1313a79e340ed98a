/*
 * Pivot levels of the previous day. H, L, C: its high, low and close; D = H - L; O: the open of the
 * day they are for.
 *
 *   classic     P = (H + L + C) / 3          R1 = 2P - L        R2 = P + D    R3 = H + 2(P - L)
 *               R4 = H + 3(P - L)            S1 = 2P - H        S2 = P - D    S3 = L - 2(H - P)
 *               S4 = L - 3(H - P)
 *   Fibonacci   P as classic                 R, S = P + or - (0.382, 0.618, 1, 1.618) D
 *   Camarilla   P as classic                 R, S = C + or - (1/12, 1/6, 1/4, 1/2) * 1.1 D
 *   Woodie      P = (H + L + 2 O) / 4        1 to 3 as classic  R4 = R3 + D   S4 = S3 - D
 *
 * Units: price. A day runs from midnight to midnight of the bars' clock; days without bars, such as
 * weekends, are passed over. Lookback: a whole day, so the third day that has bars is the first
 * with levels: the first may have begun before its first bar. J. Person, "A Complete Guide to
 * Technical Trading Tactics" (2004) for the classic levels; N. Scott's Camarilla equation (1989);
 * K. Wood.
 */
#ifndef FXS_PIVOTS_H
#define FXS_PIVOTS_H

#include "fxs.h"

enum {
    FXS__PIVOTS_CLASSIC,
    FXS__PIVOTS_FIBONACCI,
    FXS__PIVOTS_CAMARILLA,
    FXS__PIVOTS_WOODIE
};

enum { FXS__PIVOT_LEVELS = 4 };

typedef struct {
    double pivot;
    double resistance[FXS__PIVOT_LEVELS]; /* R1 first */
    double support[FXS__PIVOT_LEVELS];
} fxs__levels;

/* The levels that follow from a whole day; `open` is the next day's, for Woodie's alone. */
fxs__levels fxs__levels_of(int kind, const fxs_bar *day, double open);

typedef struct {
    int64_t kind;
    int64_t days; /* days begun, at most 3 */
    int64_t day;  /* the one under way, since the epoch */
    double high, low, close; /* so far */
    fxs__levels levels;
} fxs__pivots;

void fxs__pivots_init(fxs__pivots *pivots, int kind);

/* Bars of a day or less, in order. */
void fxs__pivots_push(fxs__pivots *pivots, const fxs_bar *bar);

static inline int fxs__pivots_is_ready(const fxs__pivots *pivots) {
    return pivots->days == 3;
}

/* For the day of the newest bar; ready only. */
static inline const fxs__levels *fxs__pivots_value(const fxs__pivots *pivots) {
    return &pivots->levels;
}

#endif
