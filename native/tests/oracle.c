#include "oracle.h"

const oracle_market oracle_markets[ORACLE_MARKETS] = {
    {"EURUSD", 1.1, 0.00001, 0.0002, 42},
    {"USDJPY", 150, 0.001, 0.0002, 7},
    {"XAUUSD", 2400, 0.01, 0.0004, 1001},
    {"BTCUSD", 65000, 0.1, 0.001, 31337},
};

static double to_tick(double price, double tick) {
    return round(price / tick) * tick;
}

/* A walk that is drawn back to where it began, with quiet spells, in which prices repeat, and a gap
 * now and then. */
static void make_bars(const oracle_market *market, fxs_bar *bars) {
    uint64_t seed = market->seed;
    double price = market->price, step = market->step;
    int32_t time = 946857600;
    for (int i = 0; i < ORACLE_BARS; i++) {
        if (i % 500 == 0) {
            step = market->step * (random_below(&seed, 4) == 0 ? 0.02 : 0.5 + random_unit(&seed));
        }
        if (random_below(&seed, 400) == 0) {
            price *= 1 + 50 * step * (random_unit(&seed) - 0.5);
        }
        fxs_bar bar = {.time = time, .volume = random_below(&seed, 1000)};
        bar.open = bar.high = bar.low = to_tick(price, market->tick);
        for (int quarter = 0; quarter < 4; quarter++) {
            price *= 1 + step * 2 * (random_unit(&seed) - 0.5);
            price += 0.001 * (market->price - price);
            bar.close = to_tick(price, market->tick);
            bar.high = fmax(bar.high, bar.close);
            bar.low = fmin(bar.low, bar.close);
        }
        bars[i] = bar;
        time += random_below(&seed, 50) == 0 ? 200000 : 900;
    }
}

static double *column(void) {
    return malloc(ORACLE_BARS * sizeof(double));
}

oracle oracle_open(const oracle_market *market) {
    oracle o = {.scale = market->price, .seed = market->seed};
    o.bars = malloc(ORACLE_BARS * sizeof *o.bars);
    o.closes = column();
    o.highs = column();
    o.lows = column();
    o.volumes = column();
    make_bars(market, o.bars);
    for (int i = 0; i < ORACLE_BARS; i++) {
        o.closes[i] = o.bars[i].close;
        o.highs[i] = o.bars[i].high;
        o.lows[i] = o.bars[i].low;
        o.volumes[i] = o.bars[i].volume;
    }
    return o;
}

void oracle_close(oracle *o) {
    free(o->bars);
    free(o->closes);
    free(o->highs);
    free(o->lows);
    free(o->volumes);
}

long double oracle_mean(const double *in, int last, int period) {
    long double sum = 0;
    for (int i = last - period + 1; i <= last; i++) {
        sum += in[i];
    }
    return sum / period;
}

long double oracle_deviation(const double *in, int last, int period) {
    long double mean = oracle_mean(in, last, period), squares = 0;
    for (int i = last - period + 1; i <= last; i++) {
        squares += (in[i] - mean) * (in[i] - mean);
    }
    return sqrtl(squares / period);
}

double oracle_highest(const double *in, int last, int period) {
    double highest = in[last];
    for (int i = last - period + 1; i <= last; i++) {
        highest = in[i] > highest ? in[i] : highest;
    }
    return highest;
}

double oracle_lowest(const double *in, int last, int period) {
    double lowest = in[last];
    for (int i = last - period + 1; i <= last; i++) {
        lowest = in[i] < lowest ? in[i] : lowest;
    }
    return lowest;
}

long double oracle_range(const fxs_bar *bars, int i) {
    long double top = fmax(bars[i].high, bars[i - 1].close);
    long double bottom = fmin(bars[i].low, bars[i - 1].close);
    return top - bottom;
}

void oracle_ema(const long double *in, int first, int period, long double *out) {
    long double sum = 0;
    for (int i = first; i < ORACLE_BARS; i++) {
        if (i < first + period) {
            sum += in[i];
            out[i] = sum / period;
        } else {
            out[i] = (2 * in[i] + (period - 1) * out[i - 1]) / (period + 1);
        }
    }
}

void oracle_wilder(const long double *in, int first, int period, long double *out) {
    long double sum = 0;
    for (int i = first; i < ORACLE_BARS; i++) {
        if (i < first + period) {
            sum += in[i];
            out[i] = sum / period;
        } else {
            out[i] = ((period - 1) * out[i - 1] + in[i]) / period;
        }
    }
}

long double *oracle_array(void) {
    return calloc(ORACLE_BARS, sizeof(long double));
}
