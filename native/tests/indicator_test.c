/* Every incremental indicator against the plain definition, over 100,000 random bars. */
#include "harness.h"
#include "indicator/atr.h"
#include "indicator/bollinger.h"
#include "indicator/macd.h"
#include "market.h"

enum { BARS = 100000 };

static fxs_bar *bars;

static long double mean_of_closes(int last, int period) {
    long double sum = 0;
    for (int i = last - period + 1; i <= last; i++) {
        sum += bars[i].close;
    }
    return sum / period;
}

static long double deviation_of_closes(int last, int period) {
    long double mean = mean_of_closes(last, period), squares = 0;
    for (int i = last - period + 1; i <= last; i++) {
        squares += (bars[i].close - mean) * (bars[i].close - mean);
    }
    return sqrtl(squares / period);
}

static void shouldGiveBandsOfTheDefinition(void) {
    const int periods[] = {2, 12, 20, 200, 512};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        int stride = period > 100 ? 37 : 1; /* The oracle is the slow part. */
        fxs__bollinger bollinger;
        fxs__bollinger_init(&bollinger, period, 2.5);

        for (int i = 0; i < BARS; i++) {
            fxs__bollinger_push(&bollinger, bars[i].close);
            CHECK_INT(fxs__bollinger_is_ready(&bollinger), i >= period - 1);
            if (i >= period - 1 && i % stride == 0) {
                fxs__bands bands = fxs__bollinger_bands(&bollinger);
                long double mean = mean_of_closes(i, period);
                long double width = 2.5L * deviation_of_closes(i, period);
                CHECK_NEAR(bands.middle, (double)mean, 1e-12);
                CHECK_NEAR(bands.lower, (double)(mean - width), 1e-12);
                CHECK_NEAR(bands.upper, (double)(mean + width), 1e-12);
            }
        }
    }
}

static long double range_of(int i) {
    long double range = (long double)bars[i].high - bars[i].low;
    long double up = fabsl((long double)bars[i].high - bars[i - 1].close);
    long double down = fabsl((long double)bars[i].low - bars[i - 1].close);
    return fmaxl(range, fmaxl(up, down));
}

static void shouldGiveThePlainMeanOfTrueRanges(void) {
    const int periods[] = {1, 14, 20};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        fxs__atr atr;
        fxs__atr_init(&atr, period);

        for (int i = 0; i < BARS; i++) {
            fxs__atr_push(&atr, &bars[i]);
            CHECK_INT(fxs__atr_is_ready(&atr), i >= period);
            if (i >= period) {
                long double sum = 0;
                for (int j = i - period + 1; j <= i; j++) {
                    sum += range_of(j);
                }
                CHECK_NEAR(fxs__atr_value(&atr), (double)(sum / period), 1e-12);
            }
        }
    }
}

/* The textbook recursion over whole arrays, in long double; out[i] is valid from first + period - 1. */
static void ema_of(const long double *in, int first, int period, long double *out) {
    long double sum = 0;
    for (int i = first; i < BARS; i++) {
        if (i < first + period) {
            sum += in[i];
            out[i] = sum / period;
        } else {
            out[i] = (2 * in[i] + (period - 1) * out[i - 1]) / (period + 1);
        }
    }
}

static void shouldGiveTheMacdOfTheDefinition(void) {
    const int fast = 12, slow = 26, signal = 9;
    long double *closes = malloc(BARS * sizeof *closes), *quick = malloc(BARS * sizeof *quick);
    long double *lines = malloc(BARS * sizeof *lines), *signals = malloc(BARS * sizeof *signals);
    for (int i = 0; i < BARS; i++) {
        closes[i] = bars[i].close;
    }
    ema_of(closes, 0, fast, quick);
    ema_of(closes, 0, slow, lines);
    for (int i = slow - 1; i < BARS; i++) {
        lines[i] = quick[i] - lines[i];
    }
    ema_of(lines, slow - 1, signal, signals);
    int first = slow - 1 + signal - 1;
    fxs__macd macd;
    fxs__macd_init(&macd, fast, slow, signal);

    for (int i = 0; i < BARS; i++) {
        fxs__macd_push(&macd, bars[i].close);
        CHECK_INT(fxs__macd_is_ready(&macd), i > first);
        if (i >= first) {
            CHECK_NEAR(macd.fast.value - macd.slow.value, (double)lines[i], 1e-12);
            CHECK_NEAR(macd.signal.value, (double)signals[i], 1e-12);
            CHECK_NEAR(macd.histogram, (double)(lines[i] - signals[i]), 1e-12);
        }
        if (i > first) {
            CHECK_NEAR(macd.previousHistogram, (double)(lines[i - 1] - signals[i - 1]), 1e-12);
        }
    }
    free(closes);
    free(quick);
    free(lines);
    free(signals);
}

static void shouldKeepDigitsOfALargePrice(void) {
    fxs__window window;
    fxs__window_init(&window, 20);

    for (int i = 0; i < 100000; i++) {
        fxs__window_push(&window, 100000000 + (i % 2 == 0 ? 0.25 : -0.25));
    }

    CHECK_NEAR(fxs__window_mean(&window), 100000000, 1e-9);
    CHECK_NEAR(fxs__window_deviation(&window), 0.25, 1e-12);
}

static void shouldGiveZeroDeviationOfAFlatMarket(void) {
    fxs__window window;
    fxs__window_init(&window, 7);

    for (int i = 0; i < 50; i++) {
        fxs__window_push(&window, 1.23456);
    }

    CHECK_NEAR(fxs__window_deviation(&window), 0, 0);
    CHECK_NEAR(fxs__window_mean(&window), 1.23456, 0);
}

int main(void) {
    bars = market_bars(42, BARS, 1, 946857600, 0);
    RUN(shouldGiveBandsOfTheDefinition);
    RUN(shouldGiveThePlainMeanOfTrueRanges);
    RUN(shouldGiveTheMacdOfTheDefinition);
    RUN(shouldKeepDigitsOfALargePrice);
    RUN(shouldGiveZeroDeviationOfAFlatMarket);
    free(bars);
    return 0;
}
