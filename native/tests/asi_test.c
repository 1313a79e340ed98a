/*
 * ASI and the frame of AUTOBBS against plain code: a yen market with quiet and wild weeks, and on
 * every call another table of orders, open and closed, pending and not, ours and others'. At that
 * price a single-precision number steps by a sixth of a pip, so rounding shows.
 */
#include "harness.h"
#include "market.h"

enum { MONDAY = 946857600, ID = 71, HOURS = 2600, DAY = 86400, ORDERS = MARKET_ORDERS };

static fxs_bar bars[HOURS];
static int count;

/* Weekdays alone; the range of an hour differs from week to week. */
static void make_market(uint64_t seed) {
    fxs_bar *made = market_bars(seed, 2 * HOURS, 60, MONDAY, 1);
    count = 0;
    double shown = 0, moved = 0;
    for (int i = 0; i < 2 * HOURS && count < HOURS; i++) {
        fxs_bar b = made[i];
        if (!fxs_is_trading_day(b.time, 0)) {
            continue;
        }
        double wild = 1 + b.time / (7 * DAY) % 4;
        if (count == 0) {
            shown = 150;
            moved = b.open;
        }
        double scale = 150 * wild;
        b.high = shown + scale * (b.high - moved);
        b.low = shown + scale * (b.low - moved);
        double close = shown + scale * (b.close - moved);
        moved = b.close;
        b.open = shown;
        b.close = close;
        shown = close;
        bars[count++] = b;
    }
    CHECK_INT(count, HOURS);
    free(made);
}

/* --- The plain code. */

typedef struct {
    double high[40], low[40], close[40]; /* completed days, newest first */
} days;

static days days_at(int end) {
    days d;
    memset(&d, 0, sizeof d);
    int n = -1, today = bars[end].time / DAY, day = today;
    for (int i = end - 1; i >= 0 && n < 39; i--) {
        if (bars[i].time / DAY == today) {
            continue;
        }
        if (bars[i].time / DAY != day) {
            day = bars[i].time / DAY;
            n++;
            d.high[n] = bars[i].high;
            d.low[n] = bars[i].low;
            d.close[n] = bars[i].close;
        }
        d.high[n] = fmax(d.high[n], bars[i].high);
        d.low[n] = fmin(d.low[n], bars[i].low);
    }
    return d;
}

static double strength(const days *d, int up) {
    double sum = 0;
    for (int j = 0; j <= 4; j++) {
        for (int k = 0; k <= 9; k++) {
            double change = d->close[j + k] - d->close[j + k + 1];
            sum += up ? (change > 0 ? change : 0) : (change < 0 ? -change : 0);
        }
    }
    return sum / 50;
}

static double atr_of(const days *d) {
    double sum = 0;
    for (int i = 0; i < 20; i++) {
        double high = fmax(d->high[i], d->close[i + 1]), low = fmin(d->low[i], d->close[i + 1]);
        sum += high - low;
    }
    return sum / 20;
}

static double f32(double price) {
    return (double)(float)price;
}

typedef struct {
    fxs_result rows[MARKET_ROWS];
    int used;
} wishes;

static void wish(const caller *c, wishes *w, fxs_result row) {
    if (w->used < (int)c->settings[FXS_MAX_OPEN_ORDERS]) {
        w->rows[w->used++] = row;
    }
}

static int is_ours(const fxs_order *o) {
    return o->ticket != 0 && o->instanceId == ID;
}

static const int closing[] = {FXS_CLOSE_BUY,       FXS_CLOSE_SELL,    FXS_CLOSE_BUYLIMIT,
                              FXS_CLOSE_SELLLIMIT, FXS_CLOSE_BUYSTOP, FXS_CLOSE_SELLSTOP};

static void close_one(const caller *c, wishes *w, const fxs_order *o) {
    wish(c, w, (fxs_result){.ticketNumber = o->ticket, .tradingSignals = closing[(int)o->type],
                            .lots = o->lots});
}

static int blocked(const caller *c, int sign) {
    return c->settings[FXS_OPERATIONAL_MODE] != FXS_MODE_ON
        || (c->settings[FXS_IS_BACKTESTING] == 0
            && (c->account[FXS_OPEN_RISK_PERCENT] < -c->settings[FXS_MAX_ACCOUNT_RISK]
                || c->settings[FXS_ONE_SIDE] * sign < 0));
}

static int lastUpdateDay;

