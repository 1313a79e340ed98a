#include "idea.h"

enum { MODE_MAX = 1000000 };

extern const fxs__strategy fxs__asi, fxs__asi_weekly;
extern const fxs__strategy fxs__autobbs_empty, fxs__autobbs_weekly_empty;
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
extern const fxs__strategy fxs__record_bars;

static const fxs__strategy *const strategies[] = {
    &fxs__asi,
    &fxs__asi_weekly,
    &fxs__autobbs_empty,
    &fxs__autobbs_weekly_empty,
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
    &fxs__record_bars,
};

/* Sub-strategies of the existing framework that have rules, of which only outlines are known. */
static const int ruledModes[] = {0,  2,  3,  9,  10, 15, 16, 17, 18, 20, 21, 23,
                                 24, 25, 26, 28, 30, 31, 33, 34, 35, 102};

static int is_empty_mode(double trendMode) {
    for (size_t i = 0; i < sizeof ruledModes / sizeof ruledModes[0]; i++) {
        if (trendMode == ruledModes[i]) {
            return 0;
        }
    }
    return trendMode >= 0 && trendMode <= MODE_MAX && trendMode == (int)trendMode;
}

int fxs__strategy_takes(const fxs__strategy *strategy, double trendMode) {
    switch (strategy->trendMode) {
    case FXS__ANY_TREND_MODE:
        return 1;
    case FXS__EMPTY_TREND_MODES:
        return is_empty_mode(trendMode);
    default:
        return trendMode == strategy->trendMode;
    }
}

const fxs__strategy *fxs__strategy_find(int id, int trendMode) {
    for (size_t i = 0; i < sizeof strategies / sizeof strategies[0]; i++) {
        if (strategies[i]->id == id && fxs__strategy_takes(strategies[i], trendMode)) {
            return strategies[i];
        }
    }
    return NULL;
}

int fxs__strategy_check(const fxs__strategy *strategy, const double *settings) {
    return strategy->idea != NULL ? fxs__idea_check(strategy->idea, settings)
                                  : strategy->check_settings(settings);
}

int fxs__strategy_run(const fxs__strategy *strategy, fxs__run *run, void *state) {
    return strategy->idea != NULL ? fxs__idea_run(strategy->idea, run, state)
                                  : strategy->run(run, state);
}
