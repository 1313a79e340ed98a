/*
 * A front end as the existing ones are: opens the library by path, looks the names up, and shows it
 * every bar. Two libraries with the same names in one process must not mix.
 *
 * usage: front_end_test LIBRARY VARIANT
 */
#include <dlfcn.h>

#include "harness.h"
#include "market.h"

enum { MONDAY = 946857600, COUNT = 4000, ID = 51 };

typedef struct {
    int (*init)(int, int, char *, char *);
    void (*deinit)(int);
    int (*run)(SAKER_RUN_PARAMETERS(char, CRates));
    int (*snapshot)(int, void *, int);
    int (*restore)(int, const void *, int);
} library;

static void *look_up(void *handle, const char *name) {
    void *symbol = dlsym(handle, name);
    CHECK(symbol != NULL);
    return symbol;
}

static library open_library(const char *path) {
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    library l;
    *(void **)&l.init = look_up(handle, "initInstanceC");
    *(void **)&l.deinit = look_up(handle, "deinitInstance");
    *(void **)&l.run = look_up(handle, "c_runStrategy");
    *(void **)&l.snapshot = look_up(handle, "fxs_snapshot");
    *(void **)&l.restore = look_up(handle, "fxs_restore");
    CHECK(dlsym(handle, "fxs_create") == NULL);
    return l;
}

/* A checksum of every row of a run. */
static uint32_t run(const library *l, fxs_bar *bars, int *wishes) {
    caller c = caller_of(ID, 1000, 1);
    int window = caller_window(&c);
    uint32_t crc = 0;
    *wishes = 0;
    CHECK_INT(l->init(ID, 1, (char *)market_config(), ""), 0);
    for (int i = window - 1; i < COUNT; i++) {
        CRates *w = bars + i + 1 - window;
        memset(c.rows, 0, sizeof c.rows);
        c.info[0].ratesArraySize = window;
        c.brokerTime = bars[i].time;
        c.quotes[FXS_BID] = bars[i].open;
        c.quotes[FXS_ASK] = bars[i].open + 0.0001;
        CHECK_INT(l->run(c.settings, (char *)"EURUSD", (char *)"USD", (char *)"UTC", (char *)"UTC",
                         &c.brokerTime, c.openOrders, c.orders, c.account, c.quotes, c.info, w, w,
                         w, w, w, w, w, w, w, w, (double *)c.rows),
                  0);
        *wishes += c.rows[0].tradingSignals > 0;
        crc = fxs_crc32c(crc, c.rows, sizeof c.rows);
    }
    int length = l->snapshot(ID, NULL, 0);
    char *bytes = malloc((size_t)length);
    CHECK_INT(l->snapshot(ID, bytes, length), length);
    CHECK_INT(l->restore(ID, bytes, length), 0);
    free(bytes);
    l->deinit(ID);
    return crc;
}

int main(int argc, char **argv) {
    CHECK(argc == 3);
    fxs_bar *bars = market_bars(77, COUNT, 1, MONDAY, 0);
    library ours = open_library(argv[1]), variant = open_library(argv[2]);
    int wishes, variantWishes, repeated;

    uint32_t crc = run(&ours, bars, &wishes);
    uint32_t variantCrc = run(&variant, bars, &variantWishes);
    uint32_t again = run(&ours, bars, &repeated);

    printf("%d wishes, the variant %d\n", wishes, variantWishes);
    CHECK(wishes > 50 && variantWishes > 20);
    CHECK(variantWishes < wishes && variantCrc != crc);
    CHECK(again == crc && repeated == wishes);
    free(bars);
    return 0;
}
