/*
 * The same files and the same calls give the same bytes, and a process killed between two bars is
 * as if it had never been: its successor goes on from the state file or from a snapshot.
 *
 * usage: restart_test LIBRARY
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "abi/state_file.h"
#include "harness.h"
#include "library.h"
#include "market.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { REPEATS = 100, KILLS = 7 }; /* The release library does the thousand. */
#else
enum { REPEATS = 1000, KILLS = 30 };
#endif
enum { MONDAY = 946857600, ID = 71, SNAPSHOT_MAX = 1 << 20, BARS_MAX = 3400, STATE_BYTES = 12020 };

static const char STATE[] = "tmp/71.state";

/* What the processes of a test share. */
typedef struct {
    caller c;
    char snapshot[SNAPSHOT_MAX];
    int snapshotBytes;
    int ran;
    volatile int32_t answered; /* the bar of the last call that came back */
    fxs_result rows[MARKET_ROWS];
    fxs_result undisturbed[BARS_MAX][MARKET_ROWS];
} shared;

static shared *memory;
static char snapshots[2][SNAPSHOT_MAX];

static void read_state(char out[STATE_BYTES]) {
    FILE *file = fopen(STATE, "rb");
    CHECK(file != NULL);
    CHECK_INT((long long)fread(out, 1, STATE_BYTES, file), STATE_BYTES);
    fclose(file);
}

static void write_state(const char bytes[STATE_BYTES]) {
    FILE *file = fopen(STATE, "r+b");
    CHECK(file != NULL);
    CHECK_INT((long long)fwrite(bytes, 1, STATE_BYTES, file), STATE_BYTES);
    CHECK(fclose(file) == 0);
}

static void init_live(void) {
    CHECK_INT(initInstanceC(ID, 0, (char *)market_config(), ""), 0);
}

static caller live_caller(int strategyId, int minutes) {
    caller c = caller_of(ID, strategyId, minutes);
    c.settings[FXS_IS_BACKTESTING] = 0;
    if (strategyId == 29) {
        caller_autobbs(&c, minutes);
    }
    return c;
}

/* Runs the market up to bar `from`, and gives the state file and the account of that moment. */
static void live_until(caller *c, fxs_bar *bars, int from, char state[STATE_BYTES]) {
    (void)unlink(STATE);
    init_live();
    for (int i = caller_window(c) - 1; i < from; i++) {
        CHECK_INT(caller_step(c, bars, i), 0);
        caller_fill(c);
    }
    deinitInstance(ID);
    read_state(state);
}

static int repeat(caller start, fxs_bar *bars, int from, int steps) {
    static char before[STATE_BYTES], after[STATE_BYTES], again[STATE_BYTES];
    uint64_t wishes = 0;
    live_until(&start, bars, from, before);
    char first[64 * sizeof start.rows];
    CHECK(steps <= 64);
    for (int n = 0; n < REPEATS; n++) {
        caller c = start;
        write_state(before);
        init_live();
        for (int i = 0; i < steps; i++) {
            CHECK_INT(caller_step(&c, bars, from + i), 0);
            char *row = first + (size_t)i * sizeof c.rows;
            if (n == 0) {
                memcpy(row, c.rows, sizeof c.rows);
                wishes += c.rows[0].tradingSignals > 0;
            }
            CHECK(memcmp(row, c.rows, sizeof c.rows) == 0);
            caller_fill(&c);
        }
        int length = fxs_snapshot(ID, snapshots[n > 0], SNAPSHOT_MAX);
        CHECK(length > 0 && memcmp(snapshots[0], snapshots[n > 0], (size_t)length) == 0);
        deinitInstance(ID);
        read_state(n == 0 ? after : again);
        CHECK(n == 0 || memcmp(after, again, sizeof after) == 0);
    }
    return (int)wishes;
}

