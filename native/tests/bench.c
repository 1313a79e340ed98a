/* Nanoseconds per call through the interface; run by hand, alone on a quiet machine. */
#include <time.h>

#include "harness.h"
#include "market.h"

static double now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void bench(const char *name, caller c, int minutes, int count) {
    fxs_bar *bars = market_bars(1, count, minutes, 946857600, 0);
    CHECK_INT(initInstanceC((int)c.settings[FXS_INSTANCE_ID], 1, (char *)market_config(), ""), 0);
    int first = caller_window(&c) - 1, window = first + 1;
    for (int i = 0; i < MARKET_SERIES; i++) {
        c.info[i].ratesArraySize = c.info[i].isEnabled != 0 ? window : 0;
    }
    double start = 0;
    int signals = 0;
    for (int i = first; i < count; i++) {
        if (i == first + 1) {
            start = now_ns();
        }
        c.brokerTime = bars[i].time;
        c.quotes[FXS_BID] = bars[i].open;
        c.quotes[FXS_ASK] = bars[i].open + 0.0001;
        c.window = bars + i + 1 - window;
        int code = caller_call(&c);
        CHECK_INT(code, 0);
        signals += c.rows[0].tradingSignals > 0;
    }
    double perCall = (now_ns() - start) / (count - first - 1);
    printf("%-24s %7.0f ns/call %9.0f calls/s, %d signals\n", name, perCall, 1e9 / perCall,
           signals);
    free(bars);
}

int main(void) {
    caller asi = caller_of(1, 29, 60);
    caller_autobbs(&asi, 60);
    caller_series(&asi, 0, 60, 240, 60);
    caller_series(&asi, 1, 60, 240, 60);
    caller_series(&asi, 2, 60, 240, 60);
    caller_series(&asi, 3, 240, 240, 60);
    caller_series(&asi, 4, 1440, 100, 60);
    caller_series(&asi, 5, 10080, 30, 60);
    caller_series(&asi, 6, 43200, 5, 60);
    bench("ASI, 7 series, H1", asi, 60, 250000);

    caller macd = caller_of(2, 1001, 5);
    bench("MACD, 1 series, M5", macd, 5, 1000000);
    caller macd7 = asi;
    macd7.settings[FXS_INSTANCE_ID] = 3;
    macd7.settings[FXS_STRATEGY_ID] = 1001;
    macd7.settings[FXS_TREND_MODE] = 0;
    bench("MACD, 7 series, H1", macd7, 60, 250000);

    caller breakout = caller_of(4, 1000, 1);
    bench("Breakout, 1 series, M1", breakout, 1, 1000000);
    return 0;
}
