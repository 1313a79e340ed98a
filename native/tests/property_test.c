/*
 * What holds for every strategy of our own, on any market: random walks at the scale of a euro, a
 * yen and an ounce of gold. Each is run twice, the second time restored from a snapshot at every
 * sixth bar, another sixth with each seed, and both runs must agree to the byte.
 */
#include "harness.h"
#include "market.h"

enum { MONDAY = 946857600, ID = 51, STEPS = 400, ROWS = MARKET_ROWS };

typedef struct {
    const char *symbol;
    double scale, spread, minimumStop, contract;
} market;

static const market markets[] = {
    {"EURUSD", 1, 0.0001, 0.0002, 100000},
    {"USDJPY", 140, 0.012, 0.03, 100000},
    {"XAUUSD", 1800, 0.25, 0.5, 100},
};

typedef struct {
    int id, minutes, bars;
    int minEntries; /* over all markets and seeds, so that a strategy that sleeps is found */
} kind;

static const kind kinds[] = {
    {1000, 5, 60, 100},  {1001, 5, 60, 50},   {1002, 15, 130, 50}, {1003, 5, 60, 5},
    {1004, 60, 60, 30},  {1005, 15, 130, 30}, {1006, 15, 60, 10},  {1007, 60, 100, 8},
    {1008, 15, 40, 10},  {1009, 60, 100, 10},
};

static caller start(const kind *k, const market *m) {
    caller c = caller_of(ID, k->id, k->minutes);
    caller_series(&c, 0, k->minutes, k->bars, k->minutes);
    c.symbol = m->symbol;
    c.spread = m->spread;
    c.account[FXS_MINIMUM_STOP] = m->minimumStop;
    c.account[FXS_CONTRACT_SIZE] = m->contract;
    if (k->id == 1008) {
        caller_series(&c, 4, 1440, 3, k->minutes);
    }
    if (k->id == 1009) {
        c.settings[0] = 60; /* lookback */
        c.settings[1] = 30; /* volatility */
        c.settings[2] = 12; /* holding */
    }
    if (k->id >= 1002) {
        c.settings[FXS_MAX_OPEN_ORDERS] = ROWS;
        c.settings[FXS_ORDER_ROWS] = MARKET_ORDERS;
    }
    return c;
}

/* The settings that every second run turns on: the rules of plan.h that are off at first. */
static void turn_on(caller *c, const kind *k, int seed) {
    if (k->id < 1002) {
        return;
    }
    if ((seed & 1) != 0) {
        c->settings[15] = 2;   /* trail */
        c->settings[16] = 1;   /* from the close */
        c->settings[17] = 1;   /* break even */
        c->settings[18] = 0.7; /* part */
        c->settings[21] = 1200;
        c->settings[FXS_TIMED_EXIT_BARS] = 30;
        c->settings[FXS_TP_ATR_MULTIPLIER] = k->id == 1008 ? 0 : 4;
    }
    if ((seed & 2) != 0) {
        c->settings[FXS_RUN_EVERY_TICK] = 1;
        c->settings[14] = 0.5; /* lots */
        c->settings[22] = 1;   /* add */
    }
}

static int has(const fxs_result *row, int bits) {
    return ((int)row->tradingSignals & bits) != 0;
}

static int open_count(const caller *c) {
    int count = 0;
    for (int i = 0; i < MARKET_ORDERS; i++) {
        count += c->orders[i].isOpen != 0;
    }
    return count;
}

static const fxs_order *order_of(const caller *c, const fxs_result *row) {
    for (int i = 0; i < MARKET_ORDERS; i++) {
        if (c->orders[i].isOpen != 0 && c->orders[i].ticket == row->ticketNumber) {
            return &c->orders[i];
        }
    }
    return NULL;
}

static double least(const caller *c) {
    return (c->account[FXS_MINIMUM_STOP] + c->spread) * (1 - 1e-9);
}

