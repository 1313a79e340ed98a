/*
 * Normalisation against an oracle that rebuilds everything from the whole history: completed
 * periods must be those of the oracle, bit for bit, and the forming one what merging gives.
 */
#include "core/series.h"
#include "harness.h"
#include "market.h"

enum { MONDAY = 946857600 }; /* 2000-01-03 00:00 */

static const fxs_zone UTC;
static const fxs_zone EUROPE_EAST = {3, 0, 0, 10, 0, 0, 7200, 10800};
static const fxs_zone NEW_YORK = {3, 2, 0, 11, 1, 0, -18000, -14400};

static int64_t group_start(int64_t time, int minutes) {
    if (minutes == 10080) {
        return (time + 259200) / 604800 * 604800 - 259200;
    }
    return time / (minutes * 60LL) * (minutes * 60LL);
}

/* All periods of bars[0..last], oldest first; returns how many. */
static int oracle(const fxs_bar *bars, int last, int minutes, const fxs_setup *setup,
                  fxs_bar *out) {
    int count = 0;
    for (int i = 0; i <= last; i++) {
        int64_t time =
            bars[i].time + fxs_zone_shift_seconds(&setup->broker, &setup->reference, bars[i].time);
        if (!fxs_is_trading_day(time, setup->flags)) {
            continue;
        }
        int32_t start = (int32_t)group_start(time, minutes);
        if (count == 0 || out[count - 1].time != start) {
            out[count] = bars[i];
            out[count].time = start;
            out[count].low = bars[i].low > 0 ? bars[i].low : 0;
            count++;
            continue;
        }
        fxs_bar *group = &out[count - 1];
        group->high = fmax(group->high, bars[i].high);
        if (bars[i].low > 0 && (group->low == 0 || bars[i].low < group->low)) {
            group->low = bars[i].low;
        }
        group->close = bars[i].close;
        group->volume += bars[i].volume;
    }
    for (int i = 0; i < count - 1; i++) {
        out[i].low = out[i].low > 0 ? out[i].low : fmin(out[i].open, out[i].close);
    }
    return count;
}

static void check_bar(const fxs_bar *actual, const fxs_bar *expected) {
    CHECK_INT(actual->time, expected->time);
    CHECK_NEAR(actual->open, expected->open, 0);
    CHECK_NEAR(actual->high, expected->high, 0);
    CHECK_NEAR(actual->low, expected->low, 0);
    CHECK_NEAR(actual->close, expected->close, 0);
    CHECK_NEAR(actual->volume, expected->volume, 0);
}

typedef struct {
    int baseMinutes, minutes, kept, bars, window, gapPercent;
} shape;

/* Shows every bar once, as its open and then, sometimes, whole; compares now and then. */
static void walk(const shape *s, const fxs_setup *setup, uint64_t seed) {
    fxs_bar *bars = market_bars(seed, s->bars, s->baseMinutes, MONDAY, s->gapPercent);
    fxs_bar *expected = calloc((size_t)s->bars, sizeof *expected);
    fxs_bar *memory = calloc(2 * (size_t)s->kept, sizeof *memory);
    fxs_series_spec spec = {s->minutes, s->kept};
    fxs__series series;
    fxs__calendar calendar;
    fxs__series_init(&series, &spec, memory);
    fxs__calendar_init(&calendar, setup);
    for (int i = 5; i < s->bars; i += 23) {
        bars[i].low = 0; /* Is not a price, so it is no low. */
    }
    int compared = 0;

    for (int i = s->window - 1; i < s->bars; i++) {
        fxs_bar whole = bars[i];
        bars[i] = (fxs_bar){whole.open, whole.open, whole.open, whole.open, 0, whole.time, 0};
        fxs_rates rates = {bars + i + 1 - s->window, FXS_LAYOUT_C, s->window, s->baseMinutes};
        int code = fxs__series_update(&series, &rates, &calendar);
        bars[i] = whole;
        if (code == FXS_ERATES && i < s->window + 200) {
            continue; /* Too few trading days in the first windows. */
        }
        CHECK_INT(code, 0);
        if (i % 97 != 0 && i < s->bars - 50) {
            continue;
        }
        int count = oracle(bars, i, s->minutes, setup, expected);
        for (int shift = 1; shift < s->kept && shift < count - 1; shift++) {
            check_bar(fxs__series_at(&series, shift), &expected[count - 1 - shift]);
        }
        CHECK_INT(fxs__series_at(&series, 0)->time, expected[count - 1].time);
        CHECK_NEAR(fxs__series_at(&series, 0)->open, expected[count - 1].open, 0);
        compared++;
    }
    CHECK(compared > 40);
    free(bars);
    free(expected);
    free(memory);
}

