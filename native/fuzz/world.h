/*
 * A caller with everything it passes to a call, and how a call is made with buffers of exactly the
 * size the interface promises, so that a byte read or written beyond one is seen.
 */
#ifndef FUZZ_WORLD_H
#define FUZZ_WORLD_H

#include "saker_abi.h"

enum { WORLD_ORDERS = 24, WORLD_BARS_MAX = 1600, WORLD_TEXT = 256, WORLD_TEXTS = 4 };
enum { WORLD_SYMBOL = 0, WORLD_CURRENCY = 1, WORLD_BROKER = 2, WORLD_REFERENCE = 3 };

/* Stands for the id of whoever plays: in settings[FXS_INSTANCE_ID] and in orders. */
#define WORLD_SELF (-777.0)

/* Pointers of a call, for `nullArgument`: the ten rates come last. */
enum { WORLD_ARGUMENTS = 22 };

typedef struct {
    double settings[FXS_SETTINGS];
    double account[FXS_ACCOUNT_FIGURES];
    double quotes[FXS_QUOTES];
    CRatesInfo info[FXS_SERIES_MAX];
    fxs_order orders[WORLD_ORDERS];
    char texts[WORLD_TEXTS][WORLD_TEXT];
    int layout;       /* FXS_LAYOUT_… */
    int nullArgument; /* -1: none */
    int32_t brokerTime;
    /* The market: the newest `window` bars are shown. */
    fxs_bar *bars;
    int barCount, window, minutes;
    double price;
    uint64_t random;
    double tickets;
} world;

typedef struct {
    int code;
    int rowCount; /* 0 to FXS_ROWS_MAX */
    fxs_result *rows;
} answer;

/* Everything plausible: a strategy on EURUSD with its series. Frees the bars of the one before. */
void world_init(world *w, int strategyId, int trendMode, int minutes, int bars, int isAutobbs,
                uint64_t seed);

/* A new bar after `skipped` periods. */
void world_advance(world *w, int skipped);

/* Calls the library as instance `id`. Rows are prefilled with a pattern. */
answer world_call(const world *w, int id);

/* Aborts unless the answer is one that the interface allows. Returns 1 if the strategy ran. */
int world_check(const answer *a);

/* Does what the rows say, as a broker would. */
void world_fill(world *w, const answer *a);

#endif
