#include "world.h"

#include "reader.h"

enum { PATTERN = 0x5A };

static const double SPREAD = 0.0001;

static uint64_t random_bits(world *w) {
    uint64_t z = (w->random += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static double random_step(world *w) {
    return (double)(random_bits(w) >> 11) * 0x1p-53 - 0.5;
}

/* A window with room for the weekends that are dropped; the bars begin on a Monday. */
static void add_series(world *w, int index, int timeframe, int bars) {
    CRatesInfo *info = &w->info[index];
    double needed = bars * 1.2 * timeframe / w->minutes;
    while (needed > WORLD_BARS_MAX / 4 && bars > 2) {
        bars /= 2;
        needed = bars * 1.2 * timeframe / w->minutes;
    }
    info->isEnabled = 1;
    info->requiredTimeframe = timeframe;
    info->totalBarsRequired = bars;
    info->actualTimeframe = w->minutes;
    info->point = 0.00001;
    info->digits = 5;
    int window = (int)(needed * 1.3) + 16;
    window = window < WORLD_BARS_MAX / 2 ? window : WORLD_BARS_MAX / 2;
    w->window = window > w->window ? window : w->window;
}

void world_init(world *w, int strategyId, int trendMode, int minutes, int bars, int isAutobbs,
                uint64_t seed) {
    static const int timeframes[] = {0, 0, 60, 240, 1440, 10080, 43200};
    static const int periods[] = {0, 30, 60, 60, 60, 12, 4};
    free(w->bars);
    memset(w, 0, sizeof *w);
    w->bars = calloc(WORLD_BARS_MAX, sizeof *w->bars);
    w->nullArgument = -1;
    w->minutes = minutes;
    w->random = seed;
    w->price = 1.1;
    w->settings[FXS_TREND_MODE] = trendMode;
    w->settings[FXS_USE_SL] = 1;
    w->settings[FXS_MAX_OPEN_ORDERS] = 3;
    w->settings[FXS_IS_BACKTESTING] = 1;
    w->settings[FXS_ORIGINAL_EQUITY] = 100000;
    w->settings[FXS_OPERATIONAL_MODE] = FXS_MODE_ON;
    w->settings[FXS_INSTANCE_ID] = WORLD_SELF;
    w->settings[FXS_STRATEGY_ID] = strategyId;
    w->settings[FXS_TIMEFRAME] = minutes;
    w->settings[FXS_ACCOUNT_RISK_PERCENT] = 1;
    w->settings[FXS_ORDER_ROWS] = 4;
    w->account[FXS_BALANCE] = w->account[FXS_EQUITY] = 100000;
    w->account[FXS_LEVERAGE] = 30;
    w->account[FXS_CONTRACT_SIZE] = 100000;
    for (int i = 0; i < FXS_QUOTES; i++) {
        w->quotes[i] = 1;
    }
    strcpy(w->texts[WORLD_SYMBOL], "EURUSD");
    strcpy(w->texts[WORLD_CURRENCY], "USD");
    strcpy(w->texts[WORLD_BROKER], "UTC");
    strcpy(w->texts[WORLD_REFERENCE], "UTC");
    add_series(w, 0, minutes, bars);
    for (int i = 1; i < 7 && isAutobbs; i++) {
        int timeframe = timeframes[i] > minutes ? timeframes[i] : minutes;
        add_series(w, i, i == 4 ? 1440 : timeframe, periods[i]);
    }
    w->brokerTime = 946857600; /* Monday 3 January 2000 */
    for (int i = 0; i < w->window; i++) {
        world_advance(w, 0);
    }
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        w->info[i].ratesArraySize = w->info[i].isEnabled != 0 ? w->window : 0;
    }
}

/* Stops time at the end of what an int holds. */
static int32_t later(int32_t time, int64_t seconds) {
    int64_t sum = time + seconds;
    return sum > INT32_MAX ? INT32_MAX : sum < INT32_MIN ? INT32_MIN : (int32_t)sum;
}

void world_advance(world *w, int skipped) {
    if (w->barCount == WORLD_BARS_MAX) {
        memmove(w->bars, w->bars + WORLD_BARS_MAX / 2, WORLD_BARS_MAX / 2 * sizeof *w->bars);
        w->barCount = WORLD_BARS_MAX / 2;
    }
    w->brokerTime = later(w->brokerTime, (skipped + 1) * 60 * (int64_t)w->minutes);
    double open = w->price, step = 0.002;
    fxs_bar bar = {open, open, open, open, 0, w->brokerTime, 0};
    for (int tick = 0; tick < 4; tick++) {
        w->price *= 1 + step * random_step(w);
        bar.high = fmax(bar.high, w->price);
        bar.low = fmin(bar.low, w->price);
        bar.volume++;
    }
    bar.close = w->price;
    w->bars[w->barCount++] = bar;
    w->quotes[FXS_BID] = w->price;
    w->quotes[FXS_ASK] = w->price + SPREAD;
}

static void *copy_of(const void *bytes, size_t length) {
    void *copy = malloc(length);
    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    return copy;
}

static int64_t whole(double value) {
    return value >= -9e18 && value <= 9e18 ? (int64_t)value : 0;
}

/* The newest `count` bars as they lie in memory in the layout of the call. */
static void *bars_of(const world *w, int count) {
    const fxs_bar *from = w->bars + w->barCount - count;
    if (w->layout == FXS_LAYOUT_C) {
        return copy_of(from, (size_t)count * sizeof *from);
    }
    size_t size = w->layout == FXS_LAYOUT_MQL4 ? sizeof(fxs_mql4_bar) : sizeof(fxs_mql5_bar);
    char *out = malloc((size_t)count * size);
    for (int i = 0; i < count; i++) {
        const fxs_bar *bar = &from[i];
        fxs_mql4_bar old = {(uint32_t)bar->time, bar->open, bar->low, bar->high, bar->close,
                            bar->volume};
        fxs_mql5_bar new = {(uint64_t)(int64_t)bar->time, bar->open, bar->high, bar->low,
                            bar->close, whole(bar->volume), 0, 0};
        const void *source = w->layout == FXS_LAYOUT_MQL4 ? (const void *)&old : &new;
        memcpy(out + (size_t)i * size, source, size);
    }
    return out;
}

/* Rows that exist where the caller says so: a size that no caller can mean gets none. */
static int rows_of(double said, int most) {
    return said >= 1 && said <= most ? (int)said : 0;
}

static fxs_order *orders_of(const world *w, int id) {
    int count = rows_of(w->settings[FXS_ORDER_ROWS], FXS_ORDERS_MAX);
    fxs_order *orders = calloc((size_t)count, sizeof *orders);
    for (int i = 0; i < count && i < WORLD_ORDERS; i++) {
        orders[i] = w->orders[i];
        if (orders[i].instanceId == WORLD_SELF) {
            orders[i].instanceId = id;
        }
    }
    return orders;
}

/* The arguments of a call in order, each a block of its own. */
typedef struct {
    void *at[WORLD_ARGUMENTS];
} arguments;

/* Indices that show as many bars share an array, as the engine's do. */
static void put_rates(const world *w, arguments *out) {
    int counts[FXS_SERIES_MAX];
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        int isRead = w->info[i].isEnabled != 0, same = 0;
        counts[i] = isRead ? rows_of(w->info[i].ratesArraySize, w->barCount) : 0;
        while (counts[same] != counts[i]) {
            same++;
        }
        out->at[11 + i] = same < i ? out->at[11 + same] : bars_of(w, counts[i]);
    }
}

