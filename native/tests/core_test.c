/* The core as a program that links it uses it: no front end, no configuration, no locks. */
#include "fxs.h"
#include "harness.h"
#include "market.h"

enum { MONDAY = 946857600, COUNT = 4000, WINDOW = 3200 };

static fxs_setup setup_of(int strategyId) {
    fxs_setup setup;
    memset(&setup, 0, sizeof setup);
    setup.strategyId = strategyId;
    setup.series[0] = (fxs_series_spec){1, 60};
    setup.series[3] = (fxs_series_spec){15, 20};
    return setup;
}

static int show(fxs *instance, caller *c, fxs_bar *bars, int i, fxs_result *rows) {
    fxs_call call = {.settings = c->settings, .account = c->account, .quotes = c->quotes,
                     .orders = c->orders, .orderCount = 0, .brokerTime = bars[i].time};
    c->quotes[FXS_BID] = bars[i].open;
    c->quotes[FXS_ASK] = bars[i].open + 0.0001;
    for (int index = 0; index < FXS_SERIES_MAX; index++) {
        call.rates[index] = (fxs_rates){bars + i + 1 - WINDOW, FXS_LAYOUT_C, WINDOW, 1};
    }
    return fxs_on_bar(instance, &call, rows);
}

static void shouldDecideTheSameTwice(void) {
    fxs_bar *bars = market_bars(8, COUNT, 1, MONDAY, 0);
    fxs_setup setup = setup_of(1000);
    fxs *one, *other;
    CHECK_INT(fxs_create(&setup, &one), 0);
    CHECK_INT(fxs_create(&setup, &other), 0);
    caller c = caller_of(1, 1000, 1);
    int wishes = 0;

    for (int i = WINDOW - 1; i < COUNT; i++) {
        fxs_result a, b;
        CHECK_INT(show(one, &c, bars, i, &a), 1);
        CHECK_INT(show(other, &c, bars, i, &b), 1);
        CHECK_INT(show(one, &c, bars, i, &b), 0); /* Not due again; b is as it was. */
        CHECK(memcmp(&a, &b, sizeof a) == 0);
        wishes += a.tradingSignals > 0;
    }

    CHECK(wishes > 50);
    fxs_destroy(one);
    fxs_destroy(other);
    fxs_destroy(NULL);
    free(bars);
}

static void shouldShowItsBars(void) {
    fxs_bar *bars = market_bars(8, COUNT, 1, MONDAY, 0);
    fxs_setup setup = setup_of(1000);
    fxs *instance;
    fxs_result row;
    caller c = caller_of(1, 1000, 1);
    CHECK_INT(fxs_create(&setup, &instance), 0);
    CHECK_INT(fxs_bar_count(instance, 0), 0);

    CHECK_INT(show(instance, &c, bars, COUNT - 1, &row), 1);

    CHECK_INT(fxs_bar_count(instance, 0), 60);
    CHECK_INT(fxs_bar_count(instance, 3), 20);
    CHECK_INT(fxs_bar_count(instance, 1), 0);
    CHECK_INT(fxs_bar_count(instance, 10), 0);
    CHECK_INT(fxs_bar_at(instance, 0, 0)->time, bars[COUNT - 1].time);
    CHECK_INT(fxs_bar_at(instance, 0, 59)->time, bars[COUNT - 60].time);
    CHECK(fxs_bar_at(instance, 0, 60) == NULL);
    CHECK(fxs_bar_at(instance, 0, -1) == NULL);
    CHECK_INT(fxs_bar_at(instance, 3, 0)->time, bars[COUNT - 1].time / 900 * 900);
    CHECK_INT(fxs_setup_of(instance)->strategyId, 1000);
    fxs_destroy(instance);
    free(bars);
}

static void shouldRefuseASetupThatCannotWork(void) {
    fxs *out = (fxs *)&out;
    fxs_setup setup = setup_of(1000);
    CHECK_INT(fxs_create(NULL, &out), FXS_EINVAL);
    CHECK(out == NULL);
    CHECK_INT(fxs_create(&setup, NULL), FXS_EINVAL);
    setup = setup_of(77);
    CHECK_INT(fxs_create(&setup, &out), FXS_ESTRATEGY);
    setup = setup_of(1000);
    setup.series[0].timeframeMinutes = 0;
    CHECK_INT(fxs_create(&setup, &out), FXS_EPARAM);
    setup.series[0].timeframeMinutes = 43201;
    CHECK_INT(fxs_create(&setup, &out), FXS_EPARAM);
    setup = setup_of(1000);
    setup.series[0].bars = 0;
    CHECK_INT(fxs_create(&setup, &out), FXS_EPARAM);
    setup.series[0].bars = FXS_BARS_MAX + 1;
    CHECK_INT(fxs_create(&setup, &out), FXS_EPARAM);
    setup = setup_of(29);
    setup.trendMode = 102;
    setup.series[4] = (fxs_series_spec){1440, 21};
    CHECK_INT(fxs_create(&setup, &out), FXS_ERATES);
    setup.series[4].bars = 22;
    CHECK_INT(fxs_create(&setup, &out), 0);
    fxs_destroy(out);
}

static void shouldRefuseADamagedSave(void) {
    fxs_bar *bars = market_bars(8, COUNT, 1, MONDAY, 0);
    fxs_setup setup = setup_of(1001);
    fxs *instance, *loaded;
    fxs_result row;
    caller c = caller_of(1, 1001, 1);
    CHECK_INT(fxs_create(&setup, &instance), 0);
    CHECK_INT(show(instance, &c, bars, COUNT - 1, &row), 1);
    int length = fxs_save(instance, NULL, 0);
    char *bytes = malloc((size_t)length);
    CHECK_INT(fxs_save(instance, bytes, length), length);
    CHECK_INT(fxs_save(instance, bytes, length - 1), FXS_ESPACE);
    CHECK_INT(fxs_save(NULL, bytes, length), FXS_EINVAL);

    for (int i = 0; i < length; i += i < 700 ? 1 : 53) {
        bytes[i] ^= 1;
        CHECK_INT(fxs_load(bytes, length, &loaded), FXS_ESNAPSHOT);
        CHECK(loaded == NULL);
        bytes[i] ^= 1;
    }
    CHECK_INT(fxs_load(bytes, length - 1, &loaded), FXS_ESNAPSHOT);
    CHECK_INT(fxs_load(bytes, 3, &loaded), FXS_ESNAPSHOT);
    CHECK_INT(fxs_load(NULL, length, &loaded), FXS_EINVAL);
    CHECK_INT(fxs_load(bytes, length, NULL), FXS_EINVAL);
    CHECK_INT(fxs_load(bytes, length, &loaded), 0);

    CHECK_INT(fxs_bar_at(loaded, 0, 59)->time, fxs_bar_at(instance, 0, 59)->time);
    fxs_destroy(loaded);
    fxs_destroy(instance);
    free(bytes);
    free(bars);
}

static void shouldComputeCastagnolisChecksum(void) {
    CHECK_INT(fxs_crc32c(0, "123456789", 9), 0xE3069283);
    CHECK_INT(fxs_crc32c(fxs_crc32c(0, "1234", 4), "56789", 5), 0xE3069283);
}

int main(void) {
    RUN(shouldDecideTheSameTwice);
    RUN(shouldShowItsBars);
    RUN(shouldRefuseASetupThatCannotWork);
    RUN(shouldRefuseADamagedSave);
    RUN(shouldComputeCastagnolisChecksum);
    return 0;
}
