#include "linear_regression.h"

#include <math.h>

void fxs__linear_regression_init(fxs__linear_regression *regression, int period) {
    fxs__weighted_window_init(&regression->values, period);
}

void fxs__linear_regression_push(fxs__linear_regression *regression, double value) {
    fxs__weighted_window_push(&regression->values, value);
}

fxs__line fxs__linear_regression_value(const fxs__linear_regression *regression) {
    const fxs__window *window = &regression->values.values;
    double n = window->period, meanX = (n - 1) / 2, mean = fxs__window_mean(window);
    double xx = n * (n * n - 1) / 12;
    double xv = regression->values.weighted - meanX * window->sum;
    double vv = window->sumOfSquares - window->sum * window->sum / n;
    double slope = xv / xx;
    return (fxs__line){
        .slope = slope,
        .intercept = mean - slope * meanX,
        .end = mean + slope * meanX,
        .r2 = vv > 0 ? fmin(1, xv * xv / (xx * vv)) : 0,
    };
}
