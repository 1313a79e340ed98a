#include "deviation.h"

#include <math.h>

void fxs__deviation_init(fxs__deviation *deviation, int period) {
    deviation->newest = 0;
    fxs__window_init(&deviation->values, period);
}

void fxs__deviation_push(fxs__deviation *deviation, double value) {
    deviation->newest = value;
    fxs__window_push(&deviation->values, value);
}

double fxs__deviation_mean(const fxs__deviation *deviation) {
    return fxs__window_mean(&deviation->values);
}

double fxs__deviation_population(const fxs__deviation *deviation) {
    return fxs__window_deviation(&deviation->values);
}

double fxs__deviation_sample(const fxs__deviation *deviation) {
    double count = deviation->values.count;
    return fxs__deviation_population(deviation) * sqrt(count / (count - 1));
}

double fxs__deviation_score(const fxs__deviation *deviation) {
    double width = fxs__deviation_population(deviation);
    return width > 0 ? (deviation->newest - fxs__deviation_mean(deviation)) / width : 0;
}