static fxs_setup setup_of(const fxs_zone *broker, const fxs_zone *reference, int flags) {
    fxs_setup setup;
    memset(&setup, 0, sizeof setup);
    setup.broker = *broker;
    setup.reference = *reference;
    setup.flags = flags;
    return setup;
}

static void shouldCompletePeriodsAsTheWholeHistoryDoes(void) {
    const shape shapes[] = {
        {60, 60, 50, 6000, 80, 0},     {60, 240, 40, 6000, 240, 3},
        {60, 1440, 30, 9000, 1200, 0}, {60, 10080, 8, 9000, 2000, 0},
        {60, 43200, 3, 9000, 3000, 1}, {5, 60, 30, 9000, 3000, 10},
        {1, 5, 20, 6000, 4000, 20},    {15, 1440, 5, 9000, 1200, 2},
        {1440, 10080, 10, 3000, 100, 0}, {60, 60, 1, 5000, 60, 0},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        fxs_setup plain = setup_of(&UTC, &UTC, 0);
        fxs_setup coin = setup_of(&UTC, &UTC, FXS_KEEP_WEEKENDS);
        walk(&shapes[i], &plain, i + 1);
        walk(&shapes[i], &coin, i + 100);
    }
}

static void shouldShiftBarsToTheReferenceBroker(void) {
    const shape daily = {60, 1440, 20, 9000, 900, 0};
    const shape weekly = {240, 10080, 6, 9000, 500, 0};
    fxs_setup setup = setup_of(&UTC, &EUROPE_EAST, 0);

    walk(&daily, &setup, 7);
    walk(&weekly, &setup, 8);
}

/* Two opens per bar: the forming bar is merged, never doubled. */
static void shouldMergeTheFormingBar(void) {
    fxs_bar memory[6] = {{0}};
    fxs_series_spec spec = {60, 3};
    fxs__series series;
    fxs__calendar calendar;
    fxs_setup setup = setup_of(&UTC, &UTC, 0);
    fxs__series_init(&series, &spec, memory);
    fxs__calendar_init(&calendar, &setup);
    fxs_bar bars[] = {
        {1.0, 1.2, 0.9, 1.1, 5, MONDAY, 0},         {1.1, 1.3, 1.0, 1.2, 5, MONDAY + 3600, 0},
        {1.2, 1.25, 1.15, 1.2, 4, MONDAY + 7200, 0}, {1.3, 1.3, 1.3, 1.3, 1, MONDAY + 9000, 0},
    };
    fxs_rates three = {bars, FXS_LAYOUT_C, 3, 30}, four = {bars, FXS_LAYOUT_C, 4, 30};
    CHECK_INT(fxs__series_update(&series, &three, &calendar), 0);

    bars[2].high = 1.4;
    bars[2].close = 1.35;
    bars[2].volume = 6;
    CHECK_INT(fxs__series_update(&series, &three, &calendar), 0);
    const fxs_bar *forming = fxs__series_at(&series, 0);
    CHECK_NEAR(forming->high, 1.4, 0);
    CHECK_NEAR(forming->close, 1.2, 0); /* Its time is the period's start. */
    CHECK_NEAR(forming->volume, 6, 0);

    CHECK_INT(fxs__series_update(&series, &four, &calendar), 0);
    bars[3].low = 1.1;
    bars[3].close = 1.12;
    bars[3].volume = 2;
    CHECK_INT(fxs__series_update(&series, &four, &calendar), 0);
    CHECK_NEAR(forming->low, 1.1, 0);
    CHECK_NEAR(forming->close, 1.12, 0);
    CHECK_NEAR(forming->volume, 8, 0);
    CHECK_INT(series.state.completed, 2);

    fxs_bar late = {9, 9, 0.1, 9, 9, MONDAY + 8000, 0};
    fxs_rates lateBar = {&late, FXS_LAYOUT_C, 1, 30};
    CHECK_INT(fxs__series_update(&series, &lateBar, &calendar), 0);
    CHECK_NEAR(forming->high, 1.4, 0);
    CHECK_NEAR(forming->low, 1.1, 0);
    late.time = MONDAY + 3600; /* A closed period is never reopened. */
    CHECK_INT(fxs__series_update(&series, &lateBar, &calendar), 0);
    CHECK_NEAR(fxs__series_at(&series, 1)->high, 1.3, 0);
}

