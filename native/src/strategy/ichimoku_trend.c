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

#include "../indicator/atr.h"
#include "../indicator/ichimoku.h"
#include "idea.h"

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

static void read_settings(fxs__settings *in, fxs__plan *plan, void *settings) {
    rules *r = settings;
    r->tenkan = fxs__count_within(in, TENKAN_PERIOD, 9, 1, FXS__WINDOW_MAX);
    r->kijun = fxs__count_within(in, KIJUN_PERIOD, 26, 1, FXS__WINDOW_MAX);
    r->senkou = fxs__count_within(in, SENKOU_PERIOD, 52, 1, FXS__WINDOW_MAX);
    r->displacement = fxs__count_within(in, DISPLACEMENT, 26, 1, FXS__WINDOW_MAX);
    r->atr = plan->atrPeriod;
}

static double lookback(const void *settings) {
    const rules *r = settings;
    double longest = fmax(fmax(r->tenkan, r->kijun), r->senkou);
    return fmax(longest + r->displacement, r->atr) + 1;
}

static void reset(const fxs__turn *turn, void *memory) {
    const rules *r = turn->settings;
    ichimoku_state *state = memory;
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

static void take_bar(void *memory, const fxs__series *primary, int shift) {
    ichimoku_state *state = memory;
    const fxs_bar *bar = fxs__series_at(primary, shift);
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

static fxs__sight look(const fxs__turn *turn, void *memory) {
    const ichimoku_state *state = memory;
    const fxs__ichimoku_lines *lines = &state->lines;
    double top = fmax(lines->cloudA, lines->cloudB), bottom = fmin(lines->cloudA, lines->cloudB);
    fxs__report_value(turn->run, "Trend", (double)state->agreed);
    fxs__report_value(turn->run, "Kijun", lines->kijun);
    fxs__report_value(turn->run, "Cloud top", top);
    fxs__report_value(turn->run, "Cloud bottom", bottom);
    return (fxs__sight){
        .entersLong = state->hasTwo && state->agreed > 0 && state->agreedBefore <= 0,
        .entersShort = state->hasTwo && state->agreed < 0 && state->agreedBefore >= 0,
        .exitsLong = state->close < lines->kijun,
        .exitsShort = state->close > lines->kijun,
        .close = state->close,
        .atr = fxs__atr_value(&state->atr),
        .longStop = bottom,
        .shortStop = top,
    };
}

static const fxs__idea idea = {
    .defaults = &defaults,
    FXS__IDEA_LAYOUT(ichimoku_state, rules),
    .read = read_settings,
    .lookback = lookback,
    .reset = reset,
    .take_bar = take_bar,
    .look = look,
};

const fxs__strategy fxs__ichimoku_trend = {
    1007, FXS__ANY_TREND_MODE, "Ichimoku", sizeof(ichimoku_state), .idea = &idea,
};
