#include "linear_regression.h"

#include <math.h>

void fxs__linear_regression_init(fxs__linear_regression *regression, int period) {
    regression->weighted = 0;
    fxs__window_init(&regression->values, period);
}

/* As the window sums anew, so that rounding does not pile up; the oldest is then at 0. */
static double weigh_anew(const fxs__window *window) {
    double weighted = 0;
    for (int x = 0; x < window->period; x++) {
        weighted += x * (window->values[x] - window->anchor);
    }
    return weighted;
}

void fxs__linear_regression_push(fxs__linear_regression *regression, double value) {
    fxs__window *window = &regression->values;
    fxs__window_mend(window);
    int before = window->count;
    double change = 0;
    if (before == window->period) {
        /* The oldest, at x = 0, leaves; every other moves down by one. */
        change = window->values[window->next] - window->anchor - window->sum;
        before--;
    }
    fxs__window_push(window, value);
    if (window->next == 0) {
        regression->weighted = weigh_anew(window);
    } else {
        regression->weighted += change + before * (value - window->anchor);
    }
}

fxs__line fxs__linear_regression_value(const fxs__linear_regression *regression) {
    const fxs__window *window = &regression->values;
    double n = window->period, meanX = (n - 1) / 2;
    double xx = n * (n * n - 1) / 12;
    double xv = regression->weighted - meanX * window->sum;
    double vv = window->sumOfSquares - window->sum * window->sum / n;
    double slope = xv / xx, mean = fxs__window_mean(window);
    return (fxs__line){
        .slope = slope,
        .intercept = mean - slope * meanX,
        .end = mean + slope * meanX,
        .r2 = vv > 0 ? fmin(1, xv * xv / (xx * vv)) : 0,
    };
}
