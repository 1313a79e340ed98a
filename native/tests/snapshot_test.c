/* A restored instance goes on as if nothing had happened, and a bad snapshot changes nothing. */
#include "harness.h"
#include "market.h"
#include "strategy/idea.h"

enum { MONDAY = 946857600, FIRST = 21, SECOND = 22 };

static void init(int id) {
    CHECK_INT(initInstanceC(id, 1, (char *)market_config(), ""), 0);
}

static char *snapshot_of(int id, int *length) {
    *length = fxs_snapshot(id, NULL, 0);
    CHECK(*length > 0);
    char *bytes = malloc((size_t)*length);
    CHECK_INT(fxs_snapshot(id, bytes, *length), *length);
    return bytes;
}

/*
 * Before every bar a fresh instance is restored from the running one, and answers the bar too. It
 * has the same id in the settings, since orders are found by it; only the table's id differs.
 */
static int compare_runs(caller c, fxs_bar *bars, int count, int everyNth) {
    int wishes = 0, length = 0;
    init(FIRST);
    for (int i = caller_window(&c) - 1; i < count; i++) {
        char *before = NULL;
        if (i % everyNth == 0) {
            before = snapshot_of(FIRST, &length);
        }
        caller twin = c;
        CHECK_INT(caller_step(&c, bars, i), 0);
        if (before != NULL) {
            int after = 0, twinAfter = 0;
            char *expected = snapshot_of(FIRST, &after);
            init(FIRST);
            CHECK_INT(fxs_restore(FIRST, before, length), 0);
            CHECK_INT(caller_step(&twin, bars, i), 0);
            char *actual = snapshot_of(FIRST, &twinAfter);
            CHECK(memcmp(twin.rows, c.rows, sizeof c.rows) == 0);
            CHECK_INT(twinAfter, after);
            CHECK(memcmp(actual, expected, (size_t)after) == 0);
            free(expected);
            free(actual);
            free(before);
        }
        wishes += c.rows[0].tradingSignals > 0;
        caller_fill(&c);
    }
    deinitInstance(FIRST);
    return wishes;
}

static void shouldGoOnFromEveryBarOfABreakout(void) {
    fxs_bar *bars = market_bars(4, 5000, 1, MONDAY, 1);
    caller c = caller_of(FIRST, 1000, 1);
    CHECK(compare_runs(c, bars, 5000, 1) > 200);
    free(bars);
}

static void shouldGoOnFromEveryBarOfAMacd(void) {
    fxs_bar *bars = market_bars(5, 5000, 1, MONDAY, 1);
    caller c = caller_of(FIRST, 1001, 5);
    caller_series(&c, 0, 5, 60, 1);
    CHECK(compare_runs(c, bars, 5000, 1) > 20);
    free(bars);
}

static void shouldGoOnFromEveryBarOfAnAsi(void) {
    fxs_bar *bars = market_bars(6, 5000, 60, MONDAY, 0);
    caller c = caller_of(FIRST, 29, 60);
    caller_autobbs(&c, 60);
    CHECK(compare_runs(c, bars, 5000, 7) > 1000);
    free(bars);
}

static void shouldRestoreUnderAnotherId(void) {
    fxs_bar *bars = market_bars(4, 3100, 1, MONDAY, 0);
    caller c = caller_of(FIRST, 1000, 1);
    init(FIRST);
    for (int i = 3000; i < 3100; i++) {
        CHECK_INT(caller_step(&c, bars, i), 0);
    }
    int length = 0, copied = 0;
    char *bytes = snapshot_of(FIRST, &length);
    init(SECOND);

    CHECK_INT(fxs_restore(SECOND, bytes, length), 0);

    char *copy = snapshot_of(SECOND, &copied);
    CHECK_INT(copied, length);
    CHECK(memcmp(copy, bytes, (size_t)length) == 0);
    free(copy);
    free(bytes);
    free(bars);
    deinitInstance(FIRST);
    deinitInstance(SECOND);
}