/* S0-01: a thousand times from the same state file, byte for byte. */
static void shouldRepeatItselfAThousandTimes(void) {
    fxs_bar *hours = market_bars(6, 1600, 60, MONDAY, 0);
    fxs_bar *minutes = market_bars(4, 3400, 1, MONDAY, 0);
    int wishes = repeat(live_caller(29, 60), hours, 1580, 6);
    wishes += repeat(live_caller(1000, 1), minutes, 3200, 12);
    wishes += repeat(live_caller(1001, 1), minutes, 3200, 12);
    printf("%d wishes, each %d times\n", wishes, REPEATS);
    CHECK(wishes > 5);
    free(minutes);
    free(hours);
}

/* Runs `work` in a process that is killed without warning when it says it is ready. */
static void run_and_kill(void (*work)(fxs_bar *bars, int bar), fxs_bar *bars, int bar) {
    int ready[2];
    char byte;
    CHECK(pipe(ready) == 0);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        work(bars, bar);
        CHECK(write(ready[1], "", 1) == 1);
        for (;;) {
            pause();
        }
    }
    close(ready[1]);
    CHECK(read(ready[0], &byte, 1) == 1); /* 0 if a check of the child failed. */
    CHECK(kill(child, SIGKILL) == 0);
    CHECK(waitpid(child, NULL, 0) == child);
    close(ready[0]);
}

static int beginning, isUndisturbed;

/* From the beginning through `bar`, with a snapshot at the end. */
static void live_through(fxs_bar *bars, int bar) {
    (void)unlink(STATE);
    init_live();
    for (int i = beginning; i <= bar; i++) {
        CHECK_INT(caller_step(&memory->c, bars, i), 0);
        if (isUndisturbed) {
            memcpy(memory->undisturbed[i], memory->c.rows, sizeof memory->rows);
        }
        caller_fill(&memory->c);
    }
    memory->snapshotBytes = fxs_snapshot(ID, memory->snapshot, SNAPSHOT_MAX);
    CHECK(memory->snapshotBytes > 0);
}

/* 1 if the strategy ran on that bar. */
static int show(fxs_bar *bars, int bar) {
    caller *c = &memory->c;
    int code = caller_step(c, bars, bar);
    CHECK_INT(code, 0);
    return c->rows[0].ticketNumber != 0; /* A cleared row has -1, an untouched one 0. */
}

static void resume_from_state(fxs_bar *bars, int bar) {
    init_live();
    caller before = memory->c;
    memory->ran = show(bars, bar - 1);
    memory->c = before;
    (void)show(bars, bar);
    memcpy(memory->rows, memory->c.rows, sizeof memory->rows);
}

static void resume_from_snapshot(fxs_bar *bars, int bar) {
    init_live();
    CHECK_INT(fxs_restore(ID, memory->snapshot, memory->snapshotBytes), 0);
    (void)show(bars, bar);
    memcpy(memory->rows, memory->c.rows, sizeof memory->rows);
}

/* Kills after bar k, for several k, and compares the rows of bar k + 1 with the undisturbed ones. */
static int kill_between_bars(caller start, fxs_bar *bars, int first, int kills, int step,
                             int isExactFromState) {
    int wishes = 0, last = first + kills * step;
    CHECK(last < BARS_MAX);
    beginning = caller_window(&start) - 1;
    memory->c = start;
    isUndisturbed = 1;
    run_and_kill(live_through, bars, last);
    isUndisturbed = 0;
    for (int k = first; k < last; k += step) {
        const fxs_result *expected = memory->undisturbed[k + 1];
        memory->c = start;
        run_and_kill(live_through, bars, k);
        caller atKill = memory->c;
        if (isExactFromState) {
            run_and_kill(resume_from_state, bars, k + 1);
            CHECK_INT(memory->ran, 0); /* Bar k was run before the kill. */
            CHECK(memcmp(memory->rows, expected, sizeof memory->rows) == 0);
        }
        memory->c = atKill;
        run_and_kill(resume_from_snapshot, bars, k + 1);
        CHECK(memcmp(memory->rows, expected, sizeof memory->rows) == 0);
        wishes += expected->tradingSignals > 0;
    }
    return wishes;
}