static arguments arguments_of(const world *w, int id, const answer *a) {
    arguments out;
    double *settings = copy_of(w->settings, sizeof w->settings);
    if (settings[FXS_INSTANCE_ID] == WORLD_SELF) {
        settings[FXS_INSTANCE_ID] = id;
    }
    out.at[0] = settings;
    for (int i = 0; i < WORLD_TEXTS; i++) {
        out.at[1 + i] = copy_of(w->texts[i], strlen(w->texts[i]) + 1);
    }
    out.at[5] = copy_of(&w->brokerTime, sizeof w->brokerTime);
    out.at[6] = malloc(0); /* openOrdersCount is never read. */
    out.at[7] = orders_of(w, id);
    out.at[8] = copy_of(w->account, sizeof w->account);
    out.at[9] = copy_of(w->quotes, sizeof w->quotes);
    out.at[10] = copy_of(w->info, sizeof w->info);
    put_rates(w, &out);
    out.at[21] = a->rows;
    return out;
}

static void free_arguments(arguments *a) {
    for (int i = 0; i < WORLD_ARGUMENTS - 1; i++) {
        void *block = a->at[i];
        for (int j = i; j < WORLD_ARGUMENTS - 1; j++) {
            a->at[j] = a->at[j] == block ? NULL : a->at[j];
        }
        free(block);
    }
}

