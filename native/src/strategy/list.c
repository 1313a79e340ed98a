#include "strategy.h"

extern const fxs__strategy fxs__asi, fxs__asi_weekly;
extern const fxs__strategy fxs__bollinger_breakout;
extern const fxs__strategy fxs__macd_cross;
extern const fxs__strategy fxs__macd_trend;
extern const fxs__strategy fxs__squeeze_breakout;
extern const fxs__strategy fxs__donchian_trend;
extern const fxs__strategy fxs__rsi_reversion;
extern const fxs__strategy fxs__session_breakout;
extern const fxs__strategy fxs__ichimoku_trend;
extern const fxs__strategy fxs__pivot_breakout;
extern const fxs__strategy fxs__momentum;

static const fxs__strategy *const strategies[] = {
    &fxs__asi,
    &fxs__asi_weekly,
    &fxs__bollinger_breakout,
    &fxs__macd_cross,
    &fxs__macd_trend,
    &fxs__squeeze_breakout,
    &fxs__donchian_trend,
    &fxs__rsi_reversion,
    &fxs__session_breakout,
    &fxs__ichimoku_trend,
    &fxs__pivot_breakout,
    &fxs__momentum,
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
