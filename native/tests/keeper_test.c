/* What the front end keeps on disk: names, bytes, when they are written, and what damage does. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "abi/clocks.h"
#include "abi/files.h"
#include "abi/log.h"
#include "abi/state_file.h"
#include "harness.h"
#include "market.h"

enum { MONDAY = 946857600, BARS = 300, FIRST = 250, ID = 61, TEXT_MAX = 1 << 20 };

static fxs_bar *bars;
static char text[TEXT_MAX];

static void write_bytes(const char *path, const void *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    CHECK(fwrite(bytes, 1, length, file) == length);
    CHECK(fclose(file) == 0);
}

static void write_text(const char *path, const char *content) {
    write_bytes(path, content, strlen(content));
}

/* The length, or -1 if there is no such file; the bytes are in `text`. */
static int read_text(const char *path) {
    FILE *file = fopen(path, "rb");
    text[0] = 0;
    if (file == NULL) {
        return -1;
    }
    size_t length = fread(text, 1, sizeof text - 1, file);
    text[length] = 0;
    fclose(file);
    return (int)length;
}

static int count_of(const char *path, const char *needle) {
    int count = 0;
    (void)read_text(path);
    for (const char *at = strstr(text, needle); at != NULL; at = strstr(at + 1, needle)) {
        count++;
    }
    return count;
}

typedef struct {
    const char *tmp, *log, *source;
    int severity, equity;
} options;

static const options usual = {"tmp", "log", "none", 7, 0};

static const char *config_of(options o) {
    char content[2000];
    write_text("zones.csv", "header\n\"Local\";0;0;0;\"\";0;0;0;\"\";0;0;1;\"\";5;\"\"\n"
                            "\"UTC\";0;0;0;\"\";0;0;0;\"\";0;0;1;\"\";5;\"\"\n"
                            "\"Plus Two\";0;0;0;\"\";0;0;0;\"\";2;2;1;\"\";5;\"\"\n");
    snprintf(content, sizeof content,
             "<TempFileFolderPath>%s</TempFileFolderPath><ConfigPaths><ConfigFolderPath>.</C>"
             "<BrokerTZFilename>zones.csv</B>"
             "<ParamSpaceFilenameExtension>.set</P></ConfigPaths>"
             "<Logging><Folder>%s</Folder><MaxSeverity>%d</M><EnableEquityLog>%d</E>"
             "<EnableEntryLog>0</E><barsToLog>0</b></Logging><TimeSource>%s</T>"
             "<TradingWeekBoundaries></TradingWeekBoundaries>",
             o.tmp, o.log, o.severity, o.equity, o.source);
    write_text("keeper.xml", content);
    return "keeper.xml";
}

static void clean(void) {
    deinitInstance(ID);
    CHECK(system("rm -rf tmp log other") == 0);
}

static void init(options o, int isTesting) {
    CHECK_INT(initInstanceC(ID, isTesting, (char *)config_of(o), "4711"), 0);
}

static caller live_caller(int strategyId) {
    caller c = caller_of(ID, strategyId, 60);
    c.settings[FXS_IS_BACKTESTING] = 0;
    c.settings[FXS_USE_SL] = 0;
    return c;
}

/* 1 if the strategy ran: it clears the rows. */
static int runs(caller *c, int bar) {
    fxs_bar *end = &bars[bar];
    int window = caller_window(c);
    c->brokerTime = end->time;
    c->quotes[FXS_BID] = end->open;
    c->quotes[FXS_ASK] = end->open + 0.0001;
    c->window = end + 1 - window;
    c->info[0].ratesArraySize = window;
    c->rows[0].internalSL = 77;
    CHECK_INT(caller_call(c), 0);
    return c->rows[0].internalSL != 77;
}

static saker__state state_on_disk(void) {
    saker__state state;
    CHECK_INT(read_text("tmp/61.state"), 12020);
    CHECK_INT(saker__parse_state(text, 12020, &state), 0);
    return state;
}

static void shouldWriteTheStateOfALiveRun(void) {
    clean();
    init(usual, 0);
    CHECK_INT(state_on_disk().lastRunTime, SAKER__NEVER);
    caller c = live_caller(1001);

    CHECK(runs(&c, FIRST));

    saker__state state = state_on_disk();
    CHECK_INT(state.instanceId, ID);
    CHECK_INT(state.lastRunTime, bars[FIRST].time);
    CHECK_INT(state.lastOrderUpdateTime, SAKER__NEVER);
    CHECK_INT(state.totalParameters, 0);
    CHECK(runs(&c, FIRST + 1));
    CHECK_INT(state_on_disk().lastRunTime, bars[FIRST + 1].time);
}

