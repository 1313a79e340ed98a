#include "delay.h"

#include <string.h>

void fxs__delay_init(fxs__delay *delay, int lag) {
    memset(delay, 0, sizeof *delay);
    delay->lag = lag;
}

void fxs__delay_push(fxs__delay *delay, double value) {
    delay->delayed = delay->values[delay->next];
    delay->values[delay->next] = value;
    delay->seen++;
    if (++delay->next == delay->lag) {
        delay->next = 0;
    }
}