static wishes oracle(const caller *c, const days *d) {
    wishes w;
    memset(&w, 0, sizeof w);
    int today = c->brokerTime / DAY, open = 0;
    const fxs_order *latest = NULL;
    for (int i = 0; i < ORDERS; i++) {
        const fxs_order *o = &c->orders[i];
        if (!is_ours(o)) {
            continue;
        }
        open += o->isOpen != 0;
        latest = latest == NULL || o->openTime > latest->openTime ? o : latest;
        if (o->isOpen != 0 && o->type >= 2 && (int)o->openTime / DAY < today) {
            close_one(c, &w, o);
        }
    }
    double bull = strength(d, 1), bear = strength(d, 0), s = 1.5 * atr_of(d);
    int sign = bull > bear ? 1 : -1, mine = sign > 0 ? FXS_ORDER_BUY : FXS_ORDER_SELL;
    double entry = c->quotes[sign > 0 ? FXS_ASK : FXS_BID], stop = entry - sign * s;
    if (latest != NULL && latest->isOpen != 0 && latest->type == mine
        && sign * (stop - f32(latest->openPrice)) > 0) {
        stop = f32(latest->openPrice);
    }
    for (int i = 0; i < ORDERS; i++) {
        const fxs_order *o = &c->orders[i];
        if (is_ours(o) && o->isOpen != 0 && o->type == 1 - mine) {
            close_one(c, &w, o);
        }
    }
    int signal = latest == NULL
        || (latest->isOpen == 0 && sign * (d->close[0] - d->close[1]) > 0);
    if (signal && !blocked(c, sign) && open < (int)c->settings[FXS_MAX_OPEN_ORDERS]) {
        double lots = 0.01 * c->settings[FXS_ACCOUNT_RISK_PERCENT] * c->account[FXS_EQUITY]
            / (s * 100000 / c->quotes[FXS_ASK]);
        wish(c, &w, (fxs_result){.ticketNumber = -1, .lots = fmax(0.01, lots),
                                 .tradingSignals = sign > 0 ? FXS_OPEN_BUY : FXS_OPEN_SELL,
                                 .entryPrice = entry, .brokerSL = fabs(entry - stop)});
        return w;
    }
    int dropsTarget = c->brokerTime / 60 % 60 >= 15 && today != lastUpdateDay;
    for (int i = 0; i < ORDERS; i++) {
        const fxs_order *o = &c->orders[i];
        if (!is_ours(o) || o->isOpen == 0 || o->type != mine
            || w.used == (int)c->settings[FXS_MAX_OPEN_ORDERS]) {
            continue;
        }
        double distance = fabs(entry - stop);
        if (o->stopLoss > 0) {
            distance = fmin(distance, fabs(entry - f32(o->stopLoss)));
        }
        double exit = c->quotes[sign > 0 ? FXS_BID : FXS_ASK];
        int inProfit = sign * (exit - f32(o->openPrice)) > 0;
        double target = o->takeProfit == 0 || (dropsTarget && inProfit)
            ? 0
            : fabs(entry - f32(o->takeProfit));
        wish(c, &w, (fxs_result){.ticketNumber = o->ticket, .lots = o->lots, .entryPrice = entry,
                                 .tradingSignals = sign > 0 ? FXS_UPDATE_BUY : FXS_UPDATE_SELL,
                                 .brokerSL = distance, .brokerTP = target});
        lastUpdateDay = today;
    }
    return w;
}

/* --- The runs. */

static void make_orders(caller *c, uint64_t *seed) {
    memset(c->orders, 0, sizeof c->orders);
    int held = random_below(seed, ORDERS + 1);
    for (int i = 0; i < held; i++) {
        double price = c->quotes[FXS_BID];
        int isOpen = random_below(seed, 3) > 0, type = random_below(seed, 3) > 0
            ? random_below(seed, 2)
            : random_below(seed, 6);
        int age = random_below(seed, 60) * 3600 + i; /* No two are opened in the same second. */
        c->orders[i] = (fxs_order){
            .ticket = 1000 + i,
            .instanceId = random_below(seed, 5) == 0 ? ID + 1 : ID,
            .type = type,
            .isOpen = isOpen,
            .openTime = c->brokerTime - age,
            .openPrice = price + 0.8 * (random_unit(seed) - 0.5),
            .stopLoss = random_below(seed, 4) == 0 ? 0 : price + 2 * (random_unit(seed) - 0.5),
            .takeProfit = random_below(seed, 2) == 0 ? 0 : price + 2 * (random_unit(seed) - 0.5),
            .lots = 0.01 * (1 + random_below(seed, 100)),
        };
    }
}

