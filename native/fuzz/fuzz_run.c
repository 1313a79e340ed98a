/*
 * Calls of a caller who does anything: settings, orders, quotes, bars and times from the input,
 * mixed with init, deinit, snapshot and restore. Two instances are told the same. They must
 * answer the same, row by row and bit by bit, though the second one is moved through snapshots
 * into a fresh instance on the way.
 */
#include "market.h"
#include "reader.h"
#include "strategy/strategy.h"
#include "world.h"

#include "abi/instances.h"
#include "core/instance.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { FIRST = 774411, SECOND = 774412, STEPS_MAX = 120, STRATEGIES_MAX = 100 };

static const char *config;
static world w;

/* The library's list, found by asking it. */
static struct {
    const fxs__strategy *strategy;
    int trendMode;
} strategies[STRATEGIES_MAX];
static int strategyCount;

static int is_listed(const fxs__strategy *strategy) {
    for (int i = 0; i < strategyCount; i++) {
        if (strategies[i].strategy == strategy) {
            return 1;
        }
    }
    return 0;
}

static void find_strategies(void) {
    for (int id = 0; id < 3000; id++) {
        for (int mode = 0; mode < 128; mode++) {
            const fxs__strategy *found = fxs__strategy_find(id, mode);
            if (found != NULL && !is_listed(found)) {
                REQUIRE(strategyCount < STRATEGIES_MAX);
                strategies[strategyCount].strategy = found;
                strategies[strategyCount++].trendMode = mode;
            }
        }
    }
    REQUIRE(strategyCount >= 4);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    config = market_config();
    find_strategies();
    return 0;
}

/* A snapshot, or null with the code in *length. */
static char *snapshot_of(int id, int *length) {
    *length = fxs_snapshot(id, NULL, 0);
    if (*length <= 0) {
        return NULL;
    }
    char *bytes = malloc((size_t)*length);
    REQUIRE(fxs_snapshot(id, bytes, *length) == *length);
    REQUIRE(fxs_snapshot(id, bytes, *length - 1) == FXS_ESPACE);
    return bytes;
}

static void init(int id) {
    REQUIRE(initInstanceC(id, 1, (char *)config, "") == 0);
}

static void compare_instances(void) {
    int firstLength, secondLength;
    char *first = snapshot_of(FIRST, &firstLength);
    char *second = snapshot_of(SECOND, &secondLength);
    REQUIRE(firstLength == secondLength);
    REQUIRE(first == NULL || memcmp(first, second, (size_t)firstLength) == 0);
    free(first);
    free(second);
}

static void move_second(void) {
    int length;
    char *bytes = snapshot_of(SECOND, &length);
    if (bytes != NULL) {
        deinitInstance(SECOND);
        init(SECOND);
        REQUIRE(fxs_restore(SECOND, bytes, length) == 0);
        free(bytes);
    }
}

/* A damaged snapshot is refused and changes nothing. */
static void restore_damaged(reader *in) {
    int length;
    char *bytes = snapshot_of(FIRST, &length);
    int at = take_short(in), flip = take_byte(in);
    if (bytes != NULL && flip != 0) {
        bytes[at % length] ^= (char)flip;
        REQUIRE(fxs_restore(FIRST, bytes, length) < 0);
        bytes[at % length] ^= (char)flip;
        REQUIRE(fxs_restore(FIRST, bytes, at % length) < 0);
    }
    free(bytes);
}

/* An older state, perhaps of another strategy or from before an init. */
typedef struct {
    char *bytes;
    int length;
} slot;

static void save_slot(slot *s) {
    free(s->bytes);
    s->bytes = snapshot_of(FIRST, &s->length);
}

static void restore_slot(const slot *s) {
    if (s->bytes != NULL) {
        int first = fxs_restore(FIRST, s->bytes, s->length);
        REQUIRE(first == 0 || first == FXS_EINSTANCE);
        REQUIRE(fxs_restore(SECOND, s->bytes, s->length) == first);
    }
}

