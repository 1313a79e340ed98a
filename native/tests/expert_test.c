/*
 * An expert of MetaTrader as it calls the library on each tick: settings from a .set file, rates
 * as MqlRates, orders newest first, live. Market orders are sent without levels and modified right
 * after; distances below the minimum are raised to it; lots are floored to the lot step.
 *
 * usage: expert_test LIBRARY
 */
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"
#include "library.h"
#include "market.h"
#include "set_file.h"

enum { MONDAY = 946857600, BARS = 6000, WINDOW = 1500, TICKETS = 400, OTHER_MAGIC = 5 };

static const char SET[] = "SECTION_2=### Common Strategy Settings ###\n"
                          "OPERATIONAL_MODE=1\nSTRATEGY_INSTANCE_ID=860013\n"
                          "STRATEGY_TIMEFRAME=60\nACCOUNT_RISK_PERCENT=1 \nMAX_OPEN_ORDERS=3\n"
                          "SECTION_3=### Additional Strategy Settings ###\nAUTOBBS_TREND_MODE=102";
static const double LOT_STEP = 0.01, MINIMUM_STOP = 0.0005;

static saker__set set;
static fxs_bar *bars;
static Mql5Rates rates[BARS];
static CRatesInfo info[FXS_SERIES_MAX];
static double account[FXS_ACCOUNT_FIGURES] = {4711, 100000, 100000, 0, 30, 100000, 0.0005, 50};
static double quotes[FXS_QUOTES] = {0, 0, 1, 1, 1, 1};
static fxs_order book[TICKETS]; /* by ticket */
static fxs_result results[3];
static int tickets, opened, closed, updated;

static void read_set(void) {
    CHECK_INT(saker__parse_set(SET, sizeof SET - 1, &set, NULL), 0);
    set.settings[FXS_USE_SL] = 1;
    set.settings[FXS_IS_BACKTESTING] = 0;
    set.settings[FXS_ORIGINAL_EQUITY] = 100000;
    set.settings[FXS_STRATEGY_ID] = 29;
    set.settings[FXS_ORDER_ROWS] = set.settings[FXS_MAX_OPEN_ORDERS] + 1;
}

static void enable(int index, int timeframe, int count) {
    info[index] = (CRatesInfo){1, timeframe, count, 60, WINDOW, 0.00001, 5};
}

static void copy_rates(void) {
    for (int i = 0; i < BARS; i++) {
        const fxs_bar *b = &bars[i];
        rates[i] = (Mql5Rates){(uint64_t)b->time, b->open, b->high, b->low, b->close,
                               (int64_t)b->volume, 2, 0};
    }
}

/* Open ones newest first, then closed ones newest first; nobody else's. */
static void collect(fxs_order out[4]) {
    int used = 0;
    memset(out, 0, 4 * sizeof *out);
    for (int isOpen = 1; isOpen >= 0; isOpen--) {
        for (int ticket = tickets; ticket >= 1 && used < 4; ticket--) {
            if (book[ticket].isOpen == isOpen && book[ticket].instanceId == 860013) {
                out[used++] = book[ticket];
            }
        }
    }
}

static void try_stops(const fxs_bar *bar) {
    for (int ticket = 1; ticket <= tickets; ticket++) {
        fxs_order *order = &book[ticket];
        int isBuy = order->type == FXS_ORDER_BUY;
        if (order->isOpen != 0 && order->stopLoss > 0
            && (isBuy ? bar->low <= order->stopLoss : bar->high >= order->stopLoss)) {
            order->isOpen = 0;
            order->closePrice = order->stopLoss;
        }
    }
}

static int run(int i) {
    char symbol[256] = "EURUSD", currency[256] = "USD", broker[256] = "Europe East";
    char reference[256] = "Europe East"; /* As "Pepperstone Group Limited" would be in the field. */
    int now = bars[i].time, count[6] = {0};
    fxs_order orders[4];
    Mql5Rates *r = rates + i + 1 - WINDOW, whole = rates[i];
    collect(orders);
    rates[i].high = rates[i].low = rates[i].close = rates[i].open; /* The bar has just begun. */
    memset(results, 0, sizeof results);
    int code = mql5_runStrategy(set.settings, symbol, currency, broker, reference, &now, count,
                                orders, account, quotes, info, r, r, r, r, r, r, r, r, r, r,
                                (double *)results);
    rates[i] = whole;
    return code;
}

static void set_levels(fxs_order *order, const fxs_result *row) {
    double sl = row->brokerSL > 0 ? fmax(row->brokerSL, MINIMUM_STOP) : 0;
    double tp = row->brokerTP > 0 ? fmax(row->brokerTP, MINIMUM_STOP) : 0;
    int isBuy = order->type == FXS_ORDER_BUY;
    double from = quotes[isBuy ? FXS_ASK : FXS_BID], sign = isBuy ? 1 : -1;
    order->stopLoss = sl > 0 ? from - sign * sl : 0;
    order->takeProfit = tp > 0 ? from + sign * tp : 0;
}

