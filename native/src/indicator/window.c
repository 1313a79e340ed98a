#include "window.h"

#include <math.h>
#include <string.h>

void fxs__window_init(fxs__window *window, int period) {
    memset(window, 0, sizeof *window);
    window->period = period;
}

static void add(fxs__window *window, double value, double sign) {
    double distance = value - window->anchor;
    window->sum += sign * distance;
    window->sumOfSquares += sign * distance * distance;
}

static void sum_anew(fxs__window *window) {
    window->anchor = window->values[window->period - 1];
    window->sum = 0;
    window->sumOfSquares = 0;
    for (int i = 0; i < window->period; i++) {
        add(window, window->values[i], 1);
    }
}

void fxs__window_push(fxs__window *window, double value) {
    fxs__window_mend(window);
    if (window->count == 0) {
        window->anchor = value;
    }
    if (fxs__window_is_full(window)) {
        add(window, window->values[window->next], -1);
    } else {
        window->count++;
    }
    window->values[window->next] = value;
    add(window, value, 1);
    if (++window->next == window->period) {
        window->next = 0;
        sum_anew(window);
    }
}

double fxs__window_mean(const fxs__window *window) {
    return window->anchor + window->sum / window->count;
}

double fxs__window_deviation(const fxs__window *window) {
    double mean = window->sum / window->count;
    double variance = window->sumOfSquares / window->count - mean * mean;
    return variance > 0 ? sqrt(variance) : 0;
}
