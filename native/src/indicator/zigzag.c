#include "zigzag.h"

#include <string.h>

void fxs__zigzag_init(fxs__zigzag *zigzag, double reversal) {
    memset(zigzag, 0, sizeof *zigzag);
    zigzag->reversal = reversal;
}

static void turn(fxs__zigzag *zigzag, int leg, fxs__swing from, double to) {
    zigzag->leg = leg;
    zigzag->last = from;
    zigzag->end = (fxs__swing){to, 0};
}

static int rose(const fxs__zigzag *zigzag, const fxs_bar *bar, double low) {
    return bar->high >= low * (1 + zigzag->reversal);
}

static int fell(const fxs__zigzag *zigzag, const fxs_bar *bar, double high) {
    return bar->low <= high * (1 - zigzag->reversal);
}

static void look_for_first(fxs__zigzag *zigzag, const fxs_bar *bar) {
    if (zigzag->hasBar && rose(zigzag, bar, zigzag->low.price)) {
        turn(zigzag, 1, zigzag->low, bar->high);
    } else if (zigzag->hasBar && fell(zigzag, bar, zigzag->high.price)) {
        turn(zigzag, -1, zigzag->high, bar->low);
    }
    if (!zigzag->hasBar || bar->high > zigzag->high.price) {
        zigzag->high = (fxs__swing){bar->high, 0};
    }
    if (!zigzag->hasBar || bar->low < zigzag->low.price) {
        zigzag->low = (fxs__swing){bar->low, 0};
    }
    zigzag->hasBar = 1;
}

void fxs__zigzag_push(fxs__zigzag *zigzag, const fxs_bar *bar) {
    zigzag->end.age++;
    zigzag->last.age++;
    if (zigzag->leg == 0) {
        zigzag->high.age++;
        zigzag->low.age++;
        look_for_first(zigzag, bar);
    } else if (zigzag->leg > 0) {
        if (bar->high > zigzag->end.price) {
            zigzag->end = (fxs__swing){bar->high, 0};
        } else if (fell(zigzag, bar, zigzag->end.price)) {
            turn(zigzag, -1, zigzag->end, bar->low);
        }
    } else {
        if (bar->low < zigzag->end.price) {
            zigzag->end = (fxs__swing){bar->low, 0};
        } else if (rose(zigzag, bar, zigzag->end.price)) {
            turn(zigzag, 1, zigzag->end, bar->high);
        }
    }
}
