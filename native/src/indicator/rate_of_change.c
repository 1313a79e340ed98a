#include "rate_of_change.h"

void fxs__rate_of_change_init(fxs__rate_of_change *change, int period) {
    change->newest = 0;
    fxs__delay_init(&change->values, period);
}

void fxs__rate_of_change_push(fxs__rate_of_change *change, double value) {
    change->newest = value;
    fxs__delay_push(&change->values, value);
}
