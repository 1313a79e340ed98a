/* Highs, lows and levels against their definitions, at the scale of four markets. */
#include "indicator/band_stop.h"
#include "indicator/donchian.h"
#include "indicator/heikin_ashi.h"
#include "indicator/ichimoku.h"
#include "indicator/parabolic_sar.h"
#include "indicator/pivots.h"
#include "indicator/stochastic.h"
#include "indicator/supertrend.h"
#include "indicator/williams_r.h"
#include "indicator/zigzag.h"
#include "oracle.h"

static oracle o;

static int age_of_highest(int last, int period) {
    int age = 0;
    for (int j = 1; j < period; j++) {
        if (o.highs[last - j] > o.highs[last - age]) {
            age = j;
        }
    }
    return age;
}

static void shouldGiveHighestAndLowestOfTheLastBars(void) {
    const int periods[] = {1, 2, 20, 55, 512};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        fxs__donchian donchian;
        fxs__donchian_init(&donchian, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__donchian_push(&donchian, &o.bars[i]);
            CHECK_INT(fxs__donchian_is_ready(&donchian), i >= period - 1);
            if (i >= period - 1 && oracle_picks(&o, period)) {
                double highest = oracle_highest(o.highs, i, period);
                double lowest = oracle_lowest(o.lows, i, period);
                fxs__bands bands = fxs__donchian_bands(&donchian);
                CHECK_NEAR(bands.upper, highest, 0);
                CHECK_NEAR(bands.lower, lowest, 0);
                CHECK_SCALED(bands.middle, ((long double)highest + lowest) / 2, o.scale);
                CHECK_INT(fxs__extreme_age(&donchian.highs), age_of_highest(i, period));
            }
        }
    }
}

static long double middle_of(int last, int period) {
    return ((long double)oracle_highest(o.highs, last, period)
            + oracle_lowest(o.lows, last, period)) / 2;
}

static void shouldGiveIchimokusLines(void) {
    const int periods[][4] = {{9, 26, 52, 26}, {7, 22, 44, 21}, {3, 2, 1, 1}};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        const int *n = periods[p];
        int longest = n[2] > n[1] ? n[2] : n[0] > n[1] ? n[0] : n[1];
        fxs__ichimoku ichimoku;
        fxs__ichimoku_init(&ichimoku, n[0], n[1], n[2], n[3]);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__ichimoku_push(&ichimoku, &o.bars[i]);
            CHECK_INT(fxs__ichimoku_is_ready(&ichimoku), i >= longest - 1 + n[3]);
            if (i >= longest - 1 + n[3] && oracle_picks(&o, 4 * longest)) {
                int then = i - n[3];
                fxs__ichimoku_lines lines = fxs__ichimoku_value(&ichimoku);
                long double tenkan = middle_of(i, n[0]), kijun = middle_of(i, n[1]);
                CHECK_SCALED(lines.tenkan, tenkan, o.scale);
                CHECK_SCALED(lines.kijun, kijun, o.scale);
                CHECK_SCALED(lines.leadA, (tenkan + kijun) / 2, o.scale);
                CHECK_SCALED(lines.leadB, middle_of(i, n[2]), o.scale);
                CHECK_SCALED(lines.cloudA, (middle_of(then, n[0]) + middle_of(then, n[1])) / 2,
                             o.scale);
                CHECK_SCALED(lines.cloudB, middle_of(then, n[2]), o.scale);
                CHECK_NEAR(lines.chikou, o.closes[i], 0);
                CHECK_NEAR(lines.closeAtChikou, o.closes[then], 0);
            }
        }
    }
}

/* The first bar of the day that bar i is in. */
static int first_of_day(int i) {
    while (i > 0 && o.bars[i - 1].time / 86400 == o.bars[i].time / 86400) {
        i--;
    }
    return i;
}

