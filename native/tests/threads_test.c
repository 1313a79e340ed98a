/*
 * Threads on the library: different ids side by side, live with their files, and one id from many
 * threads at once, with inits, snapshots and ends in between. The thread sanitizer's build says
 * whether anything is shared that should not be; here the answers are checked.
 *
 * usage: threads_test LIBRARY
 */
#include <pthread.h>
#include <stdatomic.h>

#include "harness.h"
#include "library.h"
#include "market.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { LIVES = 200 }; /* The release library does all. */
#else
enum { LIVES = 3000 };
#endif
enum { MONDAY = 946857600, THREADS = 6, BARS = 3600, SHARED_ID = 900, SNAPSHOT_MAX = 1 << 17 };

typedef struct {
    pthread_t thread;
    int index;
    uint64_t checksum;
    int calls;
} worker;

static worker workers[THREADS];
static atomic_int failures, isEnded;

static void mix(uint64_t *checksum, const void *bytes, size_t length) {
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++) {
        *checksum = (*checksum ^ at[i]) * 0x100000001B3u;
    }
}

static void *trade(void *argument) {
    worker *w = argument;
    fxs_bar *bars = market_bars(9, BARS, 1, MONDAY, 0);
    caller c = caller_of(800 + w->index, w->index % 2 == 0 ? 1000 : 1001, 1);
    c.settings[FXS_IS_BACKTESTING] = w->index % 3 == 0;
    CHECK_INT(initInstanceC(800 + w->index, w->index % 3 == 0, (char *)"test-config.xml", "1"), 0);
    w->checksum = 0;
    for (int i = caller_window(&c) - 1; i < BARS; i++) {
        CHECK_INT(caller_step(&c, bars, i), 0);
        caller_fill(&c);
        mix(&w->checksum, c.rows, sizeof c.rows);
        w->calls++;
    }
    deinitInstance(800 + w->index);
    free(bars);
    return NULL;
}

static void run_all(void *(*work)(void *)) {
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){.index = i};
        CHECK(pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(workers[i].thread, NULL) == 0);
    }
}

static void shouldTradeSideBySide(void) {
    CHECK(system("rm -f tmp/80?.state") == 0);
    run_all(trade);
    for (int i = 2; i < THREADS; i++) {
        CHECK(workers[i].checksum == workers[i % 2].checksum);
    }
    CHECK(workers[0].checksum != workers[1].checksum);
}

/* Any of the answers of its life is right; nothing else is. */
static void expect(int code, int isInstance, int other) {
    if (code != 0 && code != isInstance && code != other) {
        atomic_fetch_add(&failures, 1);
    }
}

static void *disturb(void *argument) {
    worker *w = argument;
    uint64_t seed = (uint64_t)w->index;
    fxs_bar *bars = market_bars(9, BARS, 1, MONDAY, 0);
    char *snapshot = malloc(SNAPSHOT_MAX);
    caller c = caller_of(SHARED_ID, 1000, 1);
    for (int n = 0; n < 400; n++) {
        int what = random_below(&seed, 20);
        if (what == 0) {
            expect(initInstanceC(SHARED_ID, 1, (char *)"test-config.xml", "1"), 0, 0);
        } else if (what == 1) {
            deinitInstance(SHARED_ID);
        } else if (what == 2) {
            int length = fxs_snapshot(SHARED_ID, snapshot, SNAPSHOT_MAX);
            if (length > 0) {
                expect(fxs_restore(SHARED_ID, snapshot, length), FXS_EINSTANCE, 0);
            } else {
                expect(length, FXS_EINSTANCE, 0);
            }
        } else {
            int i = caller_window(&c) - 1 + random_below(&seed, 500);
            expect(caller_step(&c, bars, i), SAKER_UNKNOWN_INSTANCE_ID, 0);
            w->calls++;
        }
    }
    free(snapshot);
    free(bars);
    return NULL;
}

static void shouldServeOneIdFromManyThreads(void) {
    CHECK_INT(initInstanceC(SHARED_ID, 1, (char *)"test-config.xml", "1"), 0);
    run_all(disturb);
    deinitInstance(SHARED_ID);
    CHECK_INT(atomic_load(&failures), 0);
}

/* One thread makes the id and ends it; meanwhile the others try a configuration without a folder for
 * the state. Whatever they come between, an instance that was made is there until it is ended. */
static void make_and_end(void) {
    for (int n = 0; n < LIVES; n++) {
        expect(initInstanceC(SHARED_ID, 1, (char *)"test-config.xml", "1"), 0, 0);
        for (int i = 0; i < 10; i++) {
            if (fxs_snapshot(SHARED_ID, NULL, 0) <= 0) {
                atomic_fetch_add(&failures, 1);
            }
        }
        deinitInstance(SHARED_ID);
    }
    atomic_store(&isEnded, 1);
}

static void *make_or_fail(void *argument) {
    worker *w = argument;
    if (w->index == 0) {
        make_and_end();
    }
    while (!atomic_load(&isEnded)) {
        if (initInstanceC(SHARED_ID, 1, (char *)"no-folder.xml", "1") != SAKER_FILE_WRITING_ERROR) {
            atomic_fetch_add(&failures, 1);
        }
    }
    return NULL;
}

static void shouldKeepAnInstanceWhileOtherInitsFail(void) {
    CHECK(system("sed 's,>tmp<,>test-config.xml/tmp<,' test-config.xml > no-folder.xml") == 0);
    run_all(make_or_fail);
    CHECK_INT(atomic_load(&failures), 0);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    library_open(argv[1]);
    (void)market_config();
    RUN(shouldTradeSideBySide);
    RUN(shouldServeOneIdFromManyThreads);
    RUN(shouldKeepAnInstanceWhileOtherInitsFail);
    return 0;
}