/* Lows of 0 or less are no lows; a period without any other still has one for who measures it. */
static void shouldKnowALowOfEveryCompletedPeriod(void) {
    fxs_bar memory[6] = {{0}};
    fxs_series_spec spec = {60, 3};
    fxs__series series;
    fxs__calendar calendar;
    fxs_setup setup = setup_of(&UTC, &UTC, 0);
    fxs__series_init(&series, &spec, memory);
    fxs__calendar_init(&calendar, &setup);
    const fxs_bar bars[] = {
        {1.2, 1.3, 0, 1.1, 5, MONDAY, 0},            {1.1, 1.3, -1, 1.2, 5, MONDAY + 3600, 0},
        {1.2, 1.3, 1.15, 1.25, 5, MONDAY + 5400, 0}, {1.2, 1.3, 0, 1.25, 4, MONDAY + 7200, 0},
        {1.2, 1.2, 1.2, 1.2, 1, MONDAY + 10800, 0},
    };
    for (int count = 4; count <= 5; count++) {
        fxs_rates rates = {bars, FXS_LAYOUT_C, count, 30};
        CHECK_INT(fxs__series_update(&series, &rates, &calendar), 0);
    }

    CHECK_NEAR(fxs__series_at(&series, 1)->low, 1.2, 0);
    CHECK_NEAR(fxs__series_at(&series, 2)->low, 1.15, 0); /* Known, and above the first open. */

    fxs__series_init(&series, &spec, memory);
    fxs_rates first = {bars, FXS_LAYOUT_C, 4, 30};
    CHECK_INT(fxs__series_update(&series, &first, &calendar), 0);
    CHECK_NEAR(fxs__series_at(&series, 2)->low, 1.1, 0);
    CHECK_INT(fxs__series_is_sound(&series), 1);
}

static void shouldReadAllThreeLayoutsAlike(void) {
    enum { COUNT = 500, KEPT = 20 };
    fxs_bar *bars = market_bars(3, COUNT, 15, MONDAY, 0);
    fxs_mql4_bar *four = calloc(COUNT, sizeof *four);
    fxs_mql5_bar *five = calloc(COUNT, sizeof *five);
    for (int i = 0; i < COUNT; i++) {
        const fxs_bar *b = &bars[i];
        four[i] = (fxs_mql4_bar){(uint32_t)b->time, b->open, b->low, b->high, b->close, b->volume};
        five[i] = (fxs_mql5_bar){(uint64_t)b->time, b->open, b->high, b->low, b->close,
                                 (int64_t)b->volume, 0, 0};
    }
    const fxs_rates rates[] = {{bars, FXS_LAYOUT_C, COUNT, 15},
                               {five, FXS_LAYOUT_MQL5, COUNT, 15},
                               {four, FXS_LAYOUT_MQL4, COUNT, 15}};
    fxs_bar memory[3][2 * KEPT];
    fxs__series series[3];

    for (int i = 0; i < 3; i++) {
        fxs_series_spec spec = {60, KEPT};
        fxs_setup setup = setup_of(&UTC, &UTC, 0);
        fxs__calendar calendar;
        fxs__calendar_init(&calendar, &setup);
        fxs__series_init(&series[i], &spec, memory[i]);
        for (int shown = COUNT - 100; shown <= COUNT; shown++) {
            fxs_rates part = rates[i];
            part.count = shown;
            CHECK_INT(fxs__series_update(&series[i], &part, &calendar), 0);
        }
    }

    for (int shift = 0; shift < KEPT; shift++) {
        check_bar(fxs__series_at(&series[1], shift), fxs__series_at(&series[0], shift));
        check_bar(fxs__series_at(&series[2], shift), fxs__series_at(&series[0], shift));
    }
    free(bars);
    free(four);
    free(five);
}

