#include "keltner.h"

void fxs__keltner_init(fxs__keltner *keltner, int period, int rangePeriod, double multiple) {
    keltner->multiple = multiple;
    fxs__ema_init(&keltner->middle, period);
    fxs__wilder_atr_init(&keltner->range, rangePeriod);
}

void fxs__keltner_push(fxs__keltner *keltner, const fxs_bar *bar) {
    fxs__ema_push(&keltner->middle, bar->close);
    fxs__wilder_atr_push(&keltner->range, bar);
}

int fxs__keltner_is_ready(const fxs__keltner *keltner) {
    return fxs__ema_is_ready(&keltner->middle) && fxs__wilder_atr_is_ready(&keltner->range);
}

fxs__bands fxs__keltner_bands(const fxs__keltner *keltner) {
    double middle = keltner->middle.value;
    double width = keltner->multiple * fxs__wilder_atr_value(&keltner->range);
    return (fxs__bands){middle - width, middle, middle + width};
}
