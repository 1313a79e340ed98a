/*
 * What a snapshot relies on, for every indicator: its bytes are its whole state and nothing else.
 * So they do not depend on what was in the memory before init (there is no padding and nothing is
 * left out), and a copy taken at any point goes on as the original does, bit for bit.
 */
#include "indicator/adx.h"
#include "indicator/atr.h"
#include "indicator/band_stop.h"
#include "indicator/bollinger.h"
#include "indicator/cci.h"
#include "indicator/cmf.h"
#include "indicator/deviation.h"
#include "indicator/donchian.h"
#include "indicator/efficiency.h"
#include "indicator/ewma_volatility.h"
#include "indicator/framework_macd.h"
#include "indicator/heikin_ashi.h"
#include "indicator/ichimoku.h"
#include "indicator/kama.h"
#include "indicator/keltner.h"
#include "indicator/linear_regression.h"
#include "indicator/macd.h"
#include "indicator/mfi.h"
#include "indicator/parabolic_sar.h"
#include "indicator/pivots.h"
#include "indicator/rate_of_change.h"
#include "indicator/rsi.h"
#include "indicator/sma.h"
#include "indicator/stochastic.h"
#include "indicator/supertrend.h"
#include "indicator/trix.h"
#include "indicator/volatility.h"
#include "indicator/wilder_atr.h"
#include "indicator/williams_r.h"
#include "indicator/wma.h"
#include "indicator/zigzag.h"
#include "oracle.h"

enum { COPIES = 20, PUSHES = 5000 };

typedef struct {
    const char *name;
    size_t size;
    void (*init)(void *memory);
    void (*push)(void *memory, const fxs_bar *bar);
} kind;

#define KIND(NAME, WHAT, ...)                                                                      \
    static void NAME##_init(void *memory) {                                                        \
        fxs__##NAME##_init(memory, __VA_ARGS__);                                                   \
    }                                                                                              \
    static void NAME##_push(void *memory, const fxs_bar *bar) {                                    \
        fxs__##NAME##_push(memory, WHAT);                                                          \
    }

#define LIST(TAKES) \
    TAKES(adx, bar, 14) \
    TAKES(atr, bar, 20) \
    TAKES(band_stop, bar->close, 20, 2) \
    TAKES(bollinger, bar->close, 20, 2) \
    TAKES(cci, bar, 20) \
    TAKES(cmf, bar, 21) \
    TAKES(delay, bar->close, 26) \
    TAKES(deviation, bar->close, 33) \
    TAKES(donchian, bar, 55) \
    TAKES(efficiency, bar->close, 10) \
    TAKES(ema, bar->close, 21) \
    TAKES(ewma_volatility, bar->close, 0.94, 20, 260) \
    TAKES(framework_macd, bar->close, 5, 10, 5) \
    TAKES(ichimoku, bar, 9, 26, 52, 26) \
    TAKES(kama, bar->close, 10, 2, 30) \
    TAKES(keltner, bar, 20, 10, 2) \
    TAKES(linear_regression, bar->close, 30) \
    TAKES(macd, bar->close, 12, 26, 9) \
    TAKES(mfi, bar, 14) \
    TAKES(parabolic_sar, bar, 0.02, 0.2) \
    TAKES(pivots, bar, FXS__PIVOTS_WOODIE) \
    TAKES(rate_of_change, bar->close, 12) \
    TAKES(rolling_sum, bar->volume, 12) \
    TAKES(rsi, bar->close, 14) \
    TAKES(sma, bar->close, 50) \
    TAKES(stochastic, bar, 14, 3, 3) \
    TAKES(supertrend, bar, 10, 3) \
    TAKES(trix, bar->close, 15) \
    TAKES(volatility, bar->close, 20, 6240) \
    TAKES(weighted_window, bar->close, 20) \
    TAKES(wilder, bar->close, 14) \
    TAKES(wilder_atr, bar, 14) \
    TAKES(williams_r, bar, 14) \
    TAKES(window, bar->close, 20) \
    TAKES(wma, bar->close, 20) \
    TAKES(zigzag, bar, 0.005)

LIST(KIND)

/* The one without settings. */
static void heikin_ashi_init(void *memory) {
    fxs__heikin_ashi_init(memory);
}

static void heikin_ashi_push(void *memory, const fxs_bar *bar) {
    fxs__heikin_ashi_push(memory, bar);
}

#define ROW(NAME, WHAT, ...) {#NAME, sizeof(fxs__##NAME), NAME##_init, NAME##_push},
static const kind kinds[] = {
    LIST(ROW){"heikin_ashi", sizeof(fxs__heikin_ashi), heikin_ashi_init, heikin_ashi_push},
};

static oracle o;

static void *made_in(const kind *k, int garbage) {
    void *memory = malloc(k->size);
    memset(memory, garbage, k->size);
    k->init(memory);
    return memory;
}

static void check_kind(const kind *k, uint64_t *seed) {
    void *one = made_in(k, 0xA5), *other = made_in(k, 0x3C), *copy = malloc(k->size);
    for (int c = 0; c < COPIES; c++) {
        int left = random_below(seed, PUSHES / COPIES) + 1, from = random_below(seed, PUSHES);
        memcpy(copy, one, k->size);
        for (int i = from; i < from + left; i++) {
            k->push(one, &o.bars[i]);
            k->push(other, &o.bars[i]);
            k->push(copy, &o.bars[i]);
        }
        if (memcmp(one, other, k->size) != 0 || memcmp(one, copy, k->size) != 0) {
            fprintf(stderr, "%s is not its bytes\n", k->name);
            exit(1);
        }
    }
    free(one);
    free(other);
    free(copy);
}

static void shouldBeItsBytesAndNothingElse(void) {
    uint64_t seed = 99;
    for (int round = 0; round < 3; round++) {
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            check_kind(&kinds[k], &seed);
        }
    }
}

int main(void) {
    o = oracle_open(&oracle_markets[0]);
    RUN(shouldBeItsBytesAndNothingElse);
    oracle_close(&o);
    return 0;
}
