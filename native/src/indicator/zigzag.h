/*
 * ZigZag: swings of at least `reversal`, a fraction of the price they turn from.
 *
 *   up leg    a higher high moves its end; on a bar without one, a low at or below
 *             end * (1 - reversal) makes the end a swing high and begins a down leg at that low
 *   down leg  the mirror image, with end * (1 + reversal)
 *   before    the first of a high at or above lowest low * (1 + reversal) and a low at or below
 *             highest high * (1 - reversal), looked for in this order against the bars before
 *
 * A swing is final: it is known only some bars after it happened, which is what a decision may use.
 * Units: price, ages in bars. Lookback: what the first swing takes. A. Merrill, "Filtered Waves"
 * (1977).
 */
#ifndef FXS_ZIGZAG_H
#define FXS_ZIGZAG_H

#include "fxs.h"

typedef struct {
    double price;
    int64_t age; /* bars since, 0 = the newest */
} fxs__swing;

typedef struct {
    double reversal;
    int64_t leg;            /* +1 up, -1 down, 0 before the first swing */
    int64_t hasBar;
    fxs__swing end;         /* of the leg under way, so far */
    fxs__swing last;        /* the swing it began at */
    fxs__swing high, low;   /* before the first swing */
} fxs__zigzag;

/* 0 < reversal < 1, 0.005 is half a per cent */
void fxs__zigzag_init(fxs__zigzag *zigzag, double reversal);

void fxs__zigzag_push(fxs__zigzag *zigzag, const fxs_bar *bar);

/* 1 once there is a swing. */
static inline int fxs__zigzag_is_ready(const fxs__zigzag *zigzag) {
    return zigzag->leg != 0;
}

/* The last final swing, a low if the leg is up; ready only. */
static inline fxs__swing fxs__zigzag_value(const fxs__zigzag *zigzag) {
    return zigzag->last;
}

#endif
