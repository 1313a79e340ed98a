/*
 * Ichimoku (id 1007).
 *
 * Idea: three views of the same trend agree. Buy on the bar on which they first do: the close is
 * above the cloud, the fast line (tenkan) above the slow one (kijun), and the close above the close
 * one displacement ago (chikou). Sell in the mirror image. A close on the other side of the kijun
 * ends the trade; its stop follows the far edge of the cloud.
 *
 * Settings, 0 meaning the default in brackets; the rest in plan.h:
 *    0 TENKAN_PERIOD   bars    [9], 1 to 512
 *    1 KIJUN_PERIOD    bars    [26], 1 to 512
 *    2 SENKOU_PERIOD   bars    [52], 1 to 512
 *    3 DISPLACEMENT    bars    [26], 1 to 512
 *   60 SL_ATR_MULTIPLIER [3]    62 ATR_AVERAGING_PERIOD [20]
 * Series: 0 primary, H1 to D1 meant. Lookback: max(periods) + DISPLACEMENT + 1 completed bars, and
 * the ATR period + 1.
 *
 * Literature: G. Hosoda, "Ichimoku kinko hyo" (1969); M. Patel, "Trading with Ichimoku Clouds"
 * (2010); K. Lim, H. Yanyali, J. Savidge, "Do Ichimoku cloud charts work and do they work better in
 * Japan?" (2016).
 */
#include <math.h>
#include <string.h>

#include "../indicator/atr.h"
#include "../indicator/ichimoku.h"
#include "plan.h"

enum { TENKAN_PERIOD = 0, KIJUN_PERIOD = 1, SENKOU_PERIOD = 2, DISPLACEMENT = 3 };

static const fxs__plan defaults = {.stopAtrs = 3, .atrPeriod = 20};

/* What the state is made with: a change makes it anew. */
typedef struct {
    double tenkan, kijun, senkou, displacement, atr;
} rules;

typedef struct {
    int64_t seen; /* completed bars taken, 0 = none yet */
    rules made;
    int64_t agreed, agreedBefore; /* +1 up, -1 down, 0 they do not; on the last two bars */
    int64_t hasTwo;               /* both bars had a cloud */
    double close;
    fxs__ichimoku_lines lines;
    fxs__ichimoku ichimoku;
    fxs__atr atr;
    fxs__book book;
} ichimoku_state;

static int read_settings(const double *settings, rules *out, fxs__plan *plan) {
    const double most = FXS__WINDOW_MAX;
    int code = fxs__plan_read(settings, &defaults, plan);
    out->tenkan = floor(fxs__setting_within(settings, TENKAN_PERIOD, 9, 1, most, &code));
    out->kijun = floor(fxs__setting_within(settings, KIJUN_PERIOD, 26, 1, most, &code));
    out->senkou = floor(fxs__setting_within(settings, SENKOU_PERIOD, 52, 1, most, &code));
    out->displacement = floor(fxs__setting_within(settings, DISPLACEMENT, 26, 1, most, &code));
    out->atr = plan->atrPeriod;
    return code;
}

static double lookback_of(const rules *r) {
    double longest = fmax(fmax(r->tenkan, r->kijun), r->senkou);
    return fmax(longest + r->displacement, r->atr) + 1;
}

static void reset(ichimoku_state *state, const rules *r) {
    state->seen = 0;
    state->made = *r;
    state->agreed = 0;
    state->agreedBefore = 0;
    state->hasTwo = 0;
    fxs__ichimoku_init(&state->ichimoku, (int)r->tenkan, (int)r->kijun, (int)r->senkou,
                       (int)r->displacement);
    fxs__atr_init(&state->atr, (int)r->atr);
}

static int agreement_of(const fxs__ichimoku_lines *lines, double close) {
    double top = fmax(lines->cloudA, lines->cloudB), bottom = fmin(lines->cloudA, lines->cloudB);
    if (close > top && lines->tenkan > lines->kijun && lines->chikou > lines->closeAtChikou) {
        return 1;
    }
    if (close < bottom && lines->tenkan < lines->kijun && lines->chikou < lines->closeAtChikou) {
        return -1;
    }
    return 0;
}

static int take_new_bars(ichimoku_state *state, const fxs__series *series) {
    int newBars = fxs__unseen_bars(series, state->seen);
    for (int shift = newBars; shift >= 1; shift--) {
        const fxs_bar *bar = fxs__series_at(series, shift);
        int hadCloud = fxs__ichimoku_is_ready(&state->ichimoku);
        state->close = bar->close;
        fxs__atr_push(&state->atr, bar);
        fxs__ichimoku_push(&state->ichimoku, bar);
        if (fxs__ichimoku_is_ready(&state->ichimoku)) {
            state->lines = fxs__ichimoku_value(&state->ichimoku);
            state->agreedBefore = state->agreed;
            state->agreed = agreement_of(&state->lines, bar->close);
            state->hasTwo = hadCloud;
        }
    }
    state->seen = series->state.completed;
    return newBars;
}

static fxs__sight sight_of(const ichimoku_state *state, int newBars) {
    const fxs__ichimoku_lines *lines = &state->lines;
    return (fxs__sight){
        .newBars = newBars,
        .entersLong = state->hasTwo && state->agreed > 0 && state->agreedBefore <= 0,
        .entersShort = state->hasTwo && state->agreed < 0 && state->agreedBefore >= 0,
        .exitsLong = state->close < lines->kijun,
        .exitsShort = state->close > lines->kijun,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
        .longStop = fmin(lines->cloudA, lines->cloudB),
        .shortStop = fmax(lines->cloudA, lines->cloudB),
    };
}

static int run_ichimoku(fxs__run *run, void *memory) {
    ichimoku_state *state = memory;
    rules r;
    fxs__plan plan;
    int code = read_settings(run->call->settings, &r, &plan);
    if (code != 0) {
        return code;
    }
    if (run->series[0].capacity < lookback_of(&r) + 1) {
        return FXS_ERATES;
    }
    if (memcmp(&r, &state->made, sizeof r) != 0) {
        reset(state, &r);
    }
    int newBars = take_new_bars(state, &run->series[0]);

    fxs__sight sight = sight_of(state, newBars);
    fxs__report_value(run, "Trend", (double)state->agreed);
    fxs__report_value(run, "Kijun", state->lines.kijun);
    fxs__report_value(run, "Cloud top", fmax(state->lines.cloudA, state->lines.cloudB));
    fxs__report_value(run, "Cloud bottom", fmin(state->lines.cloudA, state->lines.cloudB));
    return fxs__plan_run(run, &plan, &sight, &state->book);
}

static int check_series(const fxs_series_spec *series) {
    (void)series; /* The lookback depends on the settings of the call. */
    return 0;
}

static int check_settings(const double *settings) {
    rules ignored;
    fxs__plan ignoredToo;
    return read_settings(settings, &ignored, &ignoredToo);
}

const fxs__strategy fxs__ichimoku_trend = {
    1007, FXS__ANY_TREND_MODE, "Ichimoku", sizeof(ichimoku_state),
    check_series, check_settings, run_ichimoku,
};
