/*
 * Our own strategies as a front end uses them, through the library and its files: an entry whose
 * order failed, and the exit before the weekend where no bar opens at that minute.
 *
 * usage: own_strategies_test LIBRARY
 */
#include <unistd.h>

#include "harness.h"
#include "library.h"
#include "market.h"

enum { MONDAY = 946857600, ID = 91, DAY = 86400, ENTRIES = 3 };
enum { OPENS = FXS_OPEN_BUY | FXS_OPEN_SELL };

static int signals_of(const caller *c) {
    return (int)c->rows[0].tradingSignals;
}

static int holds(const caller *c) {
    return c->orders[0].isOpen != 0;
}

static void tell_of_a_failed_order(void) {
    FILE *file = fopen("tmp/91_orderFail.of", "w");
    CHECK(file != NULL && fputs("134", file) >= 0 && fclose(file) == 0);
}

/* The same tick once more: the bar that has just begun. */
static void ask_again(caller *c, fxs_bar *bar) {
    fxs_bar whole = *bar;
    *bar = (fxs_bar){whole.open, whole.open, whole.open, whole.open, 0, whole.time, 0};
    memset(c->rows, 0, sizeof c->rows);
    CHECK_INT(caller_call(c), 0);
    *bar = whole;
}

static void refuse_and_retry(caller *c, fxs_bar *bar) {
    const fxs_result wish = c->rows[0];
    ask_again(c, bar);
    CHECK_INT(signals_of(c), 0); /* The bar was run. */

    tell_of_a_failed_order();
    ask_again(c, bar);
    CHECK(memcmp(&wish, &c->rows[0], sizeof wish) == 0);
    CHECK(access("tmp/91_orderFail.of", F_OK) != 0);
    CHECK(access("tmp/91_orderFail.bak", F_OK) == 0);
    caller_fill(c);

    tell_of_a_failed_order(); /* Of its stop, say: the entry was made. */
    ask_again(c, bar);
    CHECK_INT(signals_of(c) & OPENS, 0);
}

static void try_failed_entries(int strategyId, int minutes, int count) {
    (void)unlink("tmp/91.state");
    CHECK_INT(initInstanceC(ID, 0, (char *)market_config(), ""), 0);
    caller c = caller_of(ID, strategyId, minutes);
    c.settings[FXS_IS_BACKTESTING] = 0;
    fxs_bar *bars = market_bars(4, count, minutes, MONDAY, 0);
    int entries = 0;
    for (int i = caller_window(&c) - 1; i < count && entries < ENTRIES; i++) {
        CHECK_INT(caller_step(&c, bars, i), 0);
        if (!holds(&c) && (signals_of(&c) & OPENS) != 0) {
            refuse_and_retry(&c, &bars[i]);
            entries++;
        } else {
            caller_fill(&c);
        }
    }
    CHECK_INT(entries, ENTRIES);
    deinitInstance(ID);
    free(bars);
}

static void shouldTryAnEntryAgainWhoseOrderFailed(void) {
    try_failed_entries(1000, 1, 3400);
    try_failed_entries(1001, 1, 3400);
    try_failed_entries(1004, 60, 1500);
}

/* FRIDAY_EXIT at 22:00; the bars of that day open at 16:00 and 20:00. */
static void shouldHoldNothingOverTheWeekendOnFourHours(void) {
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    caller c = caller_of(ID, 1004, 240);
    c.settings[21] = 22 * 60;
    int count = 3000, left = 0, held = 0;
    fxs_bar *bars = market_bars(6, count, 240, MONDAY, 0);
    for (int i = caller_window(&c) - 1; i < count; i++) {
        CHECK_INT(caller_step(&c, bars, i), 0);
        int sinceMonday = (bars[i].time - MONDAY) % (7 * DAY);
        int isLastOfWeek = sinceMonday == 4 * DAY + 20 * 3600;
        left += isLastOfWeek && holds(&c);
        held += sinceMonday == 4 * DAY + 16 * 3600 && holds(&c) && signals_of(&c) == 0;
        caller_fill(&c);
        CHECK(!(isLastOfWeek || sinceMonday >= 5 * DAY) || !holds(&c));
    }
    printf("%d trades left before the weekend\n", left);
    CHECK(left > 5);
    CHECK(held > 5); /* Not a bar too early. */
    deinitInstance(ID);
    free(bars);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    library_open(argv[1]);
    RUN(shouldTryAnEntryAgainWhoseOrderFailed);
    RUN(shouldHoldNothingOverTheWeekendOnFourHours);
    return 0;
}
