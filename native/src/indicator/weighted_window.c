#include "weighted_window.h"

void fxs__weighted_window_init(fxs__weighted_window *window, int period) {
    window->weighted = 0;
    fxs__window_init(&window->values, period);
}

/* When the window sums anew, so that rounding does not pile up; the oldest is then at 0. */
static double weigh_anew(const fxs__window *window) {
    double weighted = 0;
    for (int x = 0; x < window->period; x++) {
        weighted += x * (window->values[x] - window->anchor);
    }
    return weighted;
}

void fxs__weighted_window_push(fxs__weighted_window *window, double value) {
    fxs__window *values = &window->values;
    fxs__window_mend(values);
    int place = values->count;
    double change = 0;
    if (place == values->period) {
        /* The oldest, at 0, leaves; every other moves down by one. */
        change = values->values[values->next] - values->anchor - values->sum;
        place--;
    }
    fxs__window_push(values, value);
    if (values->next == 0) {
        window->weighted = weigh_anew(values);
    } else {
        window->weighted += change + place * (value - values->anchor);
    }
}
