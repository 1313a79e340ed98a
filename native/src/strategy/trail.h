/*
 * Where a stop belongs, as a price; 0 means nowhere yet. fxs__move_stop sees to it that a stop only
 * ever tightens, so a level may go back without harm.
 */
#ifndef FXS_TRAIL_H
#define FXS_TRAIL_H

/* The tighter of two levels: the higher for a long, the lower for a short; 0 is none. */
double fxs__tighter_stop(int isLong, double one, double other);

/*
 * `atrs` average true ranges behind a price. From the last close it is the ATR trail; from the best
 * price since the entry, the chandelier (C. Le Beau, D. Lucas, 1992).
 */
double fxs__stop_behind(int isLong, double price, double atr, double atrs);

/* The open price once the best price has gained `afterR` times the risk; 0 before, or if afterR
 * or risk is 0. */
double fxs__break_even_stop(int isLong, double openPrice, double best, double risk,
                            double afterR);

#endif
