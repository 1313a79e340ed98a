#include "volatility.h"

#include <math.h>

/*
 * ln(p / q) = 2 (z + z^3/3 + z^5/5 + ...), z = (p - q) / (p + q): a handful of terms for what
 * prices do from bar to bar. Halving or doubling adds ln 2, so that a crash needs few terms too.
 */
double fxs__log_return(double price, double previous) {
    static const double LN2 = 0.69314718055994530942;
    int doublings = 0;
    while (price > 1.5 * previous) {
        price /= 2;
        doublings++;
    }
    while (price < 0.75 * previous) {
        price *= 2;
        doublings--;
    }
    double z = (price - previous) / (price + previous);
    double square = z * z, power = z, sum = 0;
    for (int odd = 3; odd < 60; odd += 2) {
        power *= square;
        double before = sum;
        sum += power / odd;
        if (sum == before) {
            break;
        }
    }
    return doublings * LN2 + 2 * (z + sum);
}

void fxs__volatility_init(fxs__volatility *volatility, int period, double periodsPerYear) {
    volatility->periodsPerYear = periodsPerYear;
    volatility->previousClose = 0;
    fxs__window_init(&volatility->returns, period);
}

void fxs__volatility_push(fxs__volatility *volatility, double close) {
    if (volatility->previousClose > 0) {
        fxs__window_push(&volatility->returns, fxs__log_return(close, volatility->previousClose));
    }
    volatility->previousClose = close;
}

double fxs__volatility_value(const fxs__volatility *volatility) {
    double mean = fxs__window_mean(&volatility->returns);
    double deviation = fxs__window_deviation(&volatility->returns);
    return sqrt(volatility->periodsPerYear * (deviation * deviation + mean * mean));
}

double fxs__volatility_about_mean(const fxs__volatility *volatility) {
    double count = volatility->returns.count;
    return fxs__window_deviation(&volatility->returns)
        * sqrt(volatility->periodsPerYear * count / (count - 1));
}