static void shouldNotRunABarTwiceAcrossARestart(void) {
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    CHECK(runs(&c, FIRST));
    CHECK(!runs(&c, FIRST));

    init(usual, 0);
    CHECK(!runs(&c, FIRST));
    CHECK(runs(&c, FIRST + 1));

    init(usual, 0);
    CHECK(runs(&c, FIRST + 2)); /* Its first call, on a bar of its own. */

    init(usual, 1);
    CHECK(runs(&c, FIRST + 2)); /* Testing knows no past. */
}

/* As the existing framework leaves it: a newline in the name, and parameters we do not use. */
static void shouldGoOnFromAFileOfTheExistingFramework(void) {
    clean();
    saker__state state;
    saker__fresh_state(ID, &state);
    state.lastRunTime = (uint32_t)bars[FIRST].time;
    state.lastOrderUpdateTime = (uint32_t)bars[FIRST - 2].time;
    state.totalParameters = 2;
    strcpy(state.parameters[1].name, "RANGE");
    state.parameters[1].value = 1.5f;
    state.isParameterSpaceLoaded = 1;
    CHECK(mkdir("tmp", 0755) == 0);
    write_bytes("tmp/\n61.state", &state, sizeof state);

    init(usual, 0);
    caller c = live_caller(1001);
    CHECK(!runs(&c, FIRST));
    CHECK(runs(&c, FIRST + 1));

    saker__state kept = state_on_disk();
    state.lastRunTime = (uint32_t)bars[FIRST + 1].time;
    CHECK(memcmp(&kept, &state, sizeof kept) == 0);
    init(usual, 0); /* Ours is later than theirs now. */
    CHECK(!runs(&c, FIRST + 1));
}

static void expect_fresh(const char *bytes, size_t length) {
    clean();
    CHECK(mkdir("tmp", 0755) == 0);
    write_bytes("tmp/61.state", bytes, length);
    init(usual, 0);
    caller c = live_caller(1001);
    CHECK(runs(&c, FIRST));
    CHECK_INT(state_on_disk().lastRunTime, bars[FIRST].time);
    CHECK_INT(count_of("log/4711AsirikuyFramework.log", "[WARNING] System InstanceID = 61, "
                                                        "tmp/61.state is "),
              1);
}

static void shouldStartFreshFromADamagedState(void) {
    saker__state state;
    saker__fresh_state(ID, &state);
    state.lastRunTime = (uint32_t)bars[FIRST].time;
    char longer[sizeof state + 1] = {0};
    memcpy(longer, &state, sizeof state);
    expect_fresh((char *)&state, sizeof state - 1);
    expect_fresh((char *)&state, 0);
    expect_fresh(longer, sizeof longer);
    state.totalParameters = -1;
    expect_fresh((char *)&state, sizeof state);
    state.totalParameters = 0;
    state.instanceId = ID + 1;
    expect_fresh((char *)&state, sizeof state);
    expect_fresh("not a state file at all", 23);
}

/* Root may read everything, but no folder, and no link that leads to itself. */
static void shouldLeaveAStateAloneThatItCannotRead(void) {
    static const char *const files[] = {"tmp/61.state", "tmp/\n61.state"};
    for (int i = 0; i < 4; i++) {
        struct stat status;
        const char *file = files[i % 2];
        clean();
        CHECK(mkdir("tmp", 0755) == 0);
        CHECK((i < 2 ? mkdir(file, 0755) : symlink(strrchr(file, '/') + 1, file)) == 0);

        int code = initInstanceC(ID, 0, (char *)config_of(usual), "4711");

        CHECK_INT(code, SAKER_FILE_WRITING_ERROR);
        CHECK(lstat(file, &status) == 0);
        CHECK(i < 2 ? S_ISDIR(status.st_mode) : S_ISLNK(status.st_mode));
        CHECK_INT(system("test $(ls tmp | grep -c spare) = 0"), 0);
        CHECK_INT(count_of("log/4711AsirikuyFramework.log", "state cannot be read"), 1);
    }
}

static void shouldResetTheStateWhenTesting(void) {
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    CHECK(runs(&c, FIRST));

    init(usual, 1);
    CHECK_INT(state_on_disk().lastRunTime, SAKER__NEVER);
    c.settings[FXS_IS_BACKTESTING] = 1;
    CHECK(runs(&c, FIRST));
    deinitInstance(ID);
    CHECK_INT(state_on_disk().lastRunTime, SAKER__NEVER);
}