static void check_entry(const caller *c, const fxs_result *row) {
    int isLong = has(row, FXS_OPEN_BUY);
    double conversion = strcmp(c->symbol, "USDJPY") == 0 ? 1 / c->quotes[FXS_ASK] : 1;
    double margin = row->lots * c->account[FXS_CONTRACT_SIZE] * c->quotes[FXS_ASK] * conversion
        / c->account[FXS_LEVERAGE];
    CHECK_NEAR(row->entryPrice, c->quotes[isLong ? FXS_ASK : FXS_BID], 0);
    CHECK_NEAR(row->ticketNumber, -1, 0);
    CHECK(row->brokerSL >= least(c));
    CHECK(row->brokerTP == 0 || row->brokerTP >= least(c));
    CHECK(row->lots > 0 && margin <= 0.1 * c->account[FXS_EQUITY] * (1 + 1e-9));
    CHECK(c->settings[14] == 0 || row->lots <= c->settings[14]);
    CHECK_INT((int)c->settings[FXS_OPERATIONAL_MODE], FXS_MODE_ON);
}

static void check_update(const caller *c, const fxs_result *row) {
    const fxs_order *order = order_of(c, row);
    CHECK(order != NULL);
    int isLong = order->type == FXS_ORDER_BUY;
    CHECK(has(row, isLong ? FXS_UPDATE_BUY : FXS_UPDATE_SELL));
    double from = c->quotes[isLong ? FXS_ASK : FXS_BID], sign = isLong ? 1 : -1;
    double stop = from - sign * row->brokerSL, target = from + sign * row->brokerTP;
    CHECK(row->brokerSL >= least(c));
    CHECK(order->stopLoss == 0 || sign * (stop - order->stopLoss) > 0);
    CHECK(order->takeProfit == 0 ? row->brokerTP == 0
                                 : fabs(target - order->takeProfit) < 1e-9 * from);
}

/* Returns the number of entries. */
static int check_rows(const caller *c) {
    enum { OPEN = FXS_OPEN_BUY | FXS_OPEN_SELL, CLOSE = FXS_CLOSE_BUY | FXS_CLOSE_SELL };
    const int update = FXS_UPDATE_BUY | FXS_UPDATE_SELL;
    int rows = (int)c->settings[FXS_MAX_OPEN_ORDERS], entries = 0, sides = 0;
    for (int i = 0; i < rows; i++) {
        const fxs_result *row = &c->rows[i];
        const double *figures = &row->ticketNumber;
        for (size_t j = 0; j < sizeof *row / sizeof *figures; j++) {
            CHECK(isfinite(figures[j]));
        }
        if (has(row, OPEN)) {
            check_entry(c, row);
            entries++;
            sides |= (int)row->tradingSignals;
        } else if (has(row, update)) {
            check_update(c, row);
        } else if (has(row, CLOSE)) {
            const fxs_order *order = order_of(c, row);
            CHECK(order != NULL);
            CHECK(has(row, order->type == FXS_ORDER_BUY ? FXS_CLOSE_BUY : FXS_CLOSE_SELL));
            CHECK(row->lots > 0 && row->lots <= order->lots);
            CHECK(c->settings[18] != 0 || row->lots == order->lots);
        }
    }
    CHECK(sides != OPEN);
    CHECK(open_count(c) + entries <= rows);
    return entries;
}

static void restart_from_snapshot(void) {
    static char bytes[1 << 20];
    int length = fxs_snapshot(ID, bytes, sizeof bytes);
    CHECK(length > 0);
    CHECK_INT(fxs_restore(ID, bytes, length), 0);
}

typedef struct {
    uint32_t crc;
    int entries, closes;
} outcome;

enum { NEVER = -1, SEEDS = 6 };

/* Restarts before every bar whose number is `restarts` modulo SEEDS. */
static outcome run(caller c, fxs_bar *bars, int count, int restarts) {
    outcome o = {0, 0, 0};
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    for (int i = caller_window(&c) - 1; i < count; i++) {
        if (i % SEEDS == restarts && o.crc != 0) {
            restart_from_snapshot();
        }
        CHECK_INT(caller_step(&c, bars, i), 0);
        o.entries += check_rows(&c);
        for (int row = 0; row < ROWS; row++) {
            o.closes += has(&c.rows[row], FXS_CLOSE_BUY | FXS_CLOSE_SELL);
        }
        o.crc = fxs_crc32c(o.crc, c.rows, sizeof c.rows);
        caller_fill(&c);
        if (c.settings[FXS_RUN_EVERY_TICK] != 0) {
            CHECK_INT(caller_step(&c, bars, i), 0);
            CHECK_INT(check_rows(&c), 0); /* An entry belongs to a bar. */
            o.crc = fxs_crc32c(o.crc, c.rows, sizeof c.rows);
            caller_fill(&c);
        }
    }
    static char bytes[1 << 20];
    int length = fxs_snapshot(ID, bytes, sizeof bytes);
    CHECK(length > 0);
    o.crc = fxs_crc32c(o.crc, bytes, (size_t)length);
    deinitInstance(ID);
    return o;
}

