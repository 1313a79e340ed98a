/*
 * Whole recorded calls (settings, strings, orders, account, quotes and rates in, code and rows
 * out), made again through each of the three functions and compared field by field. A line that is
 * absent says "as in the call before".
 *
 * usage: calls_test LIBRARY FILE [--record]
 */
#include "harness.h"
#include "library.h"
#include "market.h"

enum { MONDAY = 946857600, ID = 81, BARS_MAX = 400, LINE_MAX_CHARS = 2048, VARIANTS = 3 };
enum { ORDER_FIELDS = sizeof(fxs_order) / sizeof(double) };
enum { ROW_FIELDS = sizeof(fxs_result) / sizeof(double) };
enum { INFO_FIELDS = sizeof(CRatesInfo) / sizeof(double) };

/* Recording. */

static FILE *file;

static void print_number(double value) {
    char text[40];
    if (value == floor(value) && fabs(value) < 1e15) {
        fprintf(file, " %.0f", value);
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    fprintf(file, " %s", text);
}

static void print_numbers(const char *name, const void *values, int count) {
    const double *numbers = values;
    fprintf(file, "%s", name);
    for (int i = 0; i < count; i++) {
        print_number(numbers[i]);
    }
    fprintf(file, "\n");
}

static void print_bars(const fxs_bar *bars, int count) {
    fprintf(file, "bars %d\n", count);
    for (int i = 0; i < count; i++) {
        const double fields[] = {bars[i].time, bars[i].open,  bars[i].high,
                                 bars[i].low,  bars[i].close, bars[i].volume};
        print_numbers("bar", fields, 6);
    }
}

static void print_orders(const caller *c) {
    int count = (int)c->settings[FXS_ORDER_ROWS];
    fprintf(file, "orders %d\n", count);
    for (int i = 0; i < count; i++) {
        print_numbers("order", &c->orders[i], ORDER_FIELDS);
    }
}

static void print_inputs(const caller *c, const caller *before) {
    if (memcmp(c->settings, before->settings, sizeof c->settings) != 0) {
        print_numbers("settings", c->settings, FXS_SETTINGS);
    }
    if (before->symbol != c->symbol) {
        fprintf(file, "strings %s;%s;%s;%s\n", c->symbol, c->currency, c->broker, c->reference);
    }
    if (memcmp(c->account, before->account, sizeof c->account) != 0) {
        print_numbers("account", c->account, FXS_ACCOUNT_FIGURES);
    }
    for (int i = 0; i < MARKET_SERIES; i++) {
        if (memcmp(&c->info[i], &before->info[i], sizeof c->info[i]) != 0) {
            fprintf(file, "info %d", i);
            print_numbers("", &c->info[i], INFO_FIELDS);
        }
    }
    if (memcmp(c->orders, before->orders, sizeof c->orders) != 0) {
        print_orders(c);
    }
}

static void print_outputs(const caller *c, int code) {
    fprintf(file, "code %d\n", code);
    for (int i = 0; i < (int)c->settings[FXS_MAX_OPEN_ORDERS]; i++) {
        print_numbers("row", &c->rows[i], ROW_FIELDS);
    }
}

static fxs_bar *rounded_bars(uint64_t seed, int count, int minutes) {
    fxs_bar *bars = market_bars(seed, count, minutes, MONDAY, 0);
    for (int i = 0; i < count; i++) {
        double *prices[] = {&bars[i].open, &bars[i].high, &bars[i].low, &bars[i].close};
        for (int k = 0; k < 4; k++) {
            *prices[k] = round(*prices[k] * 1e5) / 1e5;
        }
    }
    return bars;
}

static void record_session(caller c, int minutes, int calls, uint64_t seed) {
    int window = caller_window(&c), count = window + calls;
    CHECK(count <= BARS_MAX);
    fxs_bar *bars = rounded_bars(seed, count, minutes);
    fprintf(file, "session\n");
    print_bars(bars, count);
    caller before;
    memset(&before, 0, sizeof before);
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    for (int i = window; i < count; i++) {
        int code = caller_step(&c, bars, i);
        print_inputs(&c, &before);
        print_numbers("bidask", c.quotes, FXS_QUOTES);
        fprintf(file, "call %d %d %d\n", i + 1 - window, window, c.brokerTime);
        print_outputs(&c, code);
        before = c;
        if (i % 40 == 7) { /* A bar is not run twice, and a quote of zero is refused. */
            memset(c.rows, 0, sizeof c.rows);
            caller again = c;
            fxs_bar whole = bars[i];
            bars[i] = (fxs_bar){whole.open, whole.open, whole.open, whole.open, 0, whole.time, 0};
            again.window = bars + i + 1 - window;
            again.quotes[FXS_BID] = i % 80 == 7 ? 0 : again.quotes[FXS_BID];
            code = caller_call(&again);
            bars[i] = whole;
            print_numbers("bidask", again.quotes, FXS_QUOTES);
            fprintf(file, "call %d %d %d\n", i + 1 - window, window, c.brokerTime);
            print_outputs(&again, code);
        } else {
            caller_fill(&c);
        }
    }
    fprintf(file, "end\n");
    deinitInstance(ID);
    free(bars);
}

static void record(const char *path) {
    file = fopen(path, "w");
    CHECK(file != NULL);
    caller asi = caller_of(ID, 29, 240);
    caller_series(&asi, 0, 240, 20, 240);
    caller_series(&asi, 4, 1440, 22, 240);
    asi.settings[FXS_TREND_MODE] = 102;
    asi.settings[FXS_MAX_OPEN_ORDERS] = 2;
    asi.settings[FXS_ORDER_ROWS] = 3;
    asi.broker = "Europe East";
    asi.reference = "New York";
    record_session(asi, 240, 120, 3);

    caller breakout = caller_of(ID, 1000, 1);
    breakout.info[0].ratesArraySize = 80;
    record_session(breakout, 1, 200, 2);

    caller cross = caller_of(ID, 1001, 5);
    cross.info[0].ratesArraySize = 80;
    cross.symbol = "GBPJPY";
    cross.quotes[FXS_QUOTE_CONVERSION_BID] = 109.98;
    cross.quotes[FXS_QUOTE_CONVERSION_ASK] = 110.01;
    record_session(cross, 5, 200, 5);
    CHECK(fclose(file) == 0);
}

/* Playing back. */

static caller c;
static char texts[4][128];
static fxs_bar bars[BARS_MAX];
static int barCount, variant, calls, wishes, refusals;
static char line[LINE_MAX_CHARS];

static void read_line(void) {
    CHECK(fgets(line, sizeof line, file) != NULL);
}

/* The numbers after the first word. */
static void scan(const char *from, void *out, int count) {
    double *numbers = out;
    for (int i = 0; i < count; i++) {
        char *end;
        numbers[i] = strtod(from, &end);
        CHECK(end != from);
        from = end;
    }
}

static int is(const char *word) {
    return strncmp(line, word, strlen(word)) == 0;
}

static void scan_bars(void) {
    barCount = atoi(line + 5);
    CHECK(barCount <= BARS_MAX);
    for (int i = 0; i < barCount; i++) {
        double fields[6];
        read_line();
        CHECK(is("bar "));
        scan(line + 4, fields, 6);
        bars[i] = (fxs_bar){fields[1], fields[2], fields[3], fields[4], fields[5],
                            (int32_t)fields[0], 0};
    }
}

static void scan_input(void) {
    if (is("settings")) {
        scan(line + 8, c.settings, FXS_SETTINGS);
    } else if (is("strings")) {
        CHECK_INT(sscanf(line, "strings %127[^;];%127[^;];%127[^;];%127[^\n]", texts[0], texts[1],
                         texts[2], texts[3]),
                  4);
    } else if (is("account")) {
        scan(line + 7, c.account, FXS_ACCOUNT_FIGURES);
    } else if (is("bidask")) {
        scan(line + 6, c.quotes, FXS_QUOTES);
    } else if (is("info")) {
        char *end;
        long index = strtol(line + 5, &end, 10);
        scan(end, &c.info[index], INFO_FIELDS);
    } else if (is("orders")) {
        int count = atoi(line + 7);
        CHECK(count <= MARKET_ORDERS);
        memset(c.orders, 0, sizeof c.orders);
        for (int i = 0; i < count; i++) {
            read_line();
            scan(line + 5, &c.orders[i], ORDER_FIELDS);
        }
    } else {
        fprintf(stderr, "unknown line: %s", line);
        exit(1);
    }
}

static int run(int first, int window) {
    static Mql5Rates five[BARS_MAX];
    static Mql4Rates four[BARS_MAX];
    static CRates plain[BARS_MAX];
    Mql4String strings[4];
    for (int i = 0; i < window; i++) {
        fxs_bar b = bars[first + i];
        if (i == window - 1) {
            b = (fxs_bar){b.open, b.open, b.open, b.open, 0, b.time, 0};
        }
        plain[i] = b;
        five[i] = (Mql5Rates){(uint64_t)b.time, b.open, b.high, b.low, b.close, (int64_t)b.volume,
                              3, 0};
        four[i] = (Mql4Rates){(uint32_t)b.time, b.open, b.low, b.high, b.close, b.volume};
    }
    for (int i = 0; i < 4; i++) {
        strings[i] = (Mql4String){(long)strlen(texts[i]), texts[i]};
    }
    double *rows = (double *)c.rows;
    switch (variant) {
    case 0:
        return c_runStrategy(c.settings, texts[0], texts[1], texts[2], texts[3], &c.brokerTime,
                             c.openOrders, c.orders, c.account, c.quotes, c.info, plain, plain,
                             plain, plain, plain, plain, plain, plain, plain, plain, rows);
    case 1:
        return mql5_runStrategy(c.settings, texts[0], texts[1], texts[2], texts[3], &c.brokerTime,
                                c.openOrders, c.orders, c.account, c.quotes, c.info, five, five,
                                five, five, five, five, five, five, five, five, rows);
    default:
        return mql4_runStrategy(c.settings, &strings[0], &strings[1], &strings[2], &strings[3],
                                &c.brokerTime, c.openOrders, c.orders, c.account, c.quotes, c.info,
                                four, four, four, four, four, four, four, four, four, four, rows);
    }
}

static void check_row(const fxs_result *row) {
    double expected[ROW_FIELDS];
    const double *actual = (const double *)row;
    read_line();
    CHECK(is("row"));
    scan(line + 3, expected, ROW_FIELDS);
    for (int field = 0; field < ROW_FIELDS; field++) {
        CHECK_NEAR(actual[field], expected[field], 0);
    }
}

static void make_call(void) {
    int first, window;
    CHECK_INT(sscanf(line, "call %d %d %d", &first, &window, &c.brokerTime), 3);
    CHECK(first >= 0 && window > 0 && first + window <= barCount);
    memset(c.rows, 0, sizeof c.rows);
    int code = run(first, window);
    read_line();
    CHECK(is("code"));
    CHECK_INT(code, atoi(line + 5));
    int rows = (int)c.settings[FXS_MAX_OPEN_ORDERS];
    CHECK(rows <= MARKET_ROWS);
    for (int i = 0; i < rows; i++) {
        check_row(&c.rows[i]);
        wishes += c.rows[i].tradingSignals > 0;
    }
    refusals += code != 0;
    calls++;
}

static void play_session(void) {
    memset(&c, 0, sizeof c);
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    for (read_line(); !is("end"); read_line()) {
        if (is("bars")) {
            scan_bars();
        } else if (is("call")) {
            make_call();
        } else {
            scan_input();
        }
    }
    deinitInstance(ID);
}

static void play(const char *path) {
    file = fopen(path, "r");
    CHECK(file != NULL);
    while (fgets(line, sizeof line, file) != NULL) {
        CHECK(is("session"));
        play_session();
    }
    fclose(file);
}

int main(int argc, char **argv) {
    CHECK(argc >= 3);
    library_open(argv[1]);
    if (argc > 3 && strcmp(argv[3], "--record") == 0) {
        record(argv[2]);
    }
    for (variant = 0; variant < VARIANTS; variant++) {
        play(argv[2]);
    }
    printf("%d calls, %d wishes, %d refusals\n", calls, wishes, refusals);
    CHECK(calls > 1500 && wishes > 100 && refusals > 10);
    return 0;
}