static void shouldWriteTheStateOfBacktestingCallsAtDeinit(void) {
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    c.settings[FXS_IS_BACKTESTING] = 1;
    CHECK(runs(&c, FIRST));
    CHECK_INT(state_on_disk().lastRunTime, SAKER__NEVER);

    deinitInstance(ID);
    CHECK_INT(state_on_disk().lastRunTime, bars[FIRST].time);
}

static void shouldBeatLive(void) {
    char before[64], after[64];
    time_t now;
    struct tm utc;
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    c.settings[FXS_IS_BACKTESTING] = 1;
    CHECK(runs(&c, FIRST));
    CHECK_INT(read_text("tmp/61_heartBeat.hb"), -1);

    c.settings[FXS_IS_BACKTESTING] = 0;
    now = time(NULL);
    CHECK(gmtime_r(&now, &utc) != NULL);
    snprintf(before, sizeof before, "%d\n%02d/%02d/%02d %02d:%02d", utc.tm_hour, utc.tm_mday,
             utc.tm_mon + 1, utc.tm_year % 100, utc.tm_hour, utc.tm_min);
    CHECK(!runs(&c, FIRST)); /* The heart beats although nothing is due. */
    now = time(NULL);
    CHECK(gmtime_r(&now, &utc) != NULL);
    snprintf(after, sizeof after, "%d\n%02d/%02d/%02d %02d:%02d", utc.tm_hour, utc.tm_mday,
             utc.tm_mon + 1, utc.tm_year % 100, utc.tm_hour, utc.tm_min);
    CHECK(read_text("tmp/61_heartBeat.hb") > 0);
    CHECK(strcmp(text, before) == 0 || strcmp(text, after) == 0);
}

static void shouldNotBeatOnUnusableBars(void) {
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    CHECK(runs(&c, FIRST));
    CHECK(unlink("tmp/61_heartBeat.hb") == 0);
    init(usual, 0);
    c.info[0].ratesArraySize = 10;

    CHECK_INT(caller_call(&c), SAKER_NOT_ENOUGH_RATES_DATA);
    CHECK_INT(read_text("tmp/61_heartBeat.hb"), -1);
}

static int ui_lines(void) {
    int lines = 0;
    CHECK(read_text("tmp/61.ui") > 0);
    for (const char *at = text; *at != 0; at++) {
        lines += *at == '\n';
    }
    return lines;
}

static void shouldShowTwentyLines(void) {
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    CHECK(runs(&c, FIRST));
    CHECK_INT(ui_lines(), 20);
    CHECK(strstr(text, "No Error, 0.000000\n") != NULL);
    CHECK(strstr(text, "\n, 0.000000\n, 0.000000\n") != NULL);

    c.quotes[FXS_BID] = 0;
    CHECK_INT(caller_call(&c), SAKER_BID_ASK_IS_ZERO);
    CHECK_INT(ui_lines(), 20);
    CHECK(strstr(text, "BID_ASK_IS_ZERO, 3030.000000\n") != NULL);
}

static void shouldRunAgainAfterAFailedOrder(void) {
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    CHECK(runs(&c, FIRST));
    write_text("tmp/61_orderFail.of", "138");

    CHECK(runs(&c, FIRST));
    CHECK_INT(read_text("tmp/61_orderFail.of"), -1);
    CHECK_INT(read_text("tmp/61_orderFail.bak"), 3);
    CHECK(!runs(&c, FIRST));

    write_text("tmp/\n61_orderFail.of", "138");
    c.settings[FXS_IS_BACKTESTING] = 1;
    CHECK(!runs(&c, FIRST)); /* Nobody looks in a backtest. */
    c.settings[FXS_IS_BACKTESTING] = 0;
    CHECK(runs(&c, FIRST));
}

/* A file that comes on a day without trading waits for the next run. */
static void shouldRememberAFailedOrderUntilItRuns(void) {
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    CHECK(runs(&c, FIRST));
    write_text("tmp/61_orderFail.of", "138");
    c.brokerTime = MONDAY + 5 * 86400;
    CHECK_INT(caller_call(&c), 0);
    CHECK_INT(read_text("tmp/61_orderFail.of"), -1);

    CHECK(runs(&c, FIRST));
    CHECK(!runs(&c, FIRST));
}

static const char LOG[] = "log/4711AsirikuyFramework.log";