/* Periods are in order, whatever was shown. */
static void check_series(int id) {
    saker__instance *instance = saker__acquire(id);
    for (int i = 0; instance != NULL && instance->core != NULL && i < FXS_SERIES_MAX; i++) {
        int count = fxs_bar_count(instance->core, i);
        REQUIRE(fxs_bar_at(instance->core, i, count) == NULL);
        for (int shift = 1; shift < count; shift++) {
            REQUIRE(fxs_bar_at(instance->core, i, shift)->time
                    < fxs_bar_at(instance->core, i, shift - 1)->time);
        }
    }
    if (instance != NULL) {
        saker__release(instance);
    }
}

/* Says which figure differs, and how. */
static void compare_rows(const answer *first, const answer *second) {
    enum { FIGURES = sizeof(fxs_result) / sizeof(double) };
    const double *a = (const double *)first->rows, *b = (const double *)second->rows;
    for (int i = 0; i < first->rowCount * FIGURES; i++) {
        if (memcmp(&a[i], &b[i], sizeof a[i]) != 0) {
            fprintf(stderr, "row %d, figure %d: %.17g and %.17g\n", i / FIGURES, i % FIGURES, a[i],
                    b[i]);
            REQUIRE(!"two instances that were told the same answer the same");
        }
    }
}

static void call_both(int fills) {
    answer first = world_call(&w, FIRST);
    answer second = world_call(&w, SECOND);
    int ran = world_check(&first);
    REQUIRE(second.code == first.code);
    compare_rows(&first, &second);
    if (ran && fills) {
        world_fill(&w, &first);
    }
    free(first.rows);
    free(second.rows);
}

static void play_strategy(reader *in) {
    static const int minutes[] = {1440, 240, 60, 5, 1, 15, 30, 7, 10080, 43200};
    int which = take_below(in, strategyCount);
    int base = minutes[take_below(in, sizeof minutes / sizeof minutes[0])];
    uint8_t shape = take_byte(in); /* 1: the AUTOBBS series too; the rest: how many bars */
    world_init(&w, strategies[which].strategy->id, strategies[which].trendMode, base,
               5 + (shape >> 1) * 3, shape & 1, take_byte(in));
}

static void change_text(reader *in) {
    static const char *const texts[] = {
        "EURUSD", "USD", "UTC", "Europe East", "New York", "Local", "XAUUSD", "BTCUSD", "GBPJPY",
        "EUR/USD.pro", "JPY", "US500", "", "Nowhere",
    };
    char *text = w.texts[take_below(in, WORLD_TEXTS)];
    uint8_t choice = take_byte(in);
    if (choice < 200) {
        strcpy(text, texts[choice % (sizeof texts / sizeof texts[0])]);
    } else {
        int length = take_byte(in) % 255;
        memset(text, 0, WORLD_TEXT);
        take_bytes(in, text, (size_t)length);
    }
}

static void change_bar(reader *in) {
    int back = take_byte(in);
    fxs_bar *bar = &w.bars[w.barCount - 1 - (back < w.barCount ? back : 0)];
    double *prices[] = {&bar->open, &bar->high, &bar->low, &bar->close, &bar->volume};
    int field = take_below(in, 8);
    if (field < 5) {
        *prices[field] = take_double(in, *prices[field]);
    } else {
        double time = take_double(in, bar->time / 60.0) * 60;
        bar->time = time >= INT32_MIN && time <= INT32_MAX ? (int32_t)time : INT32_MAX;
    }
}

/* What belongs to one of the two belongs to each: they are told the same, but for who they are. */
static double nobodys_id(double value) {
    return value == FIRST || value == SECOND ? WORLD_SELF : value;
}

static void change_order(reader *in) {
    double *fields = (double *)&w.orders[take_below(in, WORLD_ORDERS)];
    int field = take_below(in, sizeof(fxs_order) / sizeof(double));
    fields[field] = nobodys_id(take_double(in, fields[field]));
}

/* An order that could be this instance's. */
static void add_order(reader *in) {
    fxs_order *order = &w.orders[take_below(in, 4)];
    *order = (fxs_order){
        .ticket = ++w.tickets, .instanceId = WORLD_SELF, .type = take_below(in, 6),
        .openTime = w.brokerTime - 60.0 * w.minutes * take_byte(in), .openPrice = w.price,
        .lots = 0.1, .isOpen = take_below(in, 2),
    };
    order->stopLoss = take_double(in, w.price);
    order->takeProfit = take_double(in, w.price);
}

