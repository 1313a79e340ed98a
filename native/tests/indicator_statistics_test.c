/* Deviations and regressions against their definitions, at the scale of four markets. */
#include "indicator/cci.h"
#include "indicator/cmf.h"
#include "indicator/deviation.h"
#include "indicator/ewma_volatility.h"
#include "indicator/linear_regression.h"
#include "indicator/mfi.h"
#include "indicator/volatility.h"
#include "oracle.h"

static oracle o;

static void shouldGiveTheDeviationFromTheMean(void) {
    const int periods[] = {2, 20, 100, 512};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        fxs__deviation deviation;
        fxs__deviation_init(&deviation, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__deviation_push(&deviation, o.closes[i]);
            CHECK_INT(fxs__deviation_is_ready(&deviation), i >= period - 1);
            if (i < period - 1 || !oracle_picks(&o, period)) {
                continue;
            }
            long double mean = oracle_mean(o.closes, i, period);
            long double truth = oracle_deviation(o.closes, i, period);
            CHECK_SCALED(fxs__deviation_mean(&deviation), mean, o.scale);
            CHECK_SCALED(fxs__deviation_population(&deviation), truth, o.scale);
            CHECK_SCALED(fxs__deviation_sample(&deviation),
                         truth * sqrtl((long double)period / (period - 1)), o.scale);
            /* A score divides by the deviation, so that is what counts against the price. */
            if (truth > 1e-9 * o.scale) {
                long double score = (o.closes[i] - mean) / truth;
                CHECK_SCALED(fxs__deviation_score(&deviation), score, o.scale / truth);
            }
        }
    }
}

static void shouldGiveZeroDeviationOfAFlatMarket(void) {
    fxs__deviation deviation;
    fxs__linear_regression regression;
    fxs__deviation_init(&deviation, 10);
    fxs__linear_regression_init(&regression, 10);

    for (int i = 0; i < 25; i++) {
        fxs__deviation_push(&deviation, o.scale);
        fxs__linear_regression_push(&regression, o.scale);
    }

    CHECK_NEAR(fxs__deviation_population(&deviation), 0, 0);
    CHECK_NEAR(fxs__deviation_score(&deviation), 0, 0);
    fxs__line line = fxs__linear_regression_value(&regression);
    CHECK_NEAR(line.slope, 0, 0);
    CHECK_NEAR(line.end, o.scale, 0);
    CHECK_NEAR(line.r2, 0, 0);
}

static long double log_return(long double now, long double before) {
    return log1pl((now - before) / before); /* A rounded quotient near 1 has lost its digits. */
}

static void shouldGiveTheLogarithmOfAQuotient(void) {
    uint64_t seed = o.seed;
    for (int i = 0; i < 20000; i++) {
        double before = o.scale * (0.5 + random_unit(&seed));
        double after = before * pow(10, i % 2 == 0 ? 8 * (random_unit(&seed) - 0.5)
                                                   : 1e-4 * (random_unit(&seed) - 0.5));
        long double truth = log_return(after, before);
        CHECK_NEAR(fxs__log_return(after, before), (double)truth, 5e-16 * fabs((double)truth));
    }
    CHECK_NEAR(fxs__log_return(o.scale, o.scale), 0, 0);
}

static void shouldGiveTheRealisedVolatilityOfAYear(void) {
    const int periods[] = {2, 20, 250};
    const double year = 6240;
    double *returns = malloc(ORACLE_BARS * sizeof *returns);
    for (int i = 1; i < ORACLE_BARS; i++) {
        returns[i] = (double)log_return(o.closes[i], o.closes[i - 1]);
    }
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        fxs__volatility volatility;
        fxs__volatility_init(&volatility, period, year);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__volatility_push(&volatility, o.closes[i]);
            CHECK_INT(fxs__volatility_is_ready(&volatility), i >= period);
            if (i < period || !oracle_picks(&o, period)) {
                continue;
            }
            long double squares = 0;
            for (int j = i - period + 1; j <= i; j++) {
                squares += (long double)returns[j] * returns[j];
            }
            long double aboutMean = oracle_deviation(returns, i, period)
                * sqrtl(year * period / (period - 1.0L));
            CHECK_SCALED(fxs__volatility_value(&volatility), sqrtl(year * squares / period), 1);
            CHECK_SCALED(fxs__volatility_about_mean(&volatility), aboutMean, 1);
        }
    }
    free(returns);
}