/* S0-03. ASI decides by the window alone, so its state file is enough; an average that remembers
 * everything needs a snapshot for the last bit. */
static void shouldGoOnAfterBeingKilled(void) {
    fxs_bar *hours = market_bars(6, 1900, 60, MONDAY, 0);
    fxs_bar *minutes = market_bars(4, 3400, 1, MONDAY, 0);
    int wishes = kill_between_bars(live_caller(29, 60), hours, 1600, KILLS, 7, 1);
    wishes += kill_between_bars(live_caller(1000, 1), minutes, 3000, KILLS, 9, 0);
    wishes += kill_between_bars(live_caller(1001, 1), minutes, 3000, KILLS, 9, 0);
    printf("%d wishes after a kill\n", wishes);
    CHECK(wishes > 2);
    free(minutes);
    free(hours);
}

/* Runs bar after bar, a state each, until it is killed. */
static pid_t start_runner(fxs_bar *bars, int count) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        caller c = live_caller(1001, 1);
        init_live();
        for (int n = 0;; n++) {
            int i = caller_window(&c) - 1 + n % (count - caller_window(&c));
            CHECK_INT(caller_step(&c, bars, i), 0);
            memory->answered = bars[i].time;
        }
    }
    return child;
}

static void kill_after(pid_t *children, int count, long microseconds) {
    struct timespec pause = {0, 1000 * microseconds};
    CHECK(nanosleep(&pause, NULL) == 0);
    for (int i = 0; i < count; i++) {
        CHECK(kill(children[i], SIGKILL) == 0);
    }
    for (int i = 0; i < count; i++) {
        int status;
        CHECK(waitpid(children[i], &status, 0) == children[i]);
        CHECK(WIFSIGNALED(status)); /* It did not end by itself. */
    }
}

static uint32_t last_run(void) {
    static char bytes[STATE_BYTES];
    saker__state state;
    read_state(bytes);
    CHECK_INT(saker__parse_state(bytes, sizeof bytes, &state), 0);
    CHECK_INT(state.instanceId, ID);
    return state.lastRunTime;
}

/* Whenever the process dies, the state is whole, and not older than the last answer. */
static void shouldNeverLeaveHalfAState(void) {
    fxs_bar *bars = market_bars(4, 3400, 1, MONDAY, 0);
    uint64_t seed = 3;
    int killed = 0;
    for (int n = 0; n < KILLS; n++) {
        (void)unlink(STATE);
        memory->answered = 0;
        pid_t child = start_runner(bars, 3400);
        while (memory->answered == 0) {
            kill_after(NULL, 0, 100);
        }
        kill_after(&child, 1, 500 + random_below(&seed, 3000));
        uint32_t run = last_run();
        CHECK(run == (uint32_t)memory->answered || run == (uint32_t)memory->answered + 60
              || run == (uint32_t)bars[2969].time); /* The runner began again from the front. */
        killed += run != SAKER__NEVER;
    }
    CHECK_INT(killed, KILLS);

    /* Two at once with one id is a mistake, and still no half is left. */
    for (int n = 0; n < KILLS / 3; n++) {
        pid_t children[] = {start_runner(bars, 3400), start_runner(bars, 3400)};
        kill_after(children, 2, 5000 + random_below(&seed, 5000));
        (void)last_run();
    }
    free(bars);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    library_open(argv[1]);
    memory = mmap(NULL, sizeof *memory, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(memory != MAP_FAILED);
    RUN(shouldRepeatItselfAThousandTimes);
    RUN(shouldGoOnAfterBeingKilled);
    RUN(shouldNeverLeaveHalfAState);
    CHECK(munmap(memory, sizeof *memory) == 0);
    return 0;
}