/* [2025-12-05 23:19:33] [ERROR] … */
static void check_line(const char *line, const char *rest) {
    int year, month, day, hour, minute, second, used = 0;
    CHECK(sscanf(line, "[%4d-%2d-%2d %2d:%2d:%2d] %n", &year, &month, &day, &hour, &minute, &second,
                 &used) == 6);
    CHECK_INT(used, 22);
    CHECK(strncmp(line + used, rest, strlen(rest)) == 0 && line[used + (int)strlen(rest)] == '\n');
}

static void shouldLogACodeOnce(void) {
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    CHECK_INT(read_text(LOG), 0);
    CHECK(runs(&c, FIRST));
    c.quotes[FXS_BID] = 0;
    for (int i = 0; i < 5; i++) {
        CHECK_INT(caller_call(&c), SAKER_BID_ASK_IS_ZERO);
    }
    CHECK(!runs(&c, FIRST));

    CHECK_INT(count_of(LOG, "\n"), 5);
    CHECK(text[0] == '-' && strstr(text, "Saker framework 4.5.10") != NULL);
    const char *lines = strstr(text, "\n[") + 1;
    check_line(lines, "[ERROR] System InstanceID = 61, the call returned 3030 BID_ASK_IS_ZERO");
    check_line(strchr(lines, '\n') + 1, "[NOTICE] System InstanceID = 61, calls succeed again");
}

static void shouldLogUpToItsSeverity(void) {
    options quiet = usual;
    clean();
    quiet.severity = 2;
    init(quiet, 0);
    caller c = live_caller(1001);
    CHECK(runs(&c, FIRST));
    c.quotes[FXS_BID] = 0;
    CHECK_INT(caller_call(&c), SAKER_BID_ASK_IS_ZERO);
    CHECK_INT(read_text(LOG), 0);

    CHECK(!runs(&c, FIRST));
    for (int i = 0; i < 3; i++) {
        c.brokerTime = MONDAY + 5 * 86400;
        CHECK_INT(caller_call(&c), 0);
    }
    CHECK_INT(count_of(LOG, "[CRITICAL] System InstanceID = 61, BrokerTime = 08/01/00 00:00, "
                            "not a trading day"),
              1);
}

static void shouldLogWhyAConfigurationIsRefused(void) {
    clean();
    config_of(usual);
    write_text("zones.csv", "h\n\"Local\";0;0;0;\"\";0;0;0;\"\";0;0\n\nUTC;1;2\nX;0;7;0;;0;0;0;;0;0");

    CHECK_INT(initInstanceC(ID, 0, (char *)"keeper.xml", "4711"), SAKER_INVALID_CONFIG);

    CHECK_INT(count_of(LOG, "zones.csv, line 4: fewer than 11 columns"), 1);
    CHECK_INT(count_of(LOG, "zones.csv, line 5: DSTStartNth \"7\" is out of range"), 1);
}

static void shouldKeepFourLogFiles(void) {
    clean();
    CHECK(mkdir("log", 0755) == 0);
    caller c = live_caller(1001);
    for (int i = 0; i < 6; i++) {
        write_text(LOG, "full");
        CHECK(truncate(LOG, 10 << 20) == 0);
        init(usual, 0);
        c.quotes[FXS_BID] = 0;
        c.window = bars;
        c.info[0].ratesArraySize = BARS;
        CHECK_INT(caller_call(&c), SAKER_BID_ASK_IS_ZERO);
        CHECK_INT(count_of(LOG, "3030"), 1);
    }
    CHECK_INT(system("test $(ls log | wc -l) = 4"), 0);
    CHECK_INT(read_text("log/4711AsirikuyFramework.log.3"), TEXT_MAX - 1);
}

/* Errors of every severity, and not a byte on the standard streams. */
static void shouldSayNothingOnTheStandardStreams(void) {
    clean();
    fflush(stdout);
    int out = dup(1), err = dup(2);
    int file = open("streams.txt", O_RDWR | O_CREAT | O_TRUNC, 0644);
    CHECK(dup2(file, 1) == 1 && dup2(file, 2) == 2);

    int missing = initInstanceC(ID, 0, (char *)"missing.xml", "");
    init(usual, 0);
    caller c = live_caller(1001);
    int ran = runs(&c, FIRST);
    c.brokerTime = MONDAY + 5 * 86400;
    int weekend = caller_call(&c);
    c.quotes[FXS_BID] = 0;
    int refused = caller_call(&c);
    deinitInstance(ID);
    fflush(stdout);

    CHECK(dup2(out, 1) == 1 && dup2(err, 2) == 2);
    CHECK_INT(lseek(file, 0, SEEK_END), 0);
    close(file);
    close(out);
    close(err);
    CHECK_INT(missing, SAKER_MISSING_CONFIG);
    CHECK(ran && weekend == 0 && refused == SAKER_BID_ASK_IS_ZERO);
}

