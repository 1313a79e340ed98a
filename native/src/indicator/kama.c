#include "kama.h"

void fxs__kama_init(fxs__kama *kama, int period, int fast, int slow) {
    kama->fast = fast;
    kama->slow = slow;
    kama->value = 0;
    fxs__efficiency_init(&kama->efficiency, period);
}

void fxs__kama_push(fxs__kama *kama, double close) {
    fxs__efficiency_push(&kama->efficiency, close);
    if (!fxs__kama_is_ready(kama)) {
        kama->value = close;
        return;
    }
    double quick = 2.0 / (kama->fast + 1), slow = 2.0 / (kama->slow + 1);
    double constant = fxs__efficiency_value(&kama->efficiency) * (quick - slow) + slow;
    kama->value += constant * constant * (close - kama->value);
}