/* The normal equations, sums about the means. */
static fxs__line line_of(const double *in, int last, int period) {
    long double mean = oracle_mean(in, last, period), middle = (period - 1) / 2.0L;
    long double xx = 0, xv = 0, vv = 0;
    for (int x = 0; x < period; x++) {
        long double v = in[last - period + 1 + x] - mean;
        xx += (x - middle) * (x - middle);
        xv += (x - middle) * v;
        vv += v * v;
    }
    long double slope = xv / xx;
    return (fxs__line){(double)slope, (double)(mean - slope * middle),
                       (double)(mean + slope * middle),
                       vv > 0 ? (double)(xv * xv / (xx * vv)) : 0};
}

static void shouldGiveTheLeastSquaresLine(void) {
    const int periods[] = {2, 3, 14, 50, 512};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        fxs__linear_regression regression;
        fxs__linear_regression_init(&regression, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__linear_regression_push(&regression, o.closes[i]);
            CHECK_INT(fxs__linear_regression_is_ready(&regression), i >= period - 1);
            if (i >= period - 1 && oracle_picks(&o, period)) {
                fxs__line line = fxs__linear_regression_value(&regression);
                fxs__line truth = line_of(o.closes, i, period);
                CHECK_SCALED(line.slope, truth.slope, o.scale);
                CHECK_SCALED(line.intercept, truth.intercept, o.scale);
                CHECK_SCALED(line.end, truth.end, o.scale);
                /* r2 divides by the spread of the values: that against the price counts. */
                double spread = (double)oracle_deviation(o.closes, i, period);
                CHECK_SCALED(line.r2, truth.r2, spread > 0 ? 1 + o.scale / spread : 1);
            }
        }
    }
}

static void shouldGiveVolatilityThatFades(void) {
    const int period = 30;
    fxs__ewma_volatility volatility;
    fxs__ewma_volatility_init(&volatility, 0.94, period, 260);
    long double variance = 0;

    for (int i = 0; i < ORACLE_BARS; i++) {
        fxs__ewma_volatility_push(&volatility, o.closes[i]);
        CHECK_INT(fxs__ewma_volatility_is_ready(&volatility), i >= period);
        long double change = i > 0 ? log_return(o.closes[i], o.closes[i - 1]) : 0;
        variance = i <= period ? variance + change * change / period
                               : 0.94L * variance + 0.06L * change * change;
        if (i >= period) {
            CHECK_SCALED(fxs__ewma_volatility_value(&volatility), sqrtl(260 * variance), 1);
        }
    }
}

static void shouldGiveTheCommodityChannelIndex(void) {
    const int periods[] = {2, 20, 100};
    double *typicals = malloc(ORACLE_BARS * sizeof *typicals);
    for (int i = 0; i < ORACLE_BARS; i++) {
        typicals[i] = (o.highs[i] + o.lows[i] + o.closes[i]) / 3;
    }
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        fxs__cci cci;
        fxs__cci_init(&cci, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__cci_push(&cci, &o.bars[i]);
            CHECK_INT(fxs__cci_is_ready(&cci), i >= period - 1);
            if (i < period - 1 || !oracle_picks(&o, period)) {
                continue;
            }
            long double mean = oracle_mean(typicals, i, period), deviation = 0;
            for (int j = i - period + 1; j <= i; j++) {
                deviation += fabsl(typicals[j] - mean) / period;
            }
            if (oracle_highest(typicals, i, period) == oracle_lowest(typicals, i, period)) {
                CHECK_NEAR(fxs__cci_value(&cci), 0, 0);
            } else if (deviation > 1e-9 * o.scale) {
                CHECK_SCALED(fxs__cci_value(&cci), (typicals[i] - mean) / (0.015L * deviation), 100);
            }
        }
    }
    free(typicals);
}

