#include "strategy.h"

extern const fxs__strategy fxs__asi, fxs__asi_weekly;
extern const fxs__strategy fxs__bollinger_breakout;
extern const fxs__strategy fxs__macd_cross;
extern const fxs__strategy fxs__record_bars;

static const fxs__strategy *const strategies[] = {
    &fxs__asi,
    &fxs__asi_weekly,
    &fxs__bollinger_breakout,
    &fxs__macd_cross,
    &fxs__record_bars,
};

const fxs__strategy *fxs__strategy_find(int id, int trendMode) {
    for (size_t i = 0; i < sizeof strategies / sizeof strategies[0]; i++) {
        const fxs__strategy *strategy = strategies[i];
        if (strategy->id == id
            && (strategy->trendMode == FXS__ANY_TREND_MODE || strategy->trendMode == trendMode)) {
            return strategy;
        }
    }
    return NULL;
}