static int seen[3]; /* entries, updates, closes */

static void compare(const caller *c, const days *d) {
    wishes w = oracle(c, d);
    for (int i = 0; i < (int)c->settings[FXS_MAX_OPEN_ORDERS]; i++) {
        const fxs_result *row = &c->rows[i];
        fxs_result expected = i < w.used ? w.rows[i] : (fxs_result){.ticketNumber = -1};
        int signals = (int)expected.tradingSignals;
        CHECK_INT((int)row->tradingSignals, signals);
        CHECK_NEAR(row->ticketNumber, expected.ticketNumber, 0);
        CHECK_NEAR(row->lots, expected.lots, 1e-9 * expected.lots);
        CHECK_NEAR(row->entryPrice, expected.entryPrice, 0);
        CHECK_NEAR(row->brokerSL, expected.brokerSL, 1e-10);
        CHECK_NEAR(row->brokerTP, expected.brokerTP, 0);
        seen[0] += (signals & (FXS_OPEN_BUY | FXS_OPEN_SELL)) != 0;
        seen[1] += (signals & (FXS_UPDATE_BUY | FXS_UPDATE_SELL)) != 0;
        seen[2] += i < w.used && expected.entryPrice == 0;
    }
}

static caller start(uint64_t seed) {
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    caller c = caller_of(ID, (seed & 1) != 0 ? 29 : 30, 60);
    caller_series(&c, 4, 1440, 25, 60);
    c.symbol = "USDJPY";
    c.spread = 0.013;
    c.settings[FXS_TREND_MODE] = 102;
    c.settings[FXS_RUN_EVERY_TICK] = 1;
    c.settings[FXS_MAX_OPEN_ORDERS] = 1 + (double)(seed % MARKET_ROWS);
    c.settings[FXS_ORDER_ROWS] = ORDERS;
    c.settings[FXS_IS_BACKTESTING] = (seed & 2) != 0;
    c.settings[FXS_MAX_ACCOUNT_RISK] = 3;
    c.settings[FXS_ONE_SIDE] = (double)(seed % 3) - 1;
    lastUpdateDay = 0;
    return c;
}

static void shouldFollowTheRulesWhateverTheOrders(void) {
    for (uint64_t seed = 1; seed <= 12; seed++) {
        uint64_t chance = seed;
        make_market(seed);
        caller c = start(seed);
        for (int i = caller_window(&c) - 1; i < count; i += 1) {
            c.settings[FXS_OPERATIONAL_MODE] = 1 + (random_below(&chance, 10) == 0);
            c.account[FXS_OPEN_RISK_PERCENT] = -random_below(&chance, 6);
            days d = days_at(i);
            memset(c.orders, 0, sizeof c.orders); /* So that the broker of the test fills none. */
            c.brokerTime = bars[i].time;
            c.quotes[FXS_BID] = bars[i].open;
            CHECK_INT(caller_step(&c, bars, i), 0);
            compare(&c, &d);

            make_orders(&c, &chance); /* A tick of the same hour. */
            c.brokerTime += 60 * (5 + 10 * random_below(&chance, 3));
            c.quotes[FXS_BID] += 0.2 * (random_unit(&chance) - 0.5);
            c.quotes[FXS_ASK] = c.quotes[FXS_BID] + c.spread;
            memset(c.rows, 0, sizeof c.rows);
            CHECK_INT(caller_call(&c), 0);
            compare(&c, &d);
        }
        deinitInstance(ID);
    }
    printf("ASI: %d entries, %d updates, %d closes\n", seen[0], seen[1], seen[2]);
    CHECK(seen[0] > 1000 && seen[1] > 1000 && seen[2] > 1000);
}