static fxs_bar *bars_of(const kind *k, const market *m, int seed, int count) {
    fxs_bar *bars = market_bars((uint64_t)(k->id * 100 + seed), count, k->minutes, MONDAY, 1);
    for (int i = 0; i < count; i++) {
        bars[i].open *= m->scale;
        bars[i].high *= m->scale;
        bars[i].low *= m->scale;
        bars[i].close *= m->scale;
    }
    return bars;
}

static void shouldKeepTheRulesOfMoneyOnEveryMarket(void) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const kind *k = &kinds[i];
        int entries = 0, closes = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            const market *m = &markets[seed % 3];
            caller c = start(k, m);
            turn_on(&c, k, seed);
            int count = caller_window(&c) - 1 + STEPS;
            fxs_bar *bars = bars_of(k, m, seed, count);
            outcome straight = run(c, bars, count, NEVER);
            outcome restarted = run(c, bars, count, seed);
            CHECK_INT(restarted.crc, straight.crc);
            entries += straight.entries;
            closes += straight.closes;
            free(bars);
        }
        printf("strategy %d: %d entries, %d closes\n", k->id, entries, closes);
        CHECK(entries >= k->minEntries);
    }
}

static void shouldOpenNothingInMonitorMode(void) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        caller c = start(&kinds[i], &markets[0]);
        c.settings[FXS_OPERATIONAL_MODE] = FXS_MODE_MONITOR;
        int count = caller_window(&c) - 1 + STEPS;
        fxs_bar *bars = bars_of(&kinds[i], &markets[0], 0, count);
        CHECK_INT(run(c, bars, count, NEVER).entries, 0);
        free(bars);
    }
}

/* Steps over the rest of the bars; returns the checksum of the rows and counts entries. */
static uint32_t go_on(caller *c, fxs_bar *bars, int from, int count, int *entries) {
    uint32_t crc = 0;
    for (int i = from; i < count; i++) {
        CHECK_INT(caller_step(c, bars, i), 0);
        *entries += check_rows(c);
        crc = fxs_crc32c(crc, c->rows, sizeof c->rows);
        caller_fill(c);
    }
    return crc;
}

/* A change of settings in the middle gives what a fresh instance with them would do from there on. */
static void shouldStartAnewWithChangedSettings(void) {
    static const int index[] = {0, 0, 3, 0, 0, 2, 1, 0, 1, 0};
    static const double value[] = {9, 10, 50, 8, 15, 60, 540, 7, 2, 40};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        caller c = start(&kinds[i], &markets[0]);
        int first = caller_window(&c) - 1, change = first + STEPS / 2, count = change + 2 * STEPS;
        fxs_bar *bars = bars_of(&kinds[i], &markets[0], 9, count);
        CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
        for (int j = first; j < change; j++) {
            CHECK_INT(caller_step(&c, bars, j), 0);
        }
        memset(c.orders, 0, sizeof c.orders);
        c.settings[index[i]] = value[i];
        caller fresh = c;
        int entries = 0, freshEntries = 0;
        uint32_t crc = go_on(&c, bars, change, count, &entries);
        CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
        CHECK_INT(go_on(&fresh, bars, change, count, &freshEntries), crc);
        CHECK_INT(freshEntries, entries);
        printf("strategy %d: %d entries with changed settings\n", kinds[i].id, entries);
        CHECK(entries > 0);
        deinitInstance(ID);
        free(bars);
    }
}

int main(void) {
    RUN(shouldKeepTheRulesOfMoneyOnEveryMarket);
    RUN(shouldOpenNothingInMonitorMode);
    RUN(shouldStartAnewWithChangedSettings);
    return 0;
}