static void shouldLogTheEquity(void) {
    options o = usual;
    clean();
    o.equity = 1;
    init(o, 1);
    caller c = live_caller(1001);
    c.settings[FXS_IS_BACKTESTING] = 1;
    c.account[0] = 4711;
    c.account[FXS_EQUITY] = 99000.5;
    CHECK(runs(&c, FIRST));
    c.account[FXS_EQUITY] = 98000;
    CHECK(!runs(&c, FIRST));
    c.account[FXS_EQUITY] = 101000;
    CHECK(runs(&c, FIRST + 1));

    CHECK(read_text("log/EquityLog.csv") > 0);
    CHECK_TEXT(text, "AccountNumber=4711;AccountCurrency=USD;\nTime;DailyEquityMin;Profit/Loss\n"
                     "--------------------------------\n"
                     "2000.01.13 10:00;99000.50;-999.50\n2000.01.13 11:00;98000.00;1000.00\n");
}

static void shouldNeverGlueARowToATornOne(void) {
    write_text("rows.csv", "1, 2\n3, "); /* As a process leaves it that dies while it writes. */
    CHECK_INT(saker__append_file("rows.csv", "header\n", "5, 6\n"), 0);
    CHECK(read_text("rows.csv") > 0);
    CHECK_TEXT(text, "1, 2\n3, \n5, 6\n");
}

