/* Averages and what is made of them against their definitions, at the scale of four markets. */
#include "indicator/adx.h"
#include "indicator/efficiency.h"
#include "indicator/framework_macd.h"
#include "indicator/kama.h"
#include "indicator/keltner.h"
#include "indicator/rate_of_change.h"
#include "indicator/rsi.h"
#include "indicator/sma.h"
#include "indicator/trix.h"
#include "indicator/wilder_atr.h"
#include "indicator/wma.h"
#include "oracle.h"

static oracle o;

static void shouldGiveTheMeanOfTheLastValues(void) {
    const int periods[] = {1, 2, 20, 200, 512};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        fxs__sma sma;
        fxs__sma_init(&sma, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__sma_push(&sma, o.closes[i]);
            CHECK_INT(fxs__sma_is_ready(&sma), i >= period - 1);
            if (i >= period - 1 && oracle_picks(&o, period)) {
                CHECK_SCALED(fxs__sma_value(&sma), oracle_mean(o.closes, i, period), o.scale);
            }
        }
    }
}

static void shouldGiveTheMeanWeightedByAge(void) {
    const int periods[] = {1, 2, 20, 512};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        fxs__wma wma;
        fxs__wma_init(&wma, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__wma_push(&wma, o.closes[i]);
            CHECK_INT(fxs__wma_is_ready(&wma), i >= period - 1);
            if (i >= period - 1 && oracle_picks(&o, period)) {
                long double sum = 0, weights = 0;
                for (int age = 0; age < period; age++) {
                    sum += (long double)(period - age) * o.closes[i - age];
                    weights += period - age;
                }
                CHECK_SCALED(fxs__wma_value(&wma), sum / weights, o.scale);
            }
        }
    }
}

static void shouldGiveWildersRsi(void) {
    const int periods[] = {1, 2, 14, 100};
    long double *gains = oracle_array(), *losses = oracle_array();
    long double *gain = oracle_array(), *loss = oracle_array();
    for (int i = 1; i < ORACLE_BARS; i++) {
        long double change = (long double)o.closes[i] - o.closes[i - 1];
        gains[i] = change > 0 ? change : 0;
        losses[i] = change < 0 ? -change : 0;
    }
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        oracle_wilder(gains, 1, period, gain);
        oracle_wilder(losses, 1, period, loss);
        fxs__rsi rsi;
        fxs__rsi_init(&rsi, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__rsi_push(&rsi, o.closes[i]);
            CHECK_INT(fxs__rsi_is_ready(&rsi), i >= period);
            if (i >= period) {
                int moved = gain[i] + loss[i] > 0;
                long double expected = moved ? 100 - 100 / (1 + gain[i] / loss[i]) : 50;
                CHECK_SCALED(fxs__rsi_value(&rsi), expected, 100);
            }
        }
    }
    free(gains);
    free(losses);
    free(gain);
    free(loss);
}

static void shouldGiveWildersAverageTrueRange(void) {
    const int periods[] = {1, 14, 200};
    long double *ranges = oracle_array(), *average = oracle_array();
    for (int i = 1; i < ORACLE_BARS; i++) {
        ranges[i] = oracle_range(o.bars, i);
    }
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        oracle_wilder(ranges, 1, period, average);
        fxs__wilder_atr atr;
        fxs__wilder_atr_init(&atr, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__wilder_atr_push(&atr, &o.bars[i]);
            CHECK_INT(fxs__wilder_atr_is_ready(&atr), i >= period);
            if (i >= period) {
                CHECK_SCALED(fxs__wilder_atr_value(&atr), average[i], o.scale);
            }
        }
    }
    free(ranges);
    free(average);
}

/* Directional movement by cases, as the book draws them. */
static void moves_of(int i, long double *plus, long double *minus) {
    long double above = (long double)o.highs[i] - o.highs[i - 1];
    long double below = (long double)o.lows[i - 1] - o.lows[i];
    *plus = above > 0 && above > below ? above : 0;
    *minus = below > 0 && below > above ? below : 0;
}