#define RATES(TYPE)                                                                                \
    (TYPE *)p[11], (TYPE *)p[12], (TYPE *)p[13], (TYPE *)p[14], (TYPE *)p[15], (TYPE *)p[16],      \
        (TYPE *)p[17], (TYPE *)p[18], (TYPE *)p[19], (TYPE *)p[20]

static int call_c(void **p) {
    return c_runStrategy(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], p[10],
                         RATES(CRates), p[21]);
}

static int call_mql5(void **p) {
    return mql5_runStrategy(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], p[10],
                            RATES(Mql5Rates), p[21]);
}

static int call_mql4(void **p) {
    Mql4String texts[WORLD_TEXTS];
    for (int i = 0; i < WORLD_TEXTS; i++) {
        texts[i] = (Mql4String){p[1 + i] != NULL ? (long)strlen(p[1 + i]) : 0, p[1 + i]};
    }
    return mql4_runStrategy(p[0], &texts[0], &texts[1], &texts[2], &texts[3], p[5], p[6], p[7],
                            p[8], p[9], p[10], RATES(Mql4Rates), p[21]);
}

answer world_call(const world *w, int id) {
    answer a = {0};
    a.rowCount = rows_of(w->settings[FXS_MAX_OPEN_ORDERS], FXS_ROWS_MAX);
    a.rows = malloc((size_t)a.rowCount * sizeof *a.rows);
    memset(a.rows, PATTERN, (size_t)a.rowCount * sizeof *a.rows);
    arguments all = arguments_of(w, id, &a), passed = all;
    if (w->nullArgument >= 0) {
        passed.at[w->nullArgument] = NULL;
    }
    a.code = w->layout == FXS_LAYOUT_MQL4   ? call_mql4(passed.at)
             : w->layout == FXS_LAYOUT_MQL5 ? call_mql5(passed.at)
                                            : call_c(passed.at);
    free_arguments(&all);
    REQUIRE(w->nullArgument < 0 || a.code == SAKER_NULL_POINTER);
    return a;
}

static int is_documented(int code) {
    static const int codes[] = {
        SAKER_SUCCESS, SAKER_NULL_POINTER, SAKER_INVALID_STRATEGY, SAKER_NOT_ENOUGH_RATES_DATA,
        SAKER_NORMALIZE_BARS_FAILED, SAKER_INVALID_PARAMETER, SAKER_UNKNOWN_TIMEZONE,
        SAKER_LOCAL_TZ_MISMATCH, SAKER_BROKER_TZ_MISMATCH, SAKER_INVALID_CONFIG,
        SAKER_UNKNOWN_INSTANCE_ID, SAKER_INSUFFICIENT_MEMORY,
        SAKER_BID_ASK_IS_ZERO,
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i] == code) {
            return 1;
        }
    }
    return 0;
}

static int is_untouched(const fxs_result *row) {
    const unsigned char *bytes = (const unsigned char *)row;
    for (size_t i = 0; i < sizeof *row; i++) {
        if (bytes[i] != PATTERN) {
            return 0;
        }
    }
    return 1;
}

static int is_cleared(const fxs_result *row) {
    static const fxs_result cleared = {.ticketNumber = -1};
    return memcmp(row, &cleared, sizeof cleared) == 0;
}

