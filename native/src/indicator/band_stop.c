#include "band_stop.h"

#include <math.h>

void fxs__band_stop_init(fxs__band_stop *stop, int period, double deviations) {
    stop->trend = 0;
    stop->age = 0;
    stop->stop = 0;
    stop->lower = 0;
    stop->upper = 0;
    fxs__bollinger_init(&stop->bands, period, deviations);
}

static void turn(fxs__band_stop *stop, int trend, double price) {
    stop->trend = trend;
    stop->age = 0;
    stop->stop = price;
}

static void wait_for_break(fxs__band_stop *stop, const fxs__bands *bands, double close) {
    int isFirst = stop->upper == 0;
    stop->upper = isFirst ? bands->upper : fmin(stop->upper, bands->upper);
    stop->lower = isFirst ? bands->lower : fmax(stop->lower, bands->lower);
    if (close > stop->upper) {
        turn(stop, 1, stop->lower);
    } else if (close < stop->lower) {
        turn(stop, -1, stop->upper);
    }
}

static void follow(fxs__band_stop *stop, const fxs__bands *bands, double close) {
    stop->age++;
    if (stop->trend > 0) {
        stop->stop = fmax(stop->stop, bands->lower);
        if (close < stop->stop) {
            turn(stop, -1, bands->upper);
        }
    } else {
        stop->stop = fmin(stop->stop, bands->upper);
        if (close > stop->stop) {
            turn(stop, 1, bands->lower);
        }
    }
}

void fxs__band_stop_push(fxs__band_stop *stop, double close) {
    fxs__bollinger_push(&stop->bands, close);
    if (!fxs__bollinger_is_ready(&stop->bands)) {
        return;
    }
    fxs__bands bands = fxs__bollinger_bands(&stop->bands);
    if (stop->trend == 0) {
        wait_for_break(stop, &bands, close);
    } else {
        follow(stop, &bands, close);
    }
}
