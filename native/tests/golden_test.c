/*
 * What each strategy wishes on a made-up market, against a file: every opening and closing row, and
 * a checksum of all rows. A change of rules changes the file, and the file shows it in review.
 *
 * usage: golden_test SOURCE_DIR [--write]
 */
#include "harness.h"
#include "market.h"

enum { MONDAY = 946857600, ID = 31, TEXT_MAX = 1 << 20 };

static char text[TEXT_MAX], expected[TEXT_MAX];
static size_t used;

static void print_row(const caller *c, const fxs_result *row) {
    int signals = (int)row->tradingSignals;
    const int shown = FXS_OPEN_BUY | FXS_OPEN_SELL | FXS_CLOSE_BUY | FXS_CLOSE_SELL;
    if ((signals & shown) == 0) {
        return;
    }
    used += (size_t)snprintf(text + used, sizeof text - used,
                             "%d 0x%x ticket=%g lots=%.15g entry=%.15g sl=%.15g tp=%.15g\n",
                             c->brokerTime, (unsigned)signals, row->ticketNumber, row->lots,
                             row->entryPrice, row->brokerSL, row->brokerTP);
    CHECK(used < sizeof text);
}

static void run(caller c, int minutes, int count, uint64_t seed) {
    fxs_bar *bars = market_bars(seed, count, minutes, MONDAY, 1);
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    uint32_t crc = 0;
    int ran = 0;
    used = 0;
    for (int i = caller_window(&c) - 1; i < count; i++) {
        CHECK_INT(caller_step(&c, bars, i), 0);
        for (int row = 0; row < (int)c.settings[FXS_MAX_OPEN_ORDERS]; row++) {
            print_row(&c, &c.rows[row]);
        }
        crc = fxs_crc32c(crc, c.rows, sizeof c.rows);
        ran++;
        caller_fill(&c);
    }
    used += (size_t)snprintf(text + used, sizeof text - used, "calls=%d crc32c=%08x\n", ran, crc);
    deinitInstance(ID);
    free(bars);
}

static void compare(const char *folder, const char *name, int writes) {
    char path[1024];
    snprintf(path, sizeof path, "%s/golden/%s.txt", folder, name);
    FILE *file = fopen(path, writes ? "w" : "r");
    CHECK(file != NULL);
    if (writes) {
        CHECK(fwrite(text, 1, used, file) == used);
    } else {
        expected[fread(expected, 1, sizeof expected - 1, file)] = 0;
    }
    CHECK(fclose(file) == 0);
    if (!writes && strcmp(text, expected) != 0) {
        fprintf(stderr, "%s differs; the run gives:\n%s", path, text);
        exit(1);
    }
    printf("ok %s, %zu bytes\n", name, used);
}

static caller own(int strategyId, int minutes, int bars) {
    caller c = caller_of(ID, strategyId, minutes);
    caller_series(&c, 0, minutes, bars, minutes);
    return c;
}

int main(int argc, char **argv) {
    CHECK(argc >= 2);
    int writes = argc > 2 && strcmp(argv[2], "--write") == 0;

    caller asi = caller_of(ID, 29, 60);
    caller_autobbs(&asi, 60);
    run(asi, 60, 9000, 1);
    compare(argv[1], "asi", writes);

    caller weekly = asi;
    weekly.settings[FXS_STRATEGY_ID] = 30;
    run(weekly, 60, 9000, 1);
    compare(argv[1], "asi", 0);

    run(caller_of(ID, 1000, 1), 1, 3700, 2);
    compare(argv[1], "bollinger-breakout", writes);

    caller macd = caller_of(ID, 1001, 5);
    caller_series(&macd, 0, 5, 60, 1);
    run(macd, 1, 6500, 3);
    compare(argv[1], "macd-cross", writes);

    run(own(1002, 15, 130), 15, 5000, 4);
    compare(argv[1], "macd-trend", writes);

    run(own(1003, 5, 60), 5, 9000, 5);
    compare(argv[1], "squeeze-breakout", writes);

    caller units = own(1004, 60, 60);
    units.settings[FXS_MAX_OPEN_ORDERS] = 4;
    units.settings[FXS_ORDER_ROWS] = 8;
    run(units, 60, 900, 6);
    compare(argv[1], "donchian-trend", writes);

    run(own(1005, 15, 130), 15, 3000, 7);
    compare(argv[1], "rsi-reversion", writes);

    run(own(1006, 15, 60), 15, 5000, 8);
    compare(argv[1], "session-breakout", writes);

    run(own(1007, 60, 100), 60, 3000, 9);
    compare(argv[1], "ichimoku-trend", writes);

    caller pivots = own(1008, 15, 60);
    caller_series(&pivots, 4, 1440, 3, 15);
    run(pivots, 15, 5000, 10);
    compare(argv[1], "pivot-breakout", writes);

    caller momentum = own(1009, 1440, 300);
    momentum.settings[0] = 20; /* lookback */
    momentum.settings[2] = 5;  /* holding */
    run(momentum, 1440, 1500, 11);
    compare(argv[1], "momentum", writes);
    return 0;
}
