/*
 * @TITLE@, rule by rule, on bars that are made for each rule. Change a rule, and the test that
 * states it must be changed with it.
 */
#include "harness.h"
#include "market.h"

enum { MONDAY = 946857600, INSTANCE = 51, STRATEGY = @ID@, MINUTES = 5, BARS = 60, COUNT = 800 };

/* Closes as given by `move` from bar to bar, up to the last bar, which forms. */
static fxs_bar *bars_of(double (*move)(int bar)) {
    fxs_bar *bars = calloc(COUNT, sizeof *bars);
    CHECK(bars != NULL);
    double price = 1.2;
    for (int i = 0; i < COUNT; i++) {
        double next = price + move(i);
        double high = fmax(price, next) + 0.0001, low = fmin(price, next) - 0.0001;
        bars[i] = (fxs_bar){price, high, low, next, 1, MONDAY + i * MINUTES * 60, 0};
        price = next;
    }
    return bars;
}

/* Down, and up in the last completed bar. */
static double turning_up(int bar) {
    return bar == COUNT - 2 ? 0.01 : -0.0002;
}

static double turning_down(int bar) {
    return -turning_up(bar);
}

static double rising(int bar) {
    (void)bar;
    return 0.0002;
}

static caller start(void) {
    CHECK_INT(initInstanceC(INSTANCE, 1, (char *)market_config(), ""), 0);
    caller c = caller_of(INSTANCE, STRATEGY, MINUTES);
    caller_series(&c, 0, MINUTES, BARS, MINUTES);
    return c;
}

/* The code of the call at the last bar. */
static int step(caller *c, double (*move)(int bar)) {
    fxs_bar *bars = bars_of(move);
    int code = caller_step(c, bars, COUNT - 1);
    free(bars);
    return code;
}

static void shouldBuyWhenTheCloseCrossesAboveItsAverage(void) {
    caller c = start();

    CHECK_INT(step(&c, turning_up), 0);

    CHECK_INT((int)c.rows[0].tradingSignals, FXS_OPEN_BUY);
    CHECK_NEAR(c.rows[0].entryPrice, c.quotes[FXS_ASK], 0);
    CHECK(c.rows[0].lots > 0);
    CHECK_NEAR(c.rows[0].brokerTP / c.rows[0].brokerSL, 1.5, 1e-9); /* Three ATRs to two. */
    CHECK_INT((int)c.rows[1].tradingSignals, 0);
    deinitInstance(INSTANCE);
}

static void shouldSellWhenTheCloseCrossesBelowItsAverage(void) {
    caller c = start();

    CHECK_INT(step(&c, turning_down), 0);

    CHECK_INT((int)c.rows[0].tradingSignals, FXS_OPEN_SELL);
    CHECK_NEAR(c.rows[0].entryPrice, c.quotes[FXS_BID], 0);
    deinitInstance(INSTANCE);
}

static void shouldWishNothingWithoutACross(void) {
    caller c = start();

    CHECK_INT(step(&c, rising), 0);

    CHECK_INT((int)c.rows[0].tradingSignals, 0);
    deinitInstance(INSTANCE);
}

static void shouldCloseWhatAnOppositeCrossEnds(void) {
    caller c = start();
    c.orders[0] = (fxs_order){
        .ticket = 7, .instanceId = INSTANCE, .type = FXS_ORDER_SELL, .openPrice = 1.2,
        .lots = 0.3, .openTime = MONDAY + (COUNT - 5) * MINUTES * 60, .isOpen = 1,
    };

    CHECK_INT(step(&c, turning_up), 0);

    CHECK_INT((int)c.rows[0].tradingSignals, FXS_CLOSE_SELL);
    CHECK_NEAR(c.rows[0].ticketNumber, 7, 0);
    CHECK_INT((int)c.rows[1].tradingSignals, 0); /* The next cross enters, not this one. */
    deinitInstance(INSTANCE);
}

static void shouldRefuseSettingsOutOfRange(void) {
    double refused[] = {1, 501, -20, NAN, INFINITY};
    for (int i = 0; i < (int)(sizeof refused / sizeof refused[0]); i++) {
        caller c = start();
        c.settings[0] = refused[i];
        CHECK_INT(step(&c, rising), SAKER_INVALID_PARAMETER);
        deinitInstance(INSTANCE);
    }
}

static void shouldWantMoreBarsThanItsLookback(void) {
    caller c = start();
    c.settings[0] = BARS; /* Needs more completed bars than there are. */

    CHECK_INT(step(&c, rising), SAKER_NOT_ENOUGH_RATES_DATA);
    deinitInstance(INSTANCE);
}

int main(void) {
    RUN(shouldBuyWhenTheCloseCrossesAboveItsAverage);
    RUN(shouldSellWhenTheCloseCrossesBelowItsAverage);
    RUN(shouldWishNothingWithoutACross);
    RUN(shouldCloseWhatAnOppositeCrossEnds);
    RUN(shouldRefuseSettingsOutOfRange);
    RUN(shouldWantMoreBarsThanItsLookback);
    return 0;
}
