#include "delay.h"

#include <string.h>

void fxs__delay_init(fxs__delay *delay, int lag) {
    memset(delay, 0, sizeof *delay);
    delay->lag = lag;
}

void fxs__delay_push(fxs__delay *delay, double value) {
    if (!fxs__is_ring(delay->lag, delay->next, 0) || delay->seen < 0) {
        fxs__delay_init(delay, 1); /* See fxs__window_mend. */
    }
    delay->delayed = delay->values[delay->next];
    delay->values[delay->next] = value;
    delay->seen++;
    if (++delay->next == delay->lag) {
        delay->next = 0;
    }
}