static void shouldGiveWildersDirectionalMovement(void) {
    const int periods[] = {1, 2, 14, 50};
    long double *ranges = oracle_array(), *ups = oracle_array(), *downs = oracle_array();
    long double *range = oracle_array(), *up = oracle_array(), *down = oracle_array();
    long double *dx = oracle_array(), *average = oracle_array();
    for (int i = 1; i < ORACLE_BARS; i++) {
        ranges[i] = oracle_range(o.bars, i);
        moves_of(i, &ups[i], &downs[i]);
    }
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        oracle_wilder(ranges, 1, period, range);
        oracle_wilder(ups, 1, period, up);
        oracle_wilder(downs, 1, period, down);
        for (int i = period; i < ORACLE_BARS; i++) {
            long double sum = up[i] + down[i];
            dx[i] = sum > 0 ? 100 * fabsl(up[i] - down[i]) / sum : 0;
        }
        oracle_wilder(dx, period, period, average);
        fxs__adx adx;
        fxs__adx_init(&adx, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__adx_push(&adx, &o.bars[i]);
            CHECK_INT(fxs__adx_has_direction(&adx), i >= period);
            CHECK_INT(fxs__adx_is_ready(&adx), i >= 2 * period - 1);
            if (i >= period) {
                long double moved = range[i] > 0 ? range[i] : 1;
                CHECK_SCALED(fxs__adx_plus(&adx), 100 * up[i] / moved, 100);
                CHECK_SCALED(fxs__adx_minus(&adx), 100 * down[i] / moved, 100);
            }
            if (i >= 2 * period - 1) {
                CHECK_SCALED(fxs__adx_value(&adx), average[i], 100);
            }
        }
    }
    free(ranges);
    free(ups);
    free(downs);
    free(range);
    free(up);
    free(down);
    free(dx);
    free(average);
}

static void shouldGiveKeltnersChannel(void) {
    const int period = 20, rangePeriod = 10;
    long double *closes = oracle_array(), *middle = oracle_array();
    long double *ranges = oracle_array(), *width = oracle_array();
    for (int i = 0; i < ORACLE_BARS; i++) {
        closes[i] = o.closes[i];
        ranges[i] = i > 0 ? oracle_range(o.bars, i) : 0;
    }
    oracle_ema(closes, 0, period, middle);
    oracle_wilder(ranges, 1, rangePeriod, width);
    fxs__keltner keltner;
    fxs__keltner_init(&keltner, period, rangePeriod, 2.5);

    for (int i = 0; i < ORACLE_BARS; i++) {
        fxs__keltner_push(&keltner, &o.bars[i]);
        CHECK_INT(fxs__keltner_is_ready(&keltner), i >= period - 1);
        if (i >= period - 1) {
            fxs__bands bands = fxs__keltner_bands(&keltner);
            CHECK_SCALED(bands.middle, middle[i], o.scale);
            CHECK_SCALED(bands.upper, middle[i] + 2.5L * width[i], o.scale);
            CHECK_SCALED(bands.lower, middle[i] - 2.5L * width[i], o.scale);
        }
    }
    free(closes);
    free(middle);
    free(ranges);
    free(width);
}

/* From a on, seeded 35 closes before, up to e. */
static void framework_ema(int period, int a, int e, long double *out) {
    int first = a - (period - 1 + 35);
    long double ema = oracle_mean(o.closes, first + period - 1, period);
    for (int i = first + period; i <= e; i++) {
        ema += 2.0L / (period + 1) * (o.closes[i] - ema);
        out[i] = ema;
    }
}

static void shouldGiveTheFrameworksMacdOfASingleBar(void) {
    const int periods[][3] = {{5, 10, 5}, {12, 26, 9}, {7, 14, 7}, {1, 2, 1}, {3, 4, 20}};
    long double *quick = oracle_array(), *slow = oracle_array();
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        const int *n = periods[p];
        int lookback = n[1] + n[2] + 69;
        fxs__framework_macd macd;
        fxs__framework_macd_init(&macd, n[0], n[1], n[2]);

        for (int e = 0; e < ORACLE_BARS; e++) {
            fxs__framework_macd_push(&macd, o.closes[e]);
            CHECK_INT(fxs__framework_macd_is_ready(&macd), e >= lookback - 1);
            if (e < lookback - 1 || !oracle_picks(&o, 80)) {
                continue;
            }
            int a = e - (n[2] - 1 + 35);
            framework_ema(n[0], a, e, quick);
            framework_ema(n[1], a, e, slow);
            long double signal = 0;
            for (int i = a; i < a + n[2]; i++) {
                signal += (quick[i] - slow[i]) / n[2];
            }
            for (int i = a + n[2]; i <= e; i++) {
                signal += 2 * (quick[i] - slow[i] - signal) / (n[2] + 1);
            }
            fxs__macd_value value = fxs__framework_macd_value(&macd);
            CHECK_SCALED(value.line, quick[e] - slow[e], o.scale);
            CHECK_SCALED(value.signal, signal, o.scale);
            CHECK_SCALED(value.histogram, quick[e] - slow[e] - signal, o.scale);
        }
    }
    free(quick);
    free(slow);
}

