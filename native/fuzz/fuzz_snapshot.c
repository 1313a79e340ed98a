/*
 * Snapshots that were damaged or made up, with a checksum that is right, so that nothing but the
 * checks of the contents stands between them and the instance. Whatever loads must save as the
 * same bytes and survive calls.
 */
#include "market.h"
#include "reader.h"
#include "world.h"

#include "strategy/strategy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { ID = 1, MODELS_MAX = 100, CALLS = 4, HEADER = 24, LENGTH_AT = 12, CRC_AT = 16 };
enum { SNAPSHOT_BYTES_MAX = 1 << 20, FIGURES_MAX = 4096, FIGURE_MAX = 1000000 };

/* A genuine snapshot of each strategy, of the front end, and the caller that made it. */
typedef struct {
    const fxs__strategy *strategy;
    int trendMode;
    world w;
    char *bytes;
    int length;
    /* Places of four bytes that look like a whole number: periods, positions, counts. They are few
     * among thousands of prices, and what goes wrong goes wrong there. */
    int figures[FIGURES_MAX], figureCount;
} model;

static const char *config;
static model models[MODELS_MAX];
static int modelCount;

static void init(void) {
    REQUIRE(initInstanceC(ID, 1, (char *)config, "") == 0);
}

static void call_some(const world *from, int count) {
    world w = *from;
    w.bars = malloc(WORLD_BARS_MAX * sizeof *w.bars);
    memcpy(w.bars, from->bars, WORLD_BARS_MAX * sizeof *w.bars);
    for (int i = 0; i < count; i++) {
        world_advance(&w, 0);
        answer a = world_call(&w, ID);
        if (world_check(&a)) {
            world_fill(&w, &a);
        }
        free(a.rows);
    }
    free(w.bars);
}

static void find_figures(model *m) {
    for (int at = HEADER; at + 4 <= m->length && m->figureCount < FIGURES_MAX; at += 4) {
        int32_t value;
        memcpy(&value, m->bytes + at, sizeof value);
        if (value != 0 && value >= -1 && value <= FIGURE_MAX) {
            m->figures[m->figureCount++] = at;
        }
    }
}

static int has_model(const fxs__strategy *strategy) {
    for (int i = 0; i < modelCount; i++) {
        if (models[i].strategy == strategy) {
            return 1;
        }
    }
    return 0;
}

/* AUTOBBS sub-strategies look at days, ours at the primary series. */
static void make_model(const fxs__strategy *strategy, int trendMode, int calls) {
    int isAutobbs = strategy->trendMode != FXS__ANY_TREND_MODE;
    REQUIRE(modelCount < MODELS_MAX);
    model *m = &models[modelCount++];
    m->strategy = strategy;
    m->trendMode = trendMode;
    world_init(&m->w, strategy->id, trendMode, isAutobbs ? 1440 : 60, isAutobbs ? 60 : 300,
               isAutobbs, 7);
    init();
    call_some(&m->w, calls);
    m->length = fxs_snapshot(ID, NULL, 0);
    m->bytes = malloc((size_t)m->length);
    REQUIRE(fxs_snapshot(ID, m->bytes, m->length) == m->length);
    find_figures(m);
    deinitInstance(ID);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    config = market_config();
    for (int id = 0; id < 3000; id++) {
        for (int mode = 0; mode < 128; mode++) {
            const fxs__strategy *found = fxs__strategy_find(id, mode);
            if (found != NULL && !has_model(found)) {
                make_model(found, mode, CALLS);
            }
        }
    }
    make_model(models[0].strategy, models[0].trendMode, 0); /* Never called: no core yet. */
    return 0;
}

/* Makes length and checksum of the header at `from` true. */
static void seal(char *bytes, int length, int from) {
    uint32_t size = (uint32_t)(length - from);
    memcpy(bytes + from + LENGTH_AT, &size, sizeof size);
    uint32_t crc = fxs_crc32c(0, bytes + from + HEADER, size - HEADER);
    memcpy(bytes + from + CRC_AT, &crc, sizeof crc);
}