static void shouldRefuseBadAndFewBars(void) {
    fxs_bar *bars = market_bars(3, 100, 60, MONDAY, 0);
    fxs_bar memory[100];
    fxs_series_spec spec = {60, 50};
    fxs_setup setup = setup_of(&UTC, &UTC, 0);
    fxs__series series;
    fxs__calendar calendar;
    fxs__calendar_init(&calendar, &setup);
    fxs__series_init(&series, &spec, memory);
    fxs_rates rates = {bars, FXS_LAYOUT_C, 49, 60};

    CHECK_INT(fxs__series_update(&series, &rates, &calendar), FXS_ERATES);
    rates.count = 100;
    bars[60].close = NAN;
    CHECK_INT(fxs__series_update(&series, &rates, &calendar), FXS_EBARS);
    bars[60].close = -1;
    CHECK_INT(fxs__series_update(&series, &rates, &calendar), FXS_EBARS);
    bars[60].close = 1.1;
    CHECK_INT(fxs__series_update(&series, &rates, &calendar), 0);
    bars[99].high = INFINITY;
    CHECK_INT(fxs__series_update(&series, &rates, &calendar), FXS_EBARS);
    free(bars);
}

/* date -u -d '2024-03-31' and so on. */
static void shouldKnowDaylightSavingAndHolidays(void) {
    const int64_t march30 = 1711756800, march31 = 1711843200, november2 = 1730505600,
                  november3 = 1730592000, christmas = 1735084800, newYear = 1735689600,
                  saturday = 1735344000, saturdayChristmas = 1640390400;

    CHECK_INT(fxs_zone_shift_seconds(&UTC, &EUROPE_EAST, march30), 7200);
    CHECK_INT(fxs_zone_shift_seconds(&UTC, &EUROPE_EAST, march31), 10800);
    CHECK_INT(fxs_zone_shift_seconds(&UTC, &NEW_YORK, november2 + 86399), -14400);
    CHECK_INT(fxs_zone_shift_seconds(&UTC, &NEW_YORK, november3), -18000);
    CHECK_INT(fxs_zone_shift_seconds(&EUROPE_EAST, &NEW_YORK, march30), -14400 - 7200);
    const fxs_zone south = {10, 0, 0, 4, 0, 0, 36000, 39600};
    CHECK_INT(fxs_zone_shift_seconds(&UTC, &south, newYear), 39600);
    CHECK_INT(fxs_zone_shift_seconds(&UTC, &south, 1720000000), 36000);

    CHECK_INT(fxs_is_trading_day(march30, 0), 0);
    CHECK_INT(fxs_is_trading_day(march31, 0), 0);
    CHECK_INT(fxs_is_trading_day(march31 + 86400, 0), 1);
    CHECK_INT(fxs_is_trading_day(christmas, 0), 0);
    CHECK_INT(fxs_is_trading_day(christmas, FXS_KEEP_WEEKENDS), 0);
    CHECK_INT(fxs_is_trading_day(newYear, FXS_KEEP_WEEKENDS), 0);
    CHECK_INT(fxs_is_trading_day(saturday, FXS_KEEP_WEEKENDS), 1);
    CHECK_INT(fxs_is_trading_day(saturdayChristmas, FXS_KEEP_WEEKENDS), 1);
    CHECK_INT(fxs_is_trading_day(saturdayChristmas, 0), 0);
}

int main(void) {
    RUN(shouldKnowDaylightSavingAndHolidays);
    RUN(shouldCompletePeriodsAsTheWholeHistoryDoes);
    RUN(shouldShiftBarsToTheReferenceBroker);
    RUN(shouldMergeTheFormingBar);
    RUN(shouldKnowALowOfEveryCompletedPeriod);
    RUN(shouldReadAllThreeLayoutsAlike);
    RUN(shouldRefuseBadAndFewBars);
    return 0;
}
