#include "ichimoku.h"

void fxs__ichimoku_init(fxs__ichimoku *ichimoku, int tenkan, int kijun, int senkou,
                        int displacement) {
    ichimoku->close = 0;
    fxs__donchian_init(&ichimoku->tenkan, tenkan);
    fxs__donchian_init(&ichimoku->kijun, kijun);
    fxs__donchian_init(&ichimoku->senkou, senkou);
    fxs__delay_init(&ichimoku->leadA, displacement);
    fxs__delay_init(&ichimoku->leadB, displacement);
    fxs__delay_init(&ichimoku->closes, displacement);
}

static double middle_of(const fxs__donchian *donchian) {
    return fxs__donchian_bands(donchian).middle;
}

static double lead_a(const fxs__ichimoku *ichimoku) {
    return (middle_of(&ichimoku->tenkan) + middle_of(&ichimoku->kijun)) / 2;
}

void fxs__ichimoku_push(fxs__ichimoku *ichimoku, const fxs_bar *bar) {
    fxs__donchian_push(&ichimoku->tenkan, bar);
    fxs__donchian_push(&ichimoku->kijun, bar);
    fxs__donchian_push(&ichimoku->senkou, bar);
    ichimoku->close = bar->close;
    fxs__delay_push(&ichimoku->closes, bar->close);
    if (fxs__donchian_is_ready(&ichimoku->tenkan) && fxs__donchian_is_ready(&ichimoku->kijun)) {
        fxs__delay_push(&ichimoku->leadA, lead_a(ichimoku));
    }
    if (fxs__donchian_is_ready(&ichimoku->senkou)) {
        fxs__delay_push(&ichimoku->leadB, middle_of(&ichimoku->senkou));
    }
}

int fxs__ichimoku_is_ready(const fxs__ichimoku *ichimoku) {
    return fxs__delay_is_ready(&ichimoku->leadA) && fxs__delay_is_ready(&ichimoku->leadB);
}

fxs__ichimoku_lines fxs__ichimoku_value(const fxs__ichimoku *ichimoku) {
    return (fxs__ichimoku_lines){
        .tenkan = middle_of(&ichimoku->tenkan),
        .kijun = middle_of(&ichimoku->kijun),
        .cloudA = fxs__delay_value(&ichimoku->leadA),
        .cloudB = fxs__delay_value(&ichimoku->leadB),
        .leadA = lead_a(ichimoku),
        .leadB = middle_of(&ichimoku->senkou),
        .chikou = ichimoku->close,
        .closeAtChikou = fxs__delay_value(&ichimoku->closes),
    };
}
