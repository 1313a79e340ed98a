#include "extreme.h"

#include <string.h>

static void init(fxs__extreme *extreme, int period, int sign) {
    memset(extreme, 0, sizeof *extreme);
    extreme->period = period;
    extreme->sign = sign;
}

void fxs__highest_init(fxs__extreme *extreme, int period) {
    init(extreme, period, 1);
}

void fxs__lowest_init(fxs__extreme *extreme, int period) {
    init(extreme, period, -1);
}

static int slot_of(const fxs__extreme *extreme, int position) {
    int slot = extreme->head + position;
    return slot < extreme->period ? slot : slot - extreme->period;
}

void fxs__extreme_push(fxs__extreme *extreme, double value) {
    if (!fxs__is_ring(extreme->period, extreme->head, extreme->size) || extreme->seen < 0) {
        init(extreme, 1, extreme->sign); /* See fxs__window_mend. */
    }
    extreme->seen++;
    if (extreme->size > 0 && fxs__extreme_age(extreme) >= extreme->period) {
        extreme->head = slot_of(extreme, 1);
        extreme->size--;
    }
    while (extreme->size > 0) {
        double last = extreme->values[slot_of(extreme, extreme->size - 1)];
        if (extreme->sign > 0 ? last > value : last < value) {
            break;
        }
        extreme->size--;
    }
    int slot = slot_of(extreme, extreme->size++);
    extreme->values[slot] = value;
    extreme->stamps[slot] = (uint32_t)extreme->seen;
}
