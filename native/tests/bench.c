/*
 * What a bar costs: run by hand, alone on a quiet machine. Processor time of this thread, so that
 * neighbours count for less; the best of some rounds.
 *
 *   floor      the cheapest call of the interface
 *   call       c_runStrategy with seven timeframes of 500 bars, a caller that moves its window through
 *              one array and does what the rows say
 *   recompute  the core alone, once as it is and once with a strategy that has forgotten everything, so
 *              that it computes the same from the whole window
 */
#include <time.h>

#include "core/instance.h"
#include "harness.h"
#include "market.h"

enum { MINUTES = 5, BARS = 500, ROUNDS = 5, MEASURED = 200000, RECOMPUTED = 4000 };
enum { FIRST_OWN = 1000, LAST_OWN = 1099, MONDAY = 946857600 };

static double now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void bench_floor(void) {
    enum { CALLS = 10000000 };
    int major = 0, minor = 0, bugfix = 0, sum = 0;
    double best = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now_ns();
        for (int i = 0; i < CALLS; i++) {
            getFrameworkVersion(&major, &minor, &bugfix);
            sum += major;
        }
        best = fmin(best, (now_ns() - start) / CALLS);
    }
    CHECK(sum > 0);
    printf("%-24s %8.1f ns\n", "getFrameworkVersion", best);
}

static caller caller_with_seven_series(int id, int strategyId, int trendMode) {
    static const int timeframes[] = {5, 15, 60, 240, 1440, 30, 480};
    caller c = caller_of(id, strategyId, MINUTES);
    for (int i = 0; i < 7; i++) {
        caller_series(&c, i, timeframes[i], BARS, MINUTES);
    }
    c.settings[FXS_TREND_MODE] = trendMode;
    return c;
}

typedef struct {
    fxs_bar *bars;
    int window, count;
} market;

static market market_for(const caller *c) {
    market m = {.window = caller_window(c)};
    m.count = m.window + MEASURED;
    m.bars = market_bars(1, m.count, MINUTES, MONDAY, 0);
    return m;
}

/* ns per call from bar `first` to before `last`. */
static double call_through(caller *c, const market *m, int first, int last, int *signals) {
    double start = now_ns();
    for (int i = first; i < last; i++) {
        CHECK_INT(caller_step(c, m->bars, i), 0);
        *signals += c->rows[0].tradingSignals > 0;
        caller_fill(c);
    }
    return (now_ns() - start) / (last - first);
}

static void bench_call(const char *name, caller c) {
    int id = (int)c.settings[FXS_INSTANCE_ID], signals = 0;
    market m = market_for(&c);
    CHECK_INT(initInstanceC(id, 1, (char *)market_config(), ""), 0);
    (void)call_through(&c, &m, m.window - 1, m.window, &signals);
    double best = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        int first = m.window + round * (MEASURED / ROUNDS);
        best = fmin(best, call_through(&c, &m, first, first + MEASURED / ROUNDS, &signals));
    }
    printf("%-24s %8.0f ns/call %10.0f bars/s, %d with signals\n", name, best, 1e9 / best, signals);
    deinitInstance(id);
    free(m.bars);
}

static fxs_setup setup_of(const caller *c) {
    fxs_setup setup = {.strategyId = (int32_t)c->settings[FXS_STRATEGY_ID],
                       .trendMode = (int32_t)c->settings[FXS_TREND_MODE]};
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        setup.series[i].timeframeMinutes = (int32_t)c->info[i].requiredTimeframe;
        setup.series[i].bars = (int32_t)c->info[i].totalBarsRequired;
    }
    return setup;
}

/* ns per bar of the core, from bar `first` on. */
static double core_through(fxs *core, caller *c, const market *m, int first, int count,
                           int forgets) {
    double start = now_ns();
    for (int i = first; i < first + count; i++) {
        fxs_call call = {.settings = c->settings, .account = c->account, .quotes = c->quotes,
                         .orders = c->orders, .orderCount = (int32_t)c->settings[FXS_ORDER_ROWS],
                         .brokerTime = m->bars[i].time};
        for (int k = 0; k < FXS_SERIES_MAX; k++) {
            int shown = c->info[k].isEnabled != 0 ? m->window : 0;
            call.rates[k] = (fxs_rates){m->bars + i + 1 - m->window, FXS_LAYOUT_C, shown, MINUTES};
        }
        c->quotes[FXS_BID] = m->bars[i].open;
        c->quotes[FXS_ASK] = m->bars[i].open + 0.0001;
        if (forgets) {
            memset(core->state, 0, core->strategy->stateSize);
        }
        CHECK(fxs_on_bar(core, &call, c->rows) >= 0);
    }
    return (now_ns() - start) / count;
}

static void bench_recompute(const char *name, caller c) {
    market m = market_for(&c);
    fxs_setup setup = setup_of(&c);
    fxs *core;
    CHECK_INT(fxs_create(&setup, &core), 0);
    (void)core_through(core, &c, &m, m.window - 1, 1, 0);
    double kept = INFINITY, forgotten = INFINITY;
    int at = m.window;
    for (int round = 0; round < ROUNDS; round++) {
        kept = fmin(kept, core_through(core, &c, &m, at, RECOMPUTED, 0));
        at += RECOMPUTED;
        forgotten = fmin(forgotten, core_through(core, &c, &m, at, RECOMPUTED, 1));
        at += RECOMPUTED;
    }
    printf("%-24s %8.0f ns/bar, recomputed %8.0f ns/bar: %.0f times\n", name, kept, forgotten,
           forgotten / kept);
    fxs_destroy(core);
    free(m.bars);
}

static void for_each_strategy(void (*bench)(const char *, caller)) {
    bench(fxs__strategy_find(29, 102)->name, caller_with_seven_series(1, 29, 102));
    for (int id = FIRST_OWN; id <= LAST_OWN; id++) {
        const fxs__strategy *strategy = fxs__strategy_find(id, 0);
        if (strategy != NULL) {
            bench(strategy->name, caller_with_seven_series(1, id, 0));
        }
    }
}

int main(void) {
    printf("floor\n");
    bench_floor();
    printf("call, 7 x %d bars\n", BARS);
    for_each_strategy(bench_call);
    printf("incremental and recomputed, the core alone\n");
    for_each_strategy(bench_recompute);
    return 0;
}