/* Where the core's own snapshot starts, or the length if there is none. */
static int core_of(const char *bytes, int length) {
    for (int at = HEADER; at + HEADER <= length; at++) {
        if (memcmp(bytes + at, "FXSSNAP\n", 8) == 0) {
            return at;
        }
    }
    return length;
}

/* At a figure or beside it, or from the front, or from the end, where the strategy's state is. */
static int place_of(reader *in, const model *m, int length) {
    int how = take_byte(in), at = take_short(in);
    switch (how % 4) {
    case 0:
        at *= how & 4 ? 8 : 4;
        break;
    case 1:
        at = length - 1 - at * (how & 4 ? 8 : 4) % length;
        break;
    default:
        at = m->figureCount > 0 ? m->figures[at % m->figureCount] + (how & 4) : at;
    }
    return at % length;
}

static void patch(reader *in, const model *m, char *bytes, int length) {
    int at = place_of(in, m, length), width = 4;
    char value[8];
    double number;
    int64_t integer;
    switch (take_below(in, 5)) {
    case 0:
        width = take_below(in, 8) + 1;
        take_bytes(in, value, sizeof value);
        break;
    case 1:
        number = take_double(in, 1);
        memcpy(value, &number, sizeof value);
        width = 8;
        at -= at % 8;
        break;
    case 2:
        integer = (int8_t)take_byte(in);
        memcpy(value, &integer, sizeof value);
        break;
    case 3:
        integer = take_short(in);
        memcpy(value, &integer, sizeof value);
        break;
    default:
        integer = INT64_MAX >> take_below(in, 64);
        width = take_below(in, 2) ? 8 : 4;
        memcpy(value, &integer, sizeof value);
    }
    memcpy(bytes + at, value, (size_t)(at + width <= length ? width : length - at));
}

static void save_again(const char *bytes, int length) {
    int saved = fxs_snapshot(ID, NULL, 0);
    REQUIRE(saved == length);
    char *copy = malloc((size_t)length);
    REQUIRE(fxs_snapshot(ID, copy, length) == length);
    REQUIRE(memcmp(copy, bytes, (size_t)length) == 0);
    free(copy);
}

/* An exact copy, so that reading past its end is seen. */
static void restore(const world *w, const char *bytes, int length) {
    char *copy = malloc((size_t)length);
    memcpy(copy, bytes, (size_t)length);
    init();
    int code = fxs_restore(ID, copy, length);
    REQUIRE(code == 0 || code == FXS_ESNAPSHOT || code == FXS_ESTRATEGY || code == FXS_ENOMEM);
    if (code == 0) {
        save_again(copy, length);
        call_some(w, CALLS);
    }
    deinitInstance(ID);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    reader in = {data, size};
    const model *m = &models[take_below(&in, modelCount)];
    int kind = take_byte(&in);
    if (kind == 255) {
        restore(&m->w, (const char *)in.at, (int)in.left);
        return 0;
    }
    /* The genuine one, cut or prolonged, patched, and sealed from the inside out. */
    int length = m->length;
    if (kind >= 224) {
        length = (length + (int16_t)take_short(&in) % length) % SNAPSHOT_BYTES_MAX;
    }
    char *bytes = calloc(1, (size_t)(length > m->length ? length : m->length));
    memcpy(bytes, m->bytes, (size_t)m->length);
    for (int i = 0; i < 32 && !is_read(&in); i++) {
        patch(&in, m, bytes, length);
    }
    int core = core_of(m->bytes, m->length);
    if (length >= core + HEADER) {
        seal(bytes, length, core);
    }
    if (length >= HEADER) {
        seal(bytes, length, 0);
    }
    restore(&m->w, bytes, length);
    free(bytes);
    return 0;
}