static void shouldGiveMoneyFlow(void) {
    const int periods[] = {1, 14, 100};
    for (size_t p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        int period = periods[p];
        fxs__mfi mfi;
        fxs__cmf cmf;
        fxs__mfi_init(&mfi, period);
        fxs__cmf_init(&cmf, period);

        for (int i = 0; i < ORACLE_BARS; i++) {
            fxs__mfi_push(&mfi, &o.bars[i]);
            fxs__cmf_push(&cmf, &o.bars[i]);
            CHECK_INT(fxs__mfi_is_ready(&mfi), i >= period);
            CHECK_INT(fxs__cmf_is_ready(&cmf), i >= period - 1);
            if (i < period || !oracle_picks(&o, period)) {
                continue;
            }
            long double up = 0, down = 0, flow = 0, volume = 0;
            for (int j = i - period + 1; j <= i; j++) {
                double now = (o.highs[j] + o.lows[j] + o.closes[j]) / 3;
                double before = (o.highs[j - 1] + o.lows[j - 1] + o.closes[j - 1]) / 3;
                up += now > before ? (long double)now * o.volumes[j] : 0;
                down += now < before ? (long double)now * o.volumes[j] : 0;
                long double range = (long double)o.highs[j] - o.lows[j];
                long double place = range > 0 ? (2.0L * o.closes[j] - o.highs[j] - o.lows[j]) / range
                                              : 0;
                flow += place * o.volumes[j];
                volume += o.volumes[j];
            }
            CHECK_SCALED(fxs__mfi_value(&mfi), up + down > 0 ? 100 * up / (up + down) : 50, 100);
            CHECK_SCALED(fxs__cmf_value(&cmf), volume > 0 ? flow / volume : 0, 1);
        }
    }
}

/* A window that moved and then stood still holds sums that are 0 but for rounding: no score, no
 * direction and no flow may be made of that. */
static void shouldMakeNothingOfRounding(void) {
    fxs__deviation deviation;
    fxs__linear_regression regression;
    fxs__cci cci;
    fxs__mfi mfi;
    fxs__deviation_init(&deviation, 17);
    fxs__linear_regression_init(&regression, 17);
    fxs__cci_init(&cci, 17);
    fxs__mfi_init(&mfi, 17);

    fxs_bar bar = o.bars[0];
    for (int i = 0; i < 20000; i++) {
        if (i % 100 < 50) {
            bar = o.bars[i];
            bar.close *= 1 + 0.01 * random_unit(&o.seed); /* Ticks would add up without rounding. */
        }
        fxs__deviation_push(&deviation, bar.close);
        fxs__linear_regression_push(&regression, bar.close);
        fxs__cci_push(&cci, &bar);
        fxs__mfi_push(&mfi, &bar);
        if (i % 100 >= 49 + 17) {
            CHECK_NEAR(fxs__deviation_score(&deviation), 0, 1e-4);
            CHECK_NEAR(fxs__linear_regression_value(&regression).r2, 0, 1e-9);
            CHECK_NEAR(fxs__cci_value(&cci), 0, 0);
            CHECK_NEAR(fxs__mfi_value(&mfi), 50, 0);
        }
    }
}

int main(void) {
    for (int m = 0; m < ORACLE_MARKETS; m++) {
        printf("%s\n", oracle_markets[m].name);
        o = oracle_open(&oracle_markets[m]);
        RUN(shouldGiveTheDeviationFromTheMean);
        RUN(shouldGiveZeroDeviationOfAFlatMarket);
        RUN(shouldGiveTheLogarithmOfAQuotient);
        RUN(shouldGiveTheRealisedVolatilityOfAYear);
        RUN(shouldGiveTheLeastSquaresLine);
        RUN(shouldGiveVolatilityThatFades);
        RUN(shouldGiveTheCommodityChannelIndex);
        RUN(shouldGiveMoneyFlow);
        RUN(shouldMakeNothingOfRounding);
        oracle_close(&o);
    }
    return 0;
}