static void limit_files(rlim_t bytes) {
    struct rlimit limit;
    CHECK(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
}

/* A limit cuts a write short as a full disk does. */
static void shouldTakeBackARowThatDoesNotFit(void) {
    CHECK(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    write_text("rows.csv", "1, 2\n");
    limit_files(8);
    CHECK_INT(saker__append_file("rows.csv", "", "3, 4\n"), EFBIG);
    limit_files(RLIM_INFINITY);
    CHECK_INT(read_text("rows.csv"), 5);
    CHECK_INT(saker__append_file("rows.csv", "", "5, 6\n"), 0);
    CHECK(read_text("rows.csv") > 0);
    CHECK_TEXT(text, "1, 2\n5, 6\n");
}

static void shouldBeginALineAfterATornOneOfTheLog(void) {
    clean();
    saker__log *log = saker__open_log("log", "4711");
    CHECK(log != NULL);
    saker__log_line(log, FXS_ERROR, "first");
    limit_files((rlim_t)read_text(LOG) + 10);
    saker__log_line(log, FXS_ERROR, "second");
    limit_files(RLIM_INFINITY);
    saker__log_line(log, FXS_ERROR, "third");
    saker__close_log(log);
    CHECK_INT(count_of(LOG, "second"), 0);
    CHECK_INT(count_of(LOG, "\n["), 3);
    CHECK_INT(count_of(LOG, "[ERROR] third\n"), 1);
}

enum { WRITERS = 4, FILES = 100 };

static pthread_barrier_t together;

static void *append_rows(void *ignored) {
    (void)ignored;
    for (int i = 0; i < FILES; i++) {
        char path[32];
        snprintf(path, sizeof path, "other/%d.csv", i);
        (void)pthread_barrier_wait(&together);
        CHECK_INT(saker__append_file(path, "header\n", "row\n"), 0);
    }
    return NULL;
}

/* The equity log is one for all instances. */
static void shouldWriteOneHeaderForManyInstances(void) {
    pthread_t threads[WRITERS];
    clean();
    CHECK_INT(saker__make_folder("other"), 0);
    CHECK(pthread_barrier_init(&together, NULL, WRITERS) == 0);
    for (int i = 0; i < WRITERS; i++) {
        CHECK(pthread_create(&threads[i], NULL, append_rows, NULL) == 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK(pthread_barrier_destroy(&together) == 0);
    for (int i = 0; i < FILES; i++) {
        char path[32];
        snprintf(path, sizeof path, "other/%d.csv", i);
        CHECK(read_text(path) > 0);
        CHECK_TEXT(text, "header\nrow\nrow\nrow\nrow\n");
    }
}

static void shouldRefuseAnAccountThatNamesNoFile(void) {
    char account[300];
    memset(account, 'a', sizeof account);
    clean();
    account[228] = 0; /* With the rest of the name 249 characters. */
    CHECK_INT(initInstanceC(ID, 1, (char *)config_of(usual), account), 0);
    account[228] = 'a';
    account[229] = 0;
    CHECK_INT(initInstanceC(ID, 1, (char *)"keeper.xml", account), SAKER_INIT_LOG_FAILED);
}

static void record(int format, const char *symbol, const char *path, const char *expected) {
    clean();
    init(usual, 1);
    caller c = live_caller(19);
    c.settings[FXS_IS_BACKTESTING] = 1;
    c.settings[FXS_RUN_EVERY_TICK] = 1;
    c.settings[0] = format;
    c.symbol = symbol;
    fxs_bar kept = bars[FIRST - 1];
    bars[FIRST - 1] = (fxs_bar){1.1072, 1.10762, 1.10718, 1.10723, 4, kept.time, 0};
    CHECK(runs(&c, FIRST));
    CHECK(runs(&c, FIRST)); /* A bar is recorded once. */
    bars[FIRST - 1] = kept;
    CHECK(read_text(path) > 0);
    CHECK_TEXT(text, expected);
}

static void shouldRecordBars(void) {
    record(0, "EURUSD", "tmp/EURUSD_60.csv", "947754000, 1.1072, 1.10762, 1.10718, 1.10723, 4\n");
    record(1, "EURUSD", "tmp/EURUSD_60.csv", "13/01/00 09:00,1.1072,1.10762,1.10718,1.10723,4\n");
    record(2, "EUR/USD", "tmp/EUR_USD_60.csv",
           "2000-01-13 09:00, 1.1072, 1.10762, 1.10718, 1.10723, 4\n");
    caller c = live_caller(19);
    c.settings[FXS_TIMEFRAME] = 0;
    clean();
    init(usual, 1);
    CHECK(runs(&c, FIRST));
    CHECK(read_text("tmp/EURUSD_60.csv") > 0);
    CHECK_INT(read_text("tmp/EURUSD_0.csv"), -1);
    c.settings[0] = 3;
    c.window = bars;
    c.quotes[0] = c.quotes[1] = 1;
    c.brokerTime = bars[FIRST].time;
    init(usual, 1);
    CHECK_INT(caller_call(&c), SAKER_INVALID_PARAMETER);
}

static void shouldJudgeClocks(void) {
    const fxs_zone east = {3, 0, 0, 10, 0, 0, 7200, 10800};
    const int64_t summer = 1751371200, sunday = 1743296400; /* 2025-07-01 12:00, 03-30 01:00 UTC */
    CHECK(saker__is_broker_now(&east, summer + 10800, summer));
    CHECK(saker__is_broker_now(&east, summer + 10800 + 1799, summer));
    CHECK(!saker__is_broker_now(&east, summer + 10800 + 1800, summer));
    CHECK(!saker__is_broker_now(&east, summer + 7200, summer));
    CHECK(saker__is_broker_now(&east, sunday - 3600 + 7200, sunday - 3600));
    CHECK(saker__is_broker_now(&east, sunday + 3600 + 10800, sunday + 3600));
    /* Chile: from midnight back to 23:00 of Saturday. */
    const fxs_zone south = {9, 1, 0, 4, 1, 0, -14400, -10800};
    const int64_t april = 1743908400; /* 2025-04-06 03:00 UTC, the change */
    CHECK(saker__is_broker_now(&south, april - 600 - 10800, april - 600));
    CHECK(saker__is_broker_now(&south, april + 600 - 14400, april + 600));
    CHECK(!saker__is_broker_now(&south, april - 7200 - 14400, april - 7200));
    CHECK(saker__is_broker_now(&south, april + 4200 - 14400, april + 4200));
    CHECK(saker__is_local_zone(&east, summer, 10800));
    CHECK(!saker__is_local_zone(&east, summer, 0));
}

static void shouldRefuseWrongClocksLive(void) {
    options o = usual;
    clean();
    o.source = "host";
    CHECK(setenv("TZ", "UTC", 1) == 0);
    init(o, 0);
    caller c = live_caller(1001);
    c.window = bars;
    c.info[0].ratesArraySize = BARS;
    c.quotes[0] = c.quotes[1] = 1;
    c.brokerTime = bars[BARS - 1].time;
    CHECK_INT(caller_call(&c), SAKER_BROKER_TZ_MISMATCH);
    c.brokerTime = (int)time(NULL);
    CHECK_INT(caller_call(&c), 0);
    c.broker = c.reference = "Plus Two";
    CHECK_INT(caller_call(&c), SAKER_BROKER_TZ_MISMATCH);
    c.broker = c.reference = "UTC";

    CHECK(setenv("TZ", "XYZ-5", 1) == 0);
    tzset();
    CHECK_INT(caller_call(&c), 0); /* Looked at every UpdateInterval. */
    init(o, 0);
    CHECK_INT(caller_call(&c), SAKER_LOCAL_TZ_MISMATCH);
    c.settings[FXS_IS_BACKTESTING] = 1;
    CHECK_INT(caller_call(&c), 0);
    CHECK(unsetenv("TZ") == 0);
    tzset();
    CHECK_INT(count_of(LOG, "3021 BROKER_TZ_MISMATCH"), 2);
    CHECK_INT(count_of(LOG, "3020 LOCAL_TZ_MISMATCH"), 1);
}

static void shouldRefuseToStartWithoutItsFolders(void) {
    clean();
    write_text("other", "a file");
    options noTemp = usual, noLog = usual;
    noTemp.tmp = "other/tmp";
    noLog.log = "other";
    CHECK_INT(initInstanceC(ID, 0, (char *)config_of(noTemp), ""), SAKER_FILE_WRITING_ERROR);
    CHECK_INT(initInstanceC(ID, 0, (char *)config_of(noLog), ""), SAKER_INIT_LOG_FAILED);
    CHECK_INT(initInstanceC(ID, 0, (char *)"log", ""), SAKER_INIT_XML_FAILED); /* a folder */
    write_bytes("nul.xml", "<a>\0</a>", 8);
    CHECK_INT(initInstanceC(ID, 0, (char *)"nul.xml", ""), SAKER_INIT_XML_FAILED);
    caller c = live_caller(1001);
    c.window = bars;
    CHECK_INT(caller_call(&c), SAKER_UNKNOWN_INSTANCE_ID);
}

static void shouldGoOnAfterAFailedInit(void) {
    options noTemp = usual, noLog = usual;
    noTemp.tmp = "other/tmp";
    noLog.log = "other";
    clean();
    init(usual, 0);
    write_text("other", "a file");
    caller c = live_caller(1001);
    CHECK(runs(&c, FIRST));

    CHECK_INT(initInstanceC(ID, 1, (char *)config_of(noTemp), ""), SAKER_FILE_WRITING_ERROR);
    CHECK_INT(initInstanceC(ID, 1, (char *)config_of(noLog), ""), SAKER_INIT_LOG_FAILED);

    CHECK(!runs(&c, FIRST));
    CHECK(runs(&c, FIRST + 1));
    CHECK_INT(state_on_disk().lastRunTime, bars[FIRST + 1].time);
}

/* The state on disk is older than the instance, which would run its bar again from there. */
static void shouldNotReplaceAnInstanceThatIsNotSaved(void) {
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    CHECK(mkdir("tmp/61.state.spare", 0755) == 0);
    CHECK(runs(&c, FIRST));

    CHECK_INT(initInstanceC(ID, 0, (char *)config_of(usual), "4711"), SAKER_FILE_WRITING_ERROR);
    CHECK(!runs(&c, FIRST));

    CHECK(rmdir("tmp/61.state.spare") == 0);
    init(usual, 0);
    CHECK(!runs(&c, FIRST));
}

static void shouldTradeOnWhenTheFolderIsGone(void) {
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    CHECK(runs(&c, FIRST));
    CHECK(system("rm -rf tmp") == 0);

    for (int i = 1; i < 5; i++) {
        CHECK(runs(&c, FIRST + i));
    }
    CHECK_INT(count_of(LOG, "[ERROR] System InstanceID = 61, cannot write tmp/61.state: No such"), 1);

    CHECK(mkdir("tmp", 0755) == 0);
    CHECK(runs(&c, FIRST + 5));
    CHECK_INT(state_on_disk().lastRunTime, bars[FIRST + 5].time);
}

static void shouldWriteAStateThatFailedAtTheNextCall(void) {
    clean();
    init(usual, 0);
    caller c = live_caller(1001);
    CHECK(mkdir("tmp/61.state.spare", 0755) == 0);
    CHECK(runs(&c, FIRST));
    CHECK_INT(state_on_disk().lastRunTime, SAKER__NEVER);

    CHECK(rmdir("tmp/61.state.spare") == 0);
    CHECK(!runs(&c, FIRST));
    CHECK_INT(state_on_disk().lastRunTime, bars[FIRST].time);
}

static long long write_calls(void) {
    long long calls = -1;
    FILE *file = fopen("/proc/self/io", "r");
    if (file != NULL) {
        text[fread(text, 1, sizeof text - 1, file)] = 0;
        fclose(file);
        const char *at = strstr(text, "syscw: ");
        CHECK(at != NULL && sscanf(at, "syscw: %lld", &calls) == 1);
    }
    return calls;
}

static void shouldTouchNothingInABacktest(void) {
    clean();
    init(usual, 0);
    CHECK(system("rm -rf tmp log") == 0);
    caller c = live_caller(1001);
    c.settings[FXS_IS_BACKTESTING] = 1;
    long long before = write_calls();

    for (int i = FIRST; i < BARS; i++) {
        (void)runs(&c, i);
        c.quotes[FXS_BID] = 0;
        CHECK_INT(caller_call(&c), SAKER_BID_ASK_IS_ZERO);
    }

    CHECK_INT(write_calls(), before);
    CHECK_INT(access("tmp", F_OK), -1);
    CHECK_INT(access("log", F_OK), -1);
}

static void *init_from_pipe(void *code) {
    *(int *)code = initInstanceC(ID, 1, (char *)"pipe.xml", "");
    return NULL;
}

/* In a process of its own, since there is one first init in each. */
static void shouldAskToWaitForTheFirstInit(void) {
    clean();
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        pthread_t thread;
        int code = -1, later;
        const struct timespec moment = {0, 50000000};
        (void)unlink("pipe.xml");
        CHECK(mkfifo("pipe.xml", 0600) == 0);
        CHECK(pthread_create(&thread, NULL, init_from_pipe, &code) == 0);
        CHECK(nanosleep(&moment, NULL) == 0);
        later = initInstanceC(ID + 1, 1, (char *)config_of(usual), "");
        write_text("pipe.xml", "nothing of use"); /* Lets the first go on; it fails. */
        CHECK(pthread_join(thread, NULL) == 0);
        CHECK_INT(later, SAKER_WAIT_FOR_INIT);
        CHECK_INT(code, SAKER_INVALID_CONFIG);
        CHECK_INT(initInstanceC(ID + 1, 1, (char *)"keeper.xml", ""), 0);
        deinitInstance(ID + 1);
        free(bars);
        _exit(0);
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void) {
    bars = market_bars(1, BARS, 60, MONDAY, 0);
    RUN(shouldAskToWaitForTheFirstInit);
    RUN(shouldWriteTheStateOfALiveRun);
    RUN(shouldNotRunABarTwiceAcrossARestart);
    RUN(shouldGoOnFromAFileOfTheExistingFramework);
    RUN(shouldStartFreshFromADamagedState);
    RUN(shouldLeaveAStateAloneThatItCannotRead);
    RUN(shouldResetTheStateWhenTesting);
    RUN(shouldWriteTheStateOfBacktestingCallsAtDeinit);
    RUN(shouldBeatLive);
    RUN(shouldNotBeatOnUnusableBars);
    RUN(shouldShowTwentyLines);
    RUN(shouldRunAgainAfterAFailedOrder);
    RUN(shouldRememberAFailedOrderUntilItRuns);
    RUN(shouldLogACodeOnce);
    RUN(shouldLogUpToItsSeverity);
    RUN(shouldLogWhyAConfigurationIsRefused);
    RUN(shouldKeepFourLogFiles);
    RUN(shouldSayNothingOnTheStandardStreams);
    RUN(shouldLogTheEquity);
    RUN(shouldNeverGlueARowToATornOne);
    RUN(shouldTakeBackARowThatDoesNotFit);
    RUN(shouldBeginALineAfterATornOneOfTheLog);
    RUN(shouldWriteOneHeaderForManyInstances);
    RUN(shouldRefuseAnAccountThatNamesNoFile);
    RUN(shouldRecordBars);
    RUN(shouldJudgeClocks);
    RUN(shouldRefuseWrongClocksLive);
    RUN(shouldRefuseToStartWithoutItsFolders);
    RUN(shouldGoOnAfterAFailedInit);
    RUN(shouldNotReplaceAnInstanceThatIsNotSaved);
    RUN(shouldTradeOnWhenTheFolderIsGone);
    RUN(shouldWriteAStateThatFailedAtTheNextCall);
    RUN(shouldTouchNothingInABacktest);
    clean();
    free(bars);
    return 0;
}