static long double efficiency_of(int i, int period) {
    long double way = 0;
    for (int j = i - period + 1; j <= i; j++) {
        way += fabsl((long double)o.closes[j] - o.closes[j - 1]);
    }
    return way > 0 ? fabsl((long double)o.closes[i] - o.closes[i - period]) / way : 0;
}

static void shouldGiveTheEfficiencyOfTheWay(void) {
    const int periods[] = {1, 10, 300};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        fxs__efficiency efficiency;
        fxs__efficiency_init(&efficiency, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__efficiency_push(&efficiency, o.closes[i]);
            CHECK_INT(fxs__efficiency_is_ready(&efficiency), i >= period);
            if (i >= period && oracle_picks(&o, period)) {
                CHECK_SCALED(fxs__efficiency_value(&efficiency), efficiency_of(i, period), 1);
                CHECK(fxs__efficiency_value(&efficiency) <= 1);
            }
        }
    }
}

static void shouldGiveKaufmansAdaptiveAverage(void) {
    const int period = 10;
    fxs__kama kama;
    fxs__kama_init(&kama, period, 2, 30);
    long double average = o.closes[period - 1];

    for (int i = 0; i < ORACLE_BARS; i++) {
        fxs__kama_push(&kama, o.closes[i]);
        CHECK_INT(fxs__kama_is_ready(&kama), i >= period);
        if (i >= period) {
            long double er = efficiency_of(i, period);
            long double c = powl(er * 2 / 3 + (1 - er) * 2 / 31, 2);
            average = c * o.closes[i] + (1 - c) * average;
            CHECK_SCALED(fxs__kama_value(&kama), average, o.scale);
        }
    }
}

static void shouldGiveTheChangeOfATripleAverage(void) {
    const int periods[] = {1, 2, 15};
    long double *closes = oracle_array(), *first = oracle_array();
    long double *second = oracle_array(), *third = oracle_array();
    for (int i = 0; i < ORACLE_BARS; i++) {
        closes[i] = o.closes[i];
    }
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        oracle_ema(closes, 0, period, first);
        oracle_ema(first, period - 1, period, second);
        oracle_ema(second, 2 * period - 2, period, third);
        fxs__trix trix;
        fxs__trix_init(&trix, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__trix_push(&trix, o.closes[i]);
            CHECK_INT(fxs__trix_is_ready(&trix), i >= 3 * period - 2);
            if (i >= 3 * period - 2) {
                CHECK_SCALED(fxs__trix_value(&trix), 100 * (third[i] / third[i - 1] - 1), 100);
            }
        }
    }
    free(closes);
    free(first);
    free(second);
    free(third);
}

static void shouldGiveTheChangeOverThePeriod(void) {
    const int periods[] = {1, 10, 512};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        fxs__rate_of_change change;
        fxs__rate_of_change_init(&change, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__rate_of_change_push(&change, o.closes[i]);
            CHECK_INT(fxs__rate_of_change_is_ready(&change), i >= period);
            if (i >= period) {
                long double now = o.closes[i], then = o.closes[i - period];
                CHECK_SCALED(fxs__rate_of_change_momentum(&change), now - then, o.scale);
                CHECK_SCALED(fxs__rate_of_change_value(&change), 100 * (now / then - 1), 100);
            }
        }
    }
}

int main(void) {
    for (int m = 0; m < ORACLE_MARKETS; m++) {
        printf("%s\n", oracle_markets[m].name);
        o = oracle_open(&oracle_markets[m]);
        RUN(shouldGiveTheMeanOfTheLastValues);
        RUN(shouldGiveTheMeanWeightedByAge);
        RUN(shouldGiveWildersRsi);
        RUN(shouldGiveWildersAverageTrueRange);
        RUN(shouldGiveWildersDirectionalMovement);
        RUN(shouldGiveKeltnersChannel);
        RUN(shouldGiveTheFrameworksMacdOfASingleBar);
        RUN(shouldGiveTheEfficiencyOfTheWay);
        RUN(shouldGiveKaufmansAdaptiveAverage);
        RUN(shouldGiveTheChangeOfATripleAverage);
        RUN(shouldGiveTheChangeOverThePeriod);
        oracle_close(&o);
    }
    return 0;
}