/* The broker's books over a run without a user's hand: a stop only ever tightens. */
static void shouldNeverLoosenAStop(void) {
    make_market(99);
    caller c = start(3);
    c.settings[FXS_RUN_EVERY_TICK] = 0;
    c.settings[FXS_ONE_SIDE] = 0;
    int moves = 0;
    for (int i = caller_window(&c) - 1; i < count; i++) {
        fxs_order before[ORDERS];
        CHECK_INT(caller_step(&c, bars, i), 0);
        memcpy(before, c.orders, sizeof before);
        caller_fill(&c);
        for (int j = 0; j < ORDERS; j++) {
            for (int k = 0; k < ORDERS; k++) {
                if (before[j].isOpen != 0 && c.orders[k].ticket == before[j].ticket) {
                    double sign = before[j].type == FXS_ORDER_BUY ? 1 : -1;
                    double gain = sign * (c.orders[k].stopLoss - before[j].stopLoss);
                    CHECK(gain >= -8e-6); /* Half a step of the single-precision price. */
                    moves += gain > 1e-4;
                }
            }
        }
    }
    CHECK(moves > 20);
    deinitInstance(ID);
}

/* --- The frame and the modes. */

static int code_of(int strategyId, int mode) {
    make_market(5);
    caller c = start(2);
    c.settings[FXS_STRATEGY_ID] = strategyId;
    c.settings[FXS_TREND_MODE] = mode;
    return caller_step(&c, bars, caller_window(&c) - 1);
}

static void shouldRefuseModesOfWhichOnlyOutlinesAreKnown(void) {
    static const int outlines[] = {0,  2,  3,  9,  10, 15, 16, 17, 18, 20, 21,
                                   23, 24, 25, 26, 28, 30, 31, 33, 34, 35};
    for (int mode = 0; mode <= 110; mode++) {
        int expected = 0;
        for (size_t i = 0; i < sizeof outlines / sizeof outlines[0]; i++) {
            expected = mode == outlines[i] ? SAKER_INVALID_STRATEGY : expected;
        }
        CHECK_INT(code_of(mode % 2 == 0 ? 29 : 30, mode), expected);
    }
    CHECK_INT(code_of(29, -1), SAKER_INVALID_STRATEGY);
    CHECK_INT(code_of(26, 102), SAKER_INVALID_STRATEGY);
    CHECK_INT(code_of(27, 14), SAKER_INVALID_STRATEGY);
    CHECK_INT(code_of(31, 14), SAKER_INVALID_STRATEGY);
}

static void shouldRunAModeWithoutARule(void) {
    static const int modes[] = {14, 19, 36, 1};
    make_market(6);
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        caller c = start(3);
        c.settings[FXS_TREND_MODE] = modes[i];
        int end = caller_window(&c) - 1;
        c.orders[0] = (fxs_order){.ticket = 5, .instanceId = ID, .type = FXS_ORDER_BUY,
                                  .isOpen = 1, .openTime = bars[end].time - 3 * DAY,
                                  .openPrice = 150, .lots = 1};
        CHECK_INT(caller_step(&c, bars, end), 0);
        for (int row = 0; row < MARKET_ROWS; row++) {
            const fxs_result nothing = {.ticketNumber = -1};
            CHECK(memcmp(&c.rows[row], &nothing, sizeof nothing) == 0);
        }
        c.orders[0].type = FXS_ORDER_SELLSTOP; /* The frame's: it waited since another day. */
        CHECK_INT(caller_step(&c, bars, end), 0);
        CHECK_INT((int)c.rows[0].tradingSignals, FXS_CLOSE_SELLSTOP);

        c.settings[FXS_TREND_MODE] = 102; /* Another rule is another strategy. */
        CHECK_INT(caller_step(&c, bars, end), SAKER_INVALID_STRATEGY);
    }
}

static void shouldRefuseATrendAgainstTheOnlySide(void) {
    static const int modes[] = {102, 14};
    make_market(7);
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        for (int macro = -1; macro <= 1; macro++) {
            for (int side = -1; side <= 1; side++) {
                caller c = start(2);
                c.settings[FXS_TREND_MODE] = modes[i];
                c.settings[FXS_MACRO_TREND] = macro;
                c.settings[FXS_ONE_SIDE] = side;
                int code = caller_step(&c, bars, caller_window(&c) - 1);
                CHECK_INT(code, macro * side < 0 ? SAKER_INVALID_CONFIG : 0);
            }
        }
    }
}

int main(void) {
    RUN(shouldFollowTheRulesWhateverTheOrders);
    RUN(shouldNeverLoosenAStop);
    RUN(shouldRefuseModesOfWhichOnlyOutlinesAreKnown);
    RUN(shouldRunAModeWithoutARule);
    RUN(shouldRefuseATrendAgainstTheOnlySide);
    deinitInstance(ID);
    return 0;
}