static void shouldGivePivotsOfTheDayBefore(void) {
    fxs__pivots all[4];
    for (int kind = 0; kind < 4; kind++) {
        fxs__pivots_init(&all[kind], kind);
    }

    for (int i = 0; i < ORACLE_BARS; i++) {
        for (int kind = 0; kind < 4; kind++) {
            fxs__pivots_push(&all[kind], &o.bars[i]);
        }
        int today = first_of_day(i);
        int before = today > 0 ? first_of_day(today - 1) : 0;
        CHECK_INT(fxs__pivots_is_ready(&all[0]), before > 0);
        if (before == 0 || !oracle_picks(&o, 100)) {
            continue;
        }
        int days = today - before;
        long double h = oracle_highest(o.highs, today - 1, days);
        long double l = oracle_lowest(o.lows, today - 1, days);
        long double c = o.closes[today - 1], open = o.bars[today].open, p = (h + l + c) / 3;
        const fxs__levels *classic = fxs__pivots_value(&all[FXS__PIVOTS_CLASSIC]);
        CHECK_SCALED(classic->pivot, p, o.scale);
        CHECK_SCALED(classic->resistance[0], p + p - l, o.scale);
        CHECK_SCALED(classic->support[0], p + p - h, o.scale);
        CHECK_SCALED(classic->resistance[1], p + h - l, o.scale);
        CHECK_SCALED(classic->support[1], p + l - h, o.scale);
        CHECK_SCALED(classic->resistance[2], 2 * p + h - 2 * l, o.scale);
        CHECK_SCALED(classic->support[2], 2 * p + l - 2 * h, o.scale);
        CHECK_SCALED(classic->resistance[3], 3 * p + h - 3 * l, o.scale);
        CHECK_SCALED(classic->support[3], 3 * p + l - 3 * h, o.scale);
        const fxs__levels *fibonacci = fxs__pivots_value(&all[FXS__PIVOTS_FIBONACCI]);
        CHECK_SCALED(fibonacci->resistance[0], p + 0.382L * (h - l), o.scale);
        CHECK_SCALED(fibonacci->support[1], p - 0.618L * (h - l), o.scale);
        CHECK_SCALED(fibonacci->resistance[2], p + (h - l), o.scale);
        CHECK_SCALED(fibonacci->support[3], p - 1.618L * (h - l), o.scale);
        const fxs__levels *camarilla = fxs__pivots_value(&all[FXS__PIVOTS_CAMARILLA]);
        CHECK_SCALED(camarilla->resistance[0], c + 1.1L * (h - l) / 12, o.scale);
        CHECK_SCALED(camarilla->support[1], c - 1.1L * (h - l) / 6, o.scale);
        CHECK_SCALED(camarilla->resistance[2], c + 1.1L * (h - l) / 4, o.scale);
        CHECK_SCALED(camarilla->support[3], c - 1.1L * (h - l) / 2, o.scale);
        const fxs__levels *woodie = fxs__pivots_value(&all[FXS__PIVOTS_WOODIE]);
        long double w = (h + l) / 4 + open / 2;
        CHECK_SCALED(woodie->pivot, w, o.scale);
        CHECK_SCALED(woodie->resistance[0], 2 * w - l, o.scale);
        CHECK_SCALED(woodie->support[1], w - h + l, o.scale);
        CHECK_SCALED(woodie->resistance[3], 2 * w + 2 * h - 3 * l, o.scale);
        CHECK_SCALED(woodie->support[3], 2 * w + 2 * l - 3 * h, o.scale);
    }
}

/* Where the close stands in the range of the last bars, 0 to 1. */
static long double place_of(int i, int period) {
    long double low = oracle_lowest(o.lows, i, period);
    long double range = oracle_highest(o.highs, i, period) - low;
    return range > 0 ? (o.closes[i] - low) / range : 0.5L;
}

