/* Highs, lows and levels against their definitions, at the scale of four markets. */
#include "indicator/donchian.h"
#include "indicator/ichimoku.h"
#include "indicator/pivots.h"
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

int main(void) {
    for (int m = 0; m < ORACLE_MARKETS; m++) {
        printf("%s\n", oracle_markets[m].name);
        o = oracle_open(&oracle_markets[m]);
        RUN(shouldGiveHighestAndLowestOfTheLastBars);
        RUN(shouldGiveIchimokusLines);
        RUN(shouldGivePivotsOfTheDayBefore);
        oracle_close(&o);
    }
    return 0;
}