/* A size that a caller can have is one that this caller has: who overstates it asks for trouble. */
static void change_info(reader *in) {
    CRatesInfo *info = &w.info[take_below(in, FXS_SERIES_MAX)];
    double *fields = (double *)info;
    int field = take_below(in, sizeof *info / sizeof(double));
    fields[field] = take_double(in, fields[field]);
    if (info->ratesArraySize > w.barCount && info->ratesArraySize <= INT32_MAX) {
        info->ratesArraySize = w.barCount;
    }
}

/* Moves the newest bar, and time with it, without a new one. */
static void move_time(reader *in) {
    int64_t time = w.brokerTime + (int64_t)(int8_t)take_byte(in) * 60 * w.minutes / 4;
    w.brokerTime = time > INT32_MAX ? INT32_MAX : (int32_t)time;
    if (take_below(in, 2) == 1) {
        w.bars[w.barCount - 1].time = w.brokerTime;
    }
}

static void step(reader *in) {
    uint8_t how = take_byte(in);
    int count = 1 + (how & 7);
    for (int i = 0; i < count; i++) {
        world_advance(&w, i == 0 ? (how >> 4) * (how >> 4) : 0);
        call_both(how & 8);
    }
}

static void call_with_null(reader *in) {
    w.nullArgument = take_below(in, WORLD_ARGUMENTS);
    call_both(0);
    w.nullArgument = -1;
}

static void set_limits(reader *in) {
    static const int indices[] = {FXS_MAX_OPEN_ORDERS, FXS_ORDER_ROWS};
    int index = indices[take_below(in, 2)];
    w.settings[index] = take_below(in, 2) == 1 ? take_double(in, w.settings[index])
                                               : take_byte(in) % WORLD_ORDERS;
}

static void act(reader *in, slot *saved) {
    int index;
    switch (take_below(in, 24)) {
    case 0: case 1: case 2: case 3:
        step(in);
        break;
    case 4:
        index = take_below(in, FXS_SETTINGS);
        w.settings[index] = take_double(in, w.settings[index]);
        if (index == FXS_INSTANCE_ID) {
            w.settings[index] = nobodys_id(w.settings[index]);
        }
        break;
    case 5:
        index = take_below(in, 40); /* a strategy's own, in a range that it may accept */
        w.settings[index] = (int8_t)take_byte(in);
        break;
    case 6:
        index = take_below(in, FXS_ACCOUNT_FIGURES);
        w.account[index] = take_double(in, w.account[index]);
        break;
    case 7:
        index = take_below(in, FXS_QUOTES);
        w.quotes[index] = take_double(in, w.quotes[index]);
        call_both(0);
        break;
    case 8:
        change_order(in);
        break;
    case 9:
        add_order(in);
        break;
    case 10:
        change_info(in);
        break;
    case 11: case 12:
        change_bar(in);
        call_both(0);
        break;
    case 13:
        move_time(in);
        call_both(0);
        break;
    case 14:
        move_second();
        break;
    case 15:
        save_slot(saved);
        break;
    case 16:
        restore_slot(saved);
        break;
    case 17:
        init(FIRST);
        init(SECOND);
        break;
    case 18:
        deinitInstance(FIRST);
        deinitInstance(SECOND);
        break;
    case 19:
        change_text(in);
        break;
    case 20:
        w.layout = take_below(in, 3);
        break;
    case 21:
        call_with_null(in);
        break;
    case 22:
        set_limits(in);
        break;
    default:
        if (take_below(in, 2) == 0) {
            restore_damaged(in);
        } else {
            play_strategy(in);
            init(FIRST);
            init(SECOND);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    reader in = {data, size};
    slot saved = {NULL, 0};
    play_strategy(&in);
    init(FIRST);
    init(SECOND);
    call_both(1);
    for (int steps = 0; !is_read(&in) && steps < STEPS_MAX; steps++) {
        act(&in, &saved);
    }
    check_series(FIRST);
    compare_instances();
    deinitInstance(FIRST);
    deinitInstance(SECOND);
    free(saved.bytes);
    free(w.bars);
    w.bars = NULL;
    return 0;
}
