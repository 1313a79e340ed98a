#include "framework_macd.h"

#include <string.h>

static int lookback_of(const fxs__framework_macd *macd) {
    return macd->slow + macd->signal + 2 * FXS__UNSTABLE_PERIOD - 1;
}

void fxs__framework_macd_init(fxs__framework_macd *macd, int fast, int slow, int signal) {
    memset(macd, 0, sizeof *macd);
    macd->fast = fast;
    macd->slow = slow;
    macd->signal = signal;
}

/* 0 for what a snapshot made up: see fxs__window_mend. */
static int is_sound(const fxs__framework_macd *macd) {
    return macd->fast >= 1 && macd->fast < macd->slow && macd->slow <= FXS__WINDOW_MAX
        && macd->signal >= 1 && macd->signal <= FXS__WINDOW_MAX && macd->next >= 0
        && macd->next <= FXS__WINDOW_MAX
        && fxs__is_ring(lookback_of(macd), (int)macd->next, macd->count);
}

void fxs__framework_macd_push(fxs__framework_macd *macd, double close) {
    if (!is_sound(macd)) {
        fxs__framework_macd_init(macd, 1, 2, 1);
    }
    int lookback = lookback_of(macd);
    macd->closes[macd->next] = close;
    if (++macd->next == lookback) {
        macd->next = 0;
    }
    macd->count += macd->count < lookback;
}

int fxs__framework_macd_is_ready(const fxs__framework_macd *macd) {
    return is_sound(macd) && macd->count == lookback_of(macd);
}

/* Oldest first. */
static double close_at(const fxs__framework_macd *macd, int position) {
    int slot = (int)macd->next + position;
    return macd->closes[slot < macd->count ? slot : slot - macd->count];
}

/* Both averages are seeded up to the same close, the slow one's period into the lookback. */
static double seed_of(const fxs__framework_macd *macd, int period) {
    double sum = 0;
    for (int i = macd->slow - period; i < macd->slow; i++) {
        sum += close_at(macd, i);
    }
    return sum / period;
}

static double next_ema(double ema, int period, double value) {
    return ema + 2.0 / (period + 1) * (value - ema);
}

fxs__macd_value fxs__framework_macd_value(const fxs__framework_macd *macd) {
    double fast = seed_of(macd, macd->fast), slow = seed_of(macd, macd->slow);
    double line = 0, sum = 0, signal = 0;
    int firstLine = macd->slow + FXS__UNSTABLE_PERIOD - 1;
    for (int i = macd->slow; i < macd->count; i++) {
        double close = close_at(macd, i);
        fast = next_ema(fast, macd->fast, close);
        slow = next_ema(slow, macd->slow, close);
        line = fast - slow;
        int lines = i - firstLine + 1;
        if (lines > macd->signal) {
            signal = next_ema(signal, macd->signal, line);
        } else if (lines > 0) {
            sum += line;
            signal = sum / macd->signal;
        }
    }
    return (fxs__macd_value){line, signal, line - signal};
}
