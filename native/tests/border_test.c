/* What comes in must be a number of a size that markets have, and what goes out too: fuzz/ found
 * these, each is said here in words. */
#include "core/check.h"
#include "harness.h"
#include "indicator/delay.h"
#include "indicator/extreme.h"
#include "indicator/framework_macd.h"
#include "indicator/rolling_sum.h"
#include "indicator/window.h"
#include "market.h"

enum { MONDAY = 946857600, ID = 31, HEADER = 24, LENGTH_AT = 12, CRC_AT = 16 };

static const double hostile[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e16};

enum { HOSTILE = sizeof hostile / sizeof hostile[0], BARS = 3100 };

static fxs_bar *bars;

/* A breakout that was called once, with an order of its own. */
static caller running(void) {
    caller c = caller_of(ID, 1000, 1);
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    CHECK_INT(caller_step(&c, bars, BARS - 10), 0);
    c.orders[0] = (fxs_order){.ticket = 1, .instanceId = ID, .type = FXS_ORDER_BUY,
                              .openTime = c.brokerTime, .openPrice = 1.1, .lots = 1, .isOpen = 1};
    return c;
}

static void shouldRefuseAnOwnOrderThatIsNone(void) {
    for (size_t field = 0; field < sizeof(fxs_order) / sizeof(double); field++) {
        int isInstance = field == offsetof(fxs_order, instanceId) / sizeof(double);
        for (int i = 0; i < HOSTILE; i++) {
            caller c = running();
            ((double *)&c.orders[0])[field] = hostile[i];
            CHECK_INT(caller_step(&c, bars, BARS - 9), isInstance ? 0 : SAKER_INVALID_PARAMETER);
        }
    }
    caller c = running();
    c.orders[0].type = 0.5;
    CHECK_INT(caller_step(&c, bars, BARS - 9), SAKER_INVALID_PARAMETER);
}

static void shouldIgnoreTheOrdersOfOthers(void) {
    caller c = running();
    c.orders[0].instanceId = ID + 1;
    c.orders[0].type = NAN;
    CHECK_INT(caller_step(&c, bars, BARS - 9), 0);
}

/* Here it is the sanitizer that looks: a time that is no number is not to be computed with. */
static void shouldNotLookIntoTheOrdersOfOthers(void) {
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    caller c = caller_of(ID, 1009, 1);
    caller_series(&c, 0, 1, 70, 1);
    c.broker = "Europe East"; /* Ahead of its reference: what is least falls below the least. */
    c.settings[0] = 10;       /* LOOKBACK_BARS */
    c.settings[2] = 1;        /* HOLDING_BARS */
    c.settings[FXS_ORDER_ROWS] = 2;
    for (int type = FXS_ORDER_BUY; type <= FXS_ORDER_SELL; type++) {
        c.orders[type] = (fxs_order){.ticket = 1, .instanceId = ID + 1, .type = type,
                                     .openTime = NAN, .closeTime = NAN, .lots = 1};
    }
    for (int i = BARS - 10; i < BARS; i++) {
        CHECK_INT(caller_step(&c, bars, i), 0);
    }
}

static void shouldRefuseFiguresAndQuotesBeyondMoney(void) {
    for (int i = 0; i < HOSTILE; i++) {
        caller c = running();
        c.account[FXS_EQUITY] = hostile[i];
        CHECK_INT(caller_step(&c, bars, BARS - 9), SAKER_INVALID_PARAMETER);
        c = running();
        c.settings[FXS_ORIGINAL_EQUITY] = hostile[i];
        CHECK_INT(caller_step(&c, bars, BARS - 9), SAKER_INVALID_PARAMETER);
        c = running();
        c.window = bars + BARS - 8 - caller_window(&c);
        c.quotes[FXS_ASK] = hostile[i];
        CHECK_INT(caller_call(&c), SAKER_BID_ASK_IS_ZERO);
    }
}

static void shouldRefuseABarBeyondAnyPrice(void) {
    for (int i = 0; i < HOSTILE; i++) {
        double *fields[] = {&bars[BARS - 10].high, &bars[BARS - 10].close, &bars[BARS - 10].low,
                            &bars[BARS - 10].volume};
        for (size_t field = 0; field < sizeof fields / sizeof fields[0]; field++) {
            double before = *fields[field];
            caller c = running();
            *fields[field] = hostile[i];
            CHECK_INT(caller_step(&c, bars, BARS - 9), SAKER_NORMALIZE_BARS_FAILED);
            *fields[field] = before;
        }
    }
}

/* Money first: a close must not wait because an entry came out wrong. */
static void shouldDropTheWishThatIsNoOrderAndKeepTheOthers(void) {
    fxs_result rows[] = {
        {.ticketNumber = 7, .tradingSignals = FXS_CLOSE_BUY, .lots = 0.1},
        {.ticketNumber = -1, .tradingSignals = FXS_OPEN_SELL, .lots = INFINITY, .brokerSL = 0.01},
        {.ticketNumber = 8, .tradingSignals = FXS_UPDATE_BUY, .lots = 0.1, .brokerSL = NAN},
        {.ticketNumber = 9, .tradingSignals = FXS_UPDATE_BUY, .lots = 0.1, .brokerSL = 0.02},
    };
    static fxs_report report;
    report.severityMax = FXS_ERROR;
    fxs_call call = {.report = &report};
    fxs__run run = {.call = &call, .rows = rows, .rowCount = 4, .rowsUsed = 4};

    fxs__drop_unsound_rows(&run);

    CHECK(rows[0].tradingSignals == FXS_CLOSE_BUY && rows[3].tradingSignals == FXS_UPDATE_BUY);
    CHECK(rows[1].tradingSignals == 0 && rows[1].lots == 0 && rows[1].ticketNumber == -1);
    CHECK(rows[2].tradingSignals == 0 && rows[2].brokerSL == 0);
    CHECK_INT(report.eventCount, 2);
    CHECK_INT(report.events[0].severity, FXS_ERROR);
}