static void shouldGiveThePlaceInTheRange(void) {
    const int periods[][3] = {{14, 3, 3}, {5, 1, 1}, {1, 2, 4}};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        const int *n = periods[p];
        int first = n[0] + n[1] + n[2] - 3;
        fxs__stochastic stochastic;
        fxs__williams_r williams;
        fxs__stochastic_init(&stochastic, n[0], n[1], n[2]);
        fxs__williams_r_init(&williams, n[0]);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__stochastic_push(&stochastic, &o.bars[i]);
            fxs__williams_r_push(&williams, &o.bars[i]);
            CHECK_INT(fxs__stochastic_is_ready(&stochastic), i >= first);
            CHECK_INT(fxs__williams_r_is_ready(&williams), i >= n[0] - 1);
            if (i < first || !oracle_picks(&o, n[0] * 5)) {
                continue;
            }
            long double slow = 0, smooth = 0;
            for (int j = 0; j < n[1]; j++) {
                slow += place_of(i - j, n[0]) / n[1];
            }
            for (int j = 0; j < n[1]; j++) {
                for (int k = 0; k < n[2]; k++) {
                    smooth += place_of(i - j - k, n[0]) / n[1] / n[2];
                }
            }
            fxs__stochastic_lines lines = fxs__stochastic_value(&stochastic);
            CHECK_SCALED(lines.fastK, 100 * place_of(i, n[0]), 100);
            CHECK_SCALED(lines.slowK, 100 * slow, 100);
            CHECK_SCALED(lines.d, 100 * smooth, 100);
            CHECK_SCALED(fxs__williams_r_value(&williams), 100 * place_of(i, n[0]) - 100, 100);
        }
    }
}

/* The stop after close i of a buffer that starts at `begin`, given the one before, over an array of
 * the bands that are proven elsewhere. */
typedef struct {
    int trend, flip;
    double stop;
} stop_of_bands;

static stop_of_bands stop_at(const fxs__bands *bands, int begin, int i, stop_of_bands s) {
    double close = o.closes[i];
    const fxs__bands *b = &bands[i];
    if (s.trend == 0) {
        double upper = b->upper, lower = b->lower;
        for (int j = begin + 19; j < i; j++) {
            upper = bands[j].upper < upper ? bands[j].upper : upper;
            lower = bands[j].lower > lower ? bands[j].lower : lower;
        }
        return close > upper ? (stop_of_bands){1, i, lower}
            : close < lower ? (stop_of_bands){-1, i, upper} : s;
    }
    if (s.trend == 1) {
        s.stop = b->lower > s.stop ? b->lower : s.stop;
        return close < s.stop ? (stop_of_bands){-1, i, b->upper} : s;
    }
    s.stop = b->upper < s.stop ? b->upper : s.stop;
    return close > s.stop ? (stop_of_bands){1, i, b->lower} : s;
}

static void shouldGiveTheFrameworksBandStop(void) {
    fxs__bands *bands = malloc(ORACLE_BARS * sizeof *bands);
    fxs__bollinger bollinger;
    fxs__bollinger_init(&bollinger, 20, 2);
    for (int i = 0; i < ORACLE_BARS; i++) {
        fxs__bollinger_push(&bollinger, o.closes[i]);
        bands[i] = fxs__bollinger_bands(&bollinger);
    }
    int flips = 0;

    /* Buffers of different lengths, each begun anew. */
    for (int begin = 0; begin + 600 <= ORACLE_BARS; begin += 611) {
        int length = 300 + random_below(&o.seed, 300);
        fxs__band_stop stop;
        fxs__band_stop_init(&stop, 20, 2);
        stop_of_bands truth = {0, 0, 0};
        for (int i = begin; i < begin + length; i++) {
            fxs__band_stop_push(&stop, o.closes[i]);
            truth = i >= begin + 19 ? stop_at(bands, begin, i, truth) : truth;
            CHECK_INT(stop.trend, truth.trend);
            CHECK_INT(fxs__band_stop_is_ready(&stop), truth.trend != 0);
            if (truth.trend != 0) {
                CHECK_SCALED(fxs__band_stop_value(&stop), truth.stop, o.scale);
                CHECK_INT(stop.age, i - truth.flip);
                flips += stop.age == 0;
            }
        }
    }
    CHECK(flips > 100);
    free(bands);
}

