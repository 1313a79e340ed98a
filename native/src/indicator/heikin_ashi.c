#include "heikin_ashi.h"

#include <math.h>
#include <string.h>

void fxs__heikin_ashi_init(fxs__heikin_ashi *heikin) {
    memset(heikin, 0, sizeof *heikin);
}

void fxs__heikin_ashi_push(fxs__heikin_ashi *heikin, const fxs_bar *bar) {
    const fxs_bar *before = heikin->hasBar ? &heikin->bar : bar;
    double open = (before->open + before->close) / 2;
    double close = (bar->open + bar->high + bar->low + bar->close) / 4;
    heikin->bar = (fxs_bar){
        .open = open,
        .high = fmax(bar->high, fmax(open, close)),
        .low = fmin(bar->low, fmin(open, close)),
        .close = close,
        .volume = bar->volume,
        .time = bar->time,
    };
    heikin->hasBar = 1;
}
