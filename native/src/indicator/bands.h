/* A channel around a price. */
#ifndef FXS_BANDS_H
#define FXS_BANDS_H

typedef struct {
    double lower, middle, upper;
} fxs__bands;

#endif
