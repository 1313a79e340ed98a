#include "rolling_sum.h"

#include <string.h>

void fxs__rolling_sum_init(fxs__rolling_sum *sum, int period) {
    memset(sum, 0, sizeof *sum);
    sum->period = period;
}

void fxs__rolling_sum_push(fxs__rolling_sum *sum, double value) {
    if (!fxs__is_ring(sum->period, sum->next, 0) || sum->count < 0) {
        fxs__rolling_sum_init(sum, 1); /* See fxs__window_mend. */
    }
    sum->values[sum->next] = value;
    sum->since += value;
    sum->count += sum->count < sum->period;
    if (++sum->next < sum->period) {
        return;
    }
    for (int i = sum->period - 2; i >= 0; i--) {
        sum->values[i] += sum->values[i + 1];
    }
    sum->since = 0;
    sum->next = 0;
}