/* The whole array in one pass, side by side as the tables in the book are. */
static void sar_of(double step, double maximum, double *out, int *side) {
    const double *high = o.highs, *low = o.lows;
    int isLong = !(low[0] - low[1] > 0 && low[0] - low[1] > high[1] - high[0]);
    double ep = isLong ? high[1] : low[1], af = step;
    double sar = isLong ? low[0] : high[0];
    for (int i = 1; i < ORACLE_BARS; i++) {
        double highest = fmax(high[i], high[i - 1]), lowest = fmin(low[i], low[i - 1]);
        if (isLong && low[i] <= sar) {
            isLong = 0;
            sar = fmax(ep, highest);
            out[i] = sar;
            af = step;
            ep = low[i];
        } else if (!isLong && high[i] >= sar) {
            isLong = 1;
            sar = fmin(ep, lowest);
            out[i] = sar;
            af = step;
            ep = high[i];
        } else {
            out[i] = sar;
            if (isLong ? high[i] > ep : low[i] < ep) {
                af = fmin(af + step, maximum);
                ep = isLong ? high[i] : low[i];
            }
        }
        sar += af * (ep - sar);
        sar = isLong ? fmin(sar, lowest) : fmax(sar, highest);
        side[i] = isLong ? 1 : -1;
    }
}

static void shouldGiveWildersParabolicStop(void) {
    double *truth = malloc(ORACLE_BARS * sizeof *truth);
    int *side = malloc(ORACLE_BARS * sizeof *side);
    const double settings[][2] = {{0.02, 0.2}, {0.05, 0.05}};
    for (size_t p = 0; p < sizeof settings / sizeof settings[0]; p++) {
        sar_of(settings[p][0], settings[p][1], truth, side);
        fxs__parabolic_sar sar;
        fxs__parabolic_sar_init(&sar, settings[p][0], settings[p][1]);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__parabolic_sar_push(&sar, &o.bars[i]);
            CHECK_INT(fxs__parabolic_sar_is_ready(&sar), i >= 1);
            if (i >= 1) {
                CHECK_SCALED(fxs__parabolic_sar_value(&sar), truth[i], o.scale);
                CHECK_INT(sar.side, side[i]);
            }
        }
    }
    free(truth);
    free(side);
}

/* Where a leg ends: the first bar that reverses it without having extended it. */
static int end_of_leg(int from, int isUp, double reversal, int *extreme) {
    *extreme = from;
    for (int i = from + 1; i < ORACLE_BARS; i++) {
        double end = isUp ? o.highs[*extreme] : o.lows[*extreme];
        if (isUp ? o.highs[i] > end : o.lows[i] < end) {
            *extreme = i;
        } else if (isUp ? o.lows[i] <= end * (1 - reversal) : o.highs[i] >= end * (1 + reversal)) {
            return i;
        }
    }
    return ORACLE_BARS;
}

/* The bar of the first swing; the leg after it begins at *turn. */
static int first_swing(double reversal, int *turn, int *isUp) {
    int highest = 0, lowest = 0;
    for (int i = 1;; i++) {
        *turn = i;
        *isUp = o.highs[i] >= o.lows[lowest] * (1 + reversal);
        if (*isUp) {
            return lowest;
        }
        if (o.lows[i] <= o.highs[highest] * (1 - reversal)) {
            return highest;
        }
        highest = o.highs[i] > o.highs[highest] ? i : highest;
        lowest = o.lows[i] < o.lows[lowest] ? i : lowest;
    }
}

static void shouldGiveTheSwings(void) {
    const double reversals[] = {0.002, 0.01};
    for (size_t p = 0; p < sizeof reversals / sizeof reversals[0]; p++) {
        fxs__zigzag zigzag;
        fxs__zigzag_init(&zigzag, reversals[p]);
        int turn, isUp, extreme, swings = 0;
        int swing = first_swing(reversals[p], &turn, &isUp);
        int end = end_of_leg(turn, isUp, reversals[p], &extreme);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__zigzag_push(&zigzag, &o.bars[i]);
            CHECK_INT(fxs__zigzag_is_ready(&zigzag), i >= turn);
            if (i == end) {
                swing = extreme;
                isUp = !isUp;
                end = end_of_leg(i, isUp, reversals[p], &extreme);
                swings++;
            }
            if (fxs__zigzag_is_ready(&zigzag)) {
                fxs__swing last = fxs__zigzag_value(&zigzag);
                CHECK_INT(zigzag.leg, isUp ? 1 : -1);
                CHECK_NEAR(last.price, isUp ? o.lows[swing] : o.highs[swing], 0);
                CHECK_INT(last.age, i - swing);
                CHECK(isUp ? o.highs[i] <= zigzag.end.price : o.lows[i] >= zigzag.end.price);
            }
        }
        CHECK(swings > 20);
    }
}