/* First what concerns an order that exists, then the openings, row by row. */
static void obey(int now) {
    for (int row = 0; row < 3; row++) {
        int signals = (int)results[row].tradingSignals;
        for (int ticket = 1; ticket <= tickets; ticket++) {
            fxs_order *order = &book[ticket];
            int isBuy = order->type == FXS_ORDER_BUY;
            double wanted = results[row].ticketNumber;
            if (order->isOpen == 0 || (wanted != -1 && wanted != order->ticket)) {
                continue;
            }
            if ((signals & (isBuy ? FXS_CLOSE_BUY : FXS_CLOSE_SELL)) != 0) {
                order->isOpen = 0;
                order->closePrice = quotes[isBuy ? FXS_BID : FXS_ASK];
                closed++;
            } else if ((signals & (isBuy ? FXS_UPDATE_BUY : FXS_UPDATE_SELL)) != 0) {
                double before = order->stopLoss;
                set_levels(order, &results[row]);
                /* ASI's stops only tighten, but for what the minimum pushes away; orders are read
                 * in single precision. */
                int isRaised = results[row].brokerSL < MINIMUM_STOP;
                CHECK(before == 0 || isRaised || (isBuy ? order->stopLoss >= before - 1e-6
                                                        : order->stopLoss <= before + 1e-6));
                updated++;
            }
        }
    }
    for (int row = 0; row < 3; row++) {
        int signals = (int)results[row].tradingSignals;
        int isBuy = (signals & FXS_OPEN_BUY) != 0;
        double lots = floor(results[row].lots / LOT_STEP + 1e-9) * LOT_STEP;
        if ((signals & (FXS_OPEN_BUY | FXS_OPEN_SELL)) == 0 || lots < LOT_STEP) {
            continue;
        }
        CHECK(tickets + 1 < TICKETS);
        fxs_order *order = &book[++tickets];
        *order = (fxs_order){.ticket = tickets, .instanceId = 860013, .openTime = now,
                             .type = isBuy ? FXS_ORDER_BUY : FXS_ORDER_SELL, .lots = lots,
                             .openPrice = quotes[isBuy ? FXS_ASK : FXS_BID], .isOpen = 1};
        set_levels(order, &results[row]);
        CHECK(order->stopLoss > 0);
        opened++;
    }
}

static void tick(int i) {
    quotes[FXS_BID] = bars[i].open;
    quotes[FXS_ASK] = bars[i].open + 0.0001;
    try_stops(&bars[i - 1]);
    CHECK_INT(run(i), 0);
    obey(bars[i].time);
}

static int has_wish(void) {
    return results[0].tradingSignals > 0;
}

/* The order is refused by the broker: the expert says so in a file, and is asked again. */
static void shouldBeAskedAgainAfterARefusedOrder(int i) {
    CHECK_INT(run(i), 0);
    CHECK(!has_wish()); /* The bar was run. */
    FILE *file = fopen("tmp/860013_orderFail.of", "w");
    CHECK(file != NULL && fputs("134", file) >= 0 && fclose(file) == 0);
    CHECK_INT(run(i), 0);
    CHECK(results[0].ticketNumber != 0); /* The rows were cleared: it ran. */
    CHECK(access("tmp/860013_orderFail.bak", F_OK) == 0);
}

static long size_of(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 ? (long)status.st_size : -1;
}

int main(int argc, char **argv) {
    char base[256] = "", quote[256] = "", symbol[256] = "EURUSD", currency[256] = "USD";
    CHECK(argc == 2);
    library_open(argv[1]);
    (void)unlink("tmp/860013.state");
    (void)unlink("tmp/860013_orderFail.bak");
    read_set();
    bars = market_bars(12, BARS, 60, MONDAY, 0);
    copy_rates();
    const int timeframes[] = {60, 60, 60, 240, 1440}, counts[] = {60, 60, 60, 60, 30};
    for (int i = 0; i < 5; i++) {
        enable(i, timeframes[i], counts[i]);
    }
    /* A position of somebody else on the same symbol. */
    book[++tickets] = (fxs_order){.ticket = 1, .instanceId = OTHER_MAGIC, .openTime = MONDAY,
                                  .type = FXS_ORDER_SELL, .openPrice = 1, .lots = 1, .isOpen = 1};
    CHECK_INT(initInstanceMQL5(860013, 0, (char *)market_config()), 0);
    CHECK_INT(mql5_getConversionSymbols(symbol, currency, base, quote), 0);
    CHECK_TEXT(base, "");

    for (int i = WINDOW; i < BARS; i++) {
        tick(i);
        if (i == WINDOW + 48) { /* A Tuesday. */
            shouldBeAskedAgainAfterARefusedOrder(i);
            obey(bars[i].time);
        }
    }
    deinitInstance(860013);

    printf("%d opened, %d closed, %d updated\n", opened, closed, updated);
    CHECK(opened > 5 && closed > 2 && updated > 100);
    CHECK(book[1].isOpen == 1); /* Not ours. */
    CHECK_INT(size_of("tmp/860013.state"), 12020);
    CHECK(size_of("tmp/860013_heartBeat.hb") >= 16);
    CHECK(size_of("tmp/860013.ui") > 0);
    free(bars);
    return 0;
}