/* Length and checksum of the header at `from` are made true. */
static void seal(char *bytes, int length, int from) {
    uint32_t size = (uint32_t)(length - from);
    memcpy(bytes + from + LENGTH_AT, &size, sizeof size);
    uint32_t crc = fxs_crc32c(0, bytes + from + HEADER, size - HEADER);
    memcpy(bytes + from + CRC_AT, &crc, sizeof crc);
}

static int restore_changed(const char *bytes, int length, int core, int at, int64_t value,
                           size_t width) {
    char *changed = malloc((size_t)length);
    memcpy(changed, bytes, (size_t)length);
    memcpy(changed + at, &value, width);
    seal(changed, length, core);
    seal(changed, length, 0);
    int code = fxs_restore(ID, changed, length);
    free(changed);
    return code;
}

static int find(const char *bytes, int length, const char *text) {
    int at = 0;
    while (at < length - 8 && memcmp(bytes + at, text, 8) != 0) {
        at++;
    }
    CHECK(at < length - 8);
    return at;
}

static void shouldRefuseASnapshotWhoseChecksumIsTrueAndWhoseContentsAreNot(void) {
    (void)running();
    int length = fxs_snapshot(ID, NULL, 0);
    char *bytes = malloc((size_t)length);
    CHECK_INT(fxs_snapshot(ID, bytes, length), length);
    int core = find(bytes, length, "FXSSNAP\n"), setup = core + HEADER;
    int progress = setup + (int)sizeof(fxs_setup), series = progress + 24, bar = series + 48;
    const struct {
        int at;
        int64_t value;
        size_t width;
    } changes[] = {
        {20, 1, 4},                                              /* reserved */
        {HEADER + 31, 'x', 1},                                   /* a symbol without an end */
        {HEADER + 20, 'x', 1},                                   /* something after its end */
        {HEADER + 304 + 8, 0, 8},                                /* another timeframe */
        {setup + (int)offsetof(fxs_setup, flags), 64, 4},
        {setup + (int)offsetof(fxs_setup, conversion), -1, 4},
        {setup + (int)offsetof(fxs_setup, broker.startMonth), 13, 4},
        {setup + (int)offsetof(fxs_setup, broker.endNth), INT32_MAX, 4},
        {setup + (int)offsetof(fxs_setup, reference.standardSeconds), INT32_MIN, 4},
        {progress, 2, 8},                                        /* hasRun */
        {progress + 8, INT64_MAX, 8},                            /* lastRunTime */
        {series, -1, 8},                                         /* periods completed */
        {series + 8, INT64_MIN, 8},                              /* start of the forming one */
        {series + 24, 0, 8},                                     /* time of the newest bar */
        {series + 40, 2, 8},                                     /* filled */
        {bar, INT64_MAX, 8},                                     /* an open that is NaN */
        {bar + (int)offsetof(fxs_bar, time), INT32_MAX, 4},      /* out of order */
    };

    CHECK_INT(restore_changed(bytes, length, core, core, bytes[core], 1), 0);
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        CHECK_INT(restore_changed(bytes, length, core, changes[i].at, changes[i].value,
                                  changes[i].width),
                  FXS_ESNAPSHOT);
    }
    free(bytes);
}

/* The sanitizers watch where these write and read. */
static void shouldKeepARingWithinItsMemory(void) {
    static const int forged[] = {INT32_MIN, -1, 0, 513, INT32_MAX};
    for (size_t i = 0; i < sizeof forged / sizeof forged[0]; i++) {
        fxs__window window;
        fxs__delay delay;
        fxs__extreme extreme;
        fxs__rolling_sum sum;
        fxs__framework_macd macd;
        fxs__window_init(&window, 5);
        fxs__delay_init(&delay, 5);
        fxs__highest_init(&extreme, 5);
        fxs__rolling_sum_init(&sum, 5);
        fxs__framework_macd_init(&macd, 5, 10, 5);
        window.period = delay.lag = extreme.period = sum.period = macd.slow = forged[i];

        fxs__window_push(&window, 1);
        fxs__delay_push(&delay, 1);
        fxs__extreme_push(&extreme, 1);
        fxs__rolling_sum_push(&sum, 1);
        fxs__framework_macd_push(&macd, 1);

        CHECK_INT(window.period, 1);
        CHECK_INT(delay.lag, 1);
        CHECK_INT(extreme.period, 1);
        CHECK_INT(sum.period, 1);
        CHECK_INT(macd.slow, 2);
    }
}

int main(void) {
    bars = market_bars(4, BARS, 1, MONDAY, 0);
    RUN(shouldRefuseAnOwnOrderThatIsNone);
    RUN(shouldIgnoreTheOrdersOfOthers);
    RUN(shouldNotLookIntoTheOrdersOfOthers);
    RUN(shouldRefuseFiguresAndQuotesBeyondMoney);
    RUN(shouldRefuseABarBeyondAnyPrice);
    RUN(shouldDropTheWishThatIsNoOrderAndKeepTheOthers);
    RUN(shouldRefuseASnapshotWhoseChecksumIsTrueAndWhoseContentsAreNot);
    RUN(shouldKeepARingWithinItsMemory);
    deinitInstance(ID);
    free(bars);
    return 0;
}