static void shouldGiveTheSupertrend(void) {
    const int period = 10;
    const double multiple = 3;
    fxs__wilder_atr atr;
    fxs__supertrend supertrend;
    fxs__wilder_atr_init(&atr, period);
    fxs__supertrend_init(&supertrend, period, multiple);
    double upper = INFINITY, lower = 0;
    int isUp = 0, turns = 0;

    for (int i = 0; i < ORACLE_BARS; i++) {
        fxs__supertrend_push(&supertrend, &o.bars[i]);
        fxs__wilder_atr_push(&atr, &o.bars[i]); /* Proven elsewhere. */
        CHECK_INT(fxs__supertrend_is_ready(&supertrend), i >= period);
        if (i < period) {
            continue;
        }
        double middle = (o.highs[i] + o.lows[i]) / 2, width = multiple * fxs__wilder_atr_value(&atr);
        int wasUp = isUp;
        upper = o.closes[i - 1] <= upper ? fmin(upper, middle + width) : middle + width;
        lower = o.closes[i - 1] >= lower ? fmax(lower, middle - width) : middle - width;
        if (i == period) {
            isUp = o.closes[i] > middle;
        } else {
            isUp = isUp ? !(o.closes[i] < lower) : o.closes[i] > upper;
            turns += isUp != wasUp;
        }
        CHECK_INT(supertrend.trend, isUp ? 1 : -1);
        CHECK_SCALED(fxs__supertrend_value(&supertrend), isUp ? lower : upper, o.scale);
    }
    CHECK(turns > 100);
}

static void shouldGiveHeikinAshiBars(void) {
    fxs__heikin_ashi heikin;
    fxs__heikin_ashi_init(&heikin);
    CHECK_INT(fxs__heikin_ashi_is_ready(&heikin), 0);
    long double open = 0, close = 0;

    for (int i = 0; i < ORACLE_BARS; i++) {
        const fxs_bar *bar = &o.bars[i];
        fxs__heikin_ashi_push(&heikin, bar);
        open = i == 0 ? ((long double)bar->open + bar->close) / 2 : (open + close) / 2;
        close = ((long double)bar->open + bar->high + bar->low + bar->close) / 4;
        const fxs_bar *value = fxs__heikin_ashi_value(&heikin);
        CHECK_SCALED(value->open, open, o.scale);
        CHECK_SCALED(value->close, close, o.scale);
        CHECK_SCALED(value->high, fmaxl(bar->high, fmaxl(open, close)), o.scale);
        CHECK_SCALED(value->low, fminl(bar->low, fminl(open, close)), o.scale);
        CHECK_NEAR(value->volume, bar->volume, 0);
        CHECK_INT(value->time, bar->time);
    }
}

int main(void) {
    for (int m = 0; m < ORACLE_MARKETS; m++) {
        printf("%s\n", oracle_markets[m].name);
        o = oracle_open(&oracle_markets[m]);
        RUN(shouldGiveHighestAndLowestOfTheLastBars);
        RUN(shouldGiveIchimokusLines);
        RUN(shouldGivePivotsOfTheDayBefore);
        RUN(shouldGiveThePlaceInTheRange);
        RUN(shouldGiveTheFrameworksBandStop);
        RUN(shouldGiveWildersParabolicStop);
        RUN(shouldGiveTheSwings);
        RUN(shouldGiveTheSupertrend);
        RUN(shouldGiveHeikinAshiBars);
        oracle_close(&o);
    }
    return 0;
}
