/*
 * What the incremental indicators are compared with: bars at the scale of four markets, and plain
 * definitions over whole arrays, in long double and written without a look at the indicators.
 *
 * Equal means: no farther apart than 1e-12 of the scale, which is the market's price for what is
 * in price, 100 for what is in per cent, and otherwise said where it is used.
 */
#ifndef SAKER_ORACLE_H
#define SAKER_ORACLE_H

#include "fxs.h"
#include "harness.h"

enum { ORACLE_BARS = 100000, ORACLE_MARKETS = 4 };

typedef struct {
    const char *name;
    double price, tick; /* where the walk starts; what prices are multiples of */
    double step;        /* of a price from quarter to quarter of a bar, as a fraction */
    uint64_t seed;
} oracle_market;

extern const oracle_market oracle_markets[ORACLE_MARKETS];

/* The bars under test, and their columns. */
typedef struct {
    double scale;
    fxs_bar *bars;
    double *closes, *highs, *lows, *volumes;
    uint64_t seed; /* of what is checked */
} oracle;

oracle oracle_open(const oracle_market *market);
void oracle_close(oracle *o);

/* 1 for about four values in `period`, at random, and always for small periods, since a definition
 * over whole windows is the slow part of a test. */
static inline int oracle_picks(oracle *o, int period) {
    return period < 8 || random_below(&o->seed, period / 4) == 0;
}

long double oracle_mean(const double *in, int last, int period);

/* Square root of the mean squared distance from the mean. */
long double oracle_deviation(const double *in, int last, int period);

double oracle_highest(const double *in, int last, int period);
double oracle_lowest(const double *in, int last, int period);

/* Of bar i > 0. */
long double oracle_range(const fxs_bar *bars, int i);

/* Averages over a whole array that begins at `first`: out[i] is valid from first + period - 1. */
void oracle_ema(const long double *in, int first, int period, long double *out);
void oracle_wilder(const long double *in, int first, int period, long double *out);

long double *oracle_array(void);

#define CHECK_SCALED(actual, expected, scale) \
    CHECK_NEAR(actual, (double)(expected), 1e-12 * (double)(scale))

#endif