/* OPEN, CLOSE and UPDATE of six order types */
enum { ALL_SIGNALS = 0x1FF01FF };

static void check_row(const fxs_result *row) {
    double signals = row->tradingSignals;
    REQUIRE(isfinite(row->ticketNumber) && isfinite(row->entryPrice));
    REQUIRE(signals >= 0 && signals <= ALL_SIGNALS && signals == floor(signals));
    REQUIRE(((int)signals & ~ALL_SIGNALS) == 0);
    REQUIRE(row->lots >= 0 && row->lots <= 1e12);
    REQUIRE(row->entryPrice >= 0 && row->entryPrice <= 1e12);
    REQUIRE(row->brokerSL >= 0 && row->brokerSL <= 1e12);
    REQUIRE(row->brokerTP >= 0 && row->brokerTP <= 1e12);
    REQUIRE(row->internalSL >= 0 && row->internalSL <= 1e12);
    REQUIRE(row->internalTP >= 0 && row->internalTP <= 1e12);
    REQUIRE(row->useTrailingSL == 0 || row->useTrailingSL == 1);
    REQUIRE(row->expirationTime >= 0 && row->expirationTime <= 1e12);
    REQUIRE(!(signals == 0) || is_cleared(row));
}

int world_check(const answer *a) {
    REQUIRE(is_documented(a->code));
    int untouched = 0, cleared = 0;
    for (int i = 0; i < a->rowCount; i++) {
        untouched += is_untouched(&a->rows[i]);
        cleared += is_cleared(&a->rows[i]);
    }
    if (untouched == a->rowCount) {
        return 0;
    }
    REQUIRE(untouched == 0);
    if (a->code != SAKER_SUCCESS) {
        REQUIRE(cleared == a->rowCount);
        return 0;
    }
    for (int i = 0; i < a->rowCount; i++) {
        check_row(&a->rows[i]);
    }
    return 1;
}

static fxs_order *find_ticket(world *w, double ticket) {
    for (int i = 0; i < WORLD_ORDERS; i++) {
        if (w->orders[i].isOpen != 0 && w->orders[i].ticket == ticket) {
            return &w->orders[i];
        }
    }
    return NULL;
}

static void open_order(world *w, const fxs_result *row, int isLong) {
    double price = w->quotes[isLong ? FXS_ASK : FXS_BID], sign = isLong ? 1 : -1;
    memmove(&w->orders[1], &w->orders[0], (WORLD_ORDERS - 1) * sizeof w->orders[0]);
    w->orders[0] = (fxs_order){
        .ticket = ++w->tickets, .instanceId = WORLD_SELF,
        .type = isLong ? FXS_ORDER_BUY : FXS_ORDER_SELL, .openTime = w->brokerTime,
        .openPrice = price, .lots = row->lots, .isOpen = 1,
        .stopLoss = row->brokerSL > 0 ? price - sign * row->brokerSL : 0,
        .takeProfit = row->brokerTP > 0 ? price + sign * row->brokerTP : 0,
    };
}

void world_fill(world *w, const answer *a) {
    for (int i = 0; i < a->rowCount; i++) {
        const fxs_result *row = &a->rows[i];
        int signals = (int)row->tradingSignals;
        fxs_order *order = find_ticket(w, row->ticketNumber);
        if (order != NULL && (signals & (FXS_CLOSE_BUY | FXS_CLOSE_SELL)) != 0) {
            order->isOpen = 0;
            order->closeTime = w->brokerTime;
            order->closePrice = w->quotes[FXS_BID];
        }
        if (order != NULL && (signals & FXS_UPDATE_BUY) != 0) {
            order->stopLoss = w->quotes[FXS_ASK] - row->brokerSL;
        }
        if (order != NULL && (signals & FXS_UPDATE_SELL) != 0) {
            order->stopLoss = w->quotes[FXS_BID] + row->brokerSL;
        }
        if ((signals & (FXS_OPEN_BUY | FXS_OPEN_SELL)) != 0) {
            open_order(w, row, (signals & FXS_OPEN_BUY) != 0);
        }
    }
}