static void shouldKeepAnInstanceThatNeverRan(void) {
    init(FIRST);
    int length = 0;
    char *bytes = snapshot_of(FIRST, &length);

    CHECK_INT(fxs_restore(FIRST, bytes, length), 0);

    fxs_bar *bars = market_bars(4, 3100, 1, MONDAY, 0);
    caller c = caller_of(FIRST, 1000, 1);
    CHECK_INT(caller_step(&c, bars, 3050), 0);
    free(bars);
    free(bytes);
    deinitInstance(FIRST);
}

static void check_untouched(int id, const char *bytes, int length) {
    int now = 0;
    char *after = snapshot_of(id, &now);
    CHECK_INT(now, length);
    CHECK(memcmp(after, bytes, (size_t)length) == 0);
    free(after);
}

static void shouldRefuseABadSnapshotAndStayAsItWas(void) {
    fxs_bar *bars = market_bars(4, 3100, 1, MONDAY, 0);
    caller c = caller_of(FIRST, 1000, 1);
    init(FIRST);
    CHECK_INT(caller_step(&c, bars, 3050), 0);
    int length = 0;
    char *bytes = snapshot_of(FIRST, &length);
    char *damaged = malloc((size_t)length + 1);

    for (int i = 0; i < length; i += i < 1200 ? 1 : 61) {
        memcpy(damaged, bytes, (size_t)length);
        damaged[i] ^= 0x10;
        CHECK_INT(fxs_restore(FIRST, damaged, length), FXS_ESNAPSHOT);
    }
    for (int cut = 0; cut < length; cut += 89) {
        CHECK_INT(fxs_restore(FIRST, bytes, cut), FXS_ESNAPSHOT);
    }
    memcpy(damaged, bytes, (size_t)length);
    damaged[length] = 0;
    CHECK_INT(fxs_restore(FIRST, damaged, length + 1), FXS_ESNAPSHOT);
    CHECK_INT(fxs_restore(FIRST, NULL, length), FXS_EINVAL);
    CHECK_INT(fxs_restore(FIRST, bytes, -1), FXS_EINVAL);
    CHECK_INT(fxs_restore(999, bytes, length), FXS_EINSTANCE);
    CHECK_INT(fxs_snapshot(999, damaged, length), FXS_EINSTANCE);
    CHECK_INT(fxs_snapshot(FIRST, damaged, length - 1), FXS_ESPACE);

    check_untouched(FIRST, bytes, length);
    free(damaged);
    free(bytes);
    free(bars);
    deinitInstance(FIRST);
}

/* A snapshot of a release is read by the next: its parts stay where they are. */
static void shouldKeepTheLayoutOfEveryState(void) {
    static const struct {
        int id;
        size_t size;
    } states[] = {
        {19, 8},       {29, 32},      {1000, 8376}, {1001, 4248},  {1002, 4848}, {1003, 8920},
        {1004, 29440}, {1005, 13056}, {1006, 4792}, {1007, 54192}, {1008, 4728}, {1009, 8896},
    };
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        const fxs__strategy *strategy = fxs__strategy_find(states[i].id, 102);
        CHECK(strategy != NULL);
        CHECK_INT((int64_t)strategy->stateSize, (int64_t)states[i].size);
        const fxs__idea *idea = strategy->idea;
        if (idea != NULL) {
            CHECK_INT((int64_t)idea->stateSize, (int64_t)strategy->stateSize);
            CHECK_INT((int64_t)idea->seenOffset, 0);
            CHECK_INT((int64_t)idea->madeOffset, sizeof(int64_t));
            CHECK_INT((int64_t)(idea->bookOffset + sizeof(fxs__book)), (int64_t)idea->stateSize);
        }
    }
}

int main(void) {
    RUN(shouldKeepTheLayoutOfEveryState);
    RUN(shouldGoOnFromEveryBarOfABreakout);
    RUN(shouldGoOnFromEveryBarOfAMacd);
    RUN(shouldGoOnFromEveryBarOfAnAsi);
    RUN(shouldRestoreUnderAnotherId);
    RUN(shouldKeepAnInstanceThatNeverRan);
    RUN(shouldRefuseABadSnapshotAndStayAsItWas);
    return 0;
}
