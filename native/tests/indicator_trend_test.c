/* Averages and what is made of them against their definitions, at the scale of four markets. */
#include "indicator/adx.h"
#include "indicator/keltner.h"
#include "indicator/rate_of_change.h"
#include "indicator/rsi.h"
#include "indicator/sma.h"
#include "indicator/wilder_atr.h"
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
        RUN(shouldGiveWildersRsi);
        RUN(shouldGiveWildersAverageTrueRange);
        RUN(shouldGiveWildersDirectionalMovement);
        RUN(shouldGiveKeltnersChannel);
        RUN(shouldGiveTheChangeOverThePeriod);
        oracle_close(&o);
    }
    return 0;
}
