#include "instance.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"

static const double ZERO_PRICE = 1e-9;

enum { ALIGNMENT = 16, TIMEFRAME_MAX = 43200, GOLD_REOPEN_SECOND = 3600 };

static size_t aligned(size_t size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static int check_series(const fxs_setup *setup) {
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        const fxs_series_spec *spec = &setup->series[i];
        if (spec->timeframeMinutes < 0 || spec->timeframeMinutes > TIMEFRAME_MAX
            || (spec->timeframeMinutes > 0 && (spec->bars < 1 || spec->bars > FXS_BARS_MAX))) {
            return FXS_EPARAM;
        }
    }
    return setup->series[0].timeframeMinutes > 0 ? 0 : FXS_EPARAM;
}

static size_t bar_bytes(const fxs_series_spec *spec) {
    return spec->timeframeMinutes > 0 ? aligned(2 * (size_t)spec->bars * sizeof(fxs_bar)) : 0;
}

static size_t instance_bytes(const fxs_setup *setup, const fxs__strategy *strategy) {
    size_t bytes = aligned(sizeof(fxs)) + aligned(strategy->stateSize);
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        bytes += bar_bytes(&setup->series[i]);
    }
    return bytes;
}

static void lay_out(fxs *instance) {
    char *memory = (char *)instance + aligned(sizeof(fxs));
    instance->state = memory;
    memory += aligned(instance->strategy->stateSize);
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        const fxs_series_spec *spec = &instance->setup.series[i];
        fxs__series_init(&instance->series[i], spec, (fxs_bar *)(void *)memory);
        memory += bar_bytes(spec);
    }
}

int fxs_create(const fxs_setup *setup, fxs **out) {
    if (out != NULL) {
        *out = NULL;
    }
    if (setup == NULL || out == NULL) {
        return FXS_EINVAL;
    }
    const fxs__strategy *strategy = fxs__strategy_find(setup->strategyId, setup->trendMode);
    if (strategy == NULL) {
        return FXS_ESTRATEGY;
    }
    int code = fxs__check_setup(setup);
    if (code == 0) {
        code = check_series(setup);
    }
    if (code == 0 && strategy->check_series != NULL) {
        code = strategy->check_series(setup->series);
    }
    if (code != 0) {
        return code;
    }
    fxs *instance = calloc(1, instance_bytes(setup, strategy));
    if (instance == NULL) {
        return FXS_ENOMEM;
    }
    instance->setup = *setup;
    instance->strategy = strategy;
    fxs__calendar_init(&instance->calendar, setup);
    lay_out(instance);
    *out = instance;
    return 0;
}

void fxs_destroy(fxs *instance) {
    free(instance);
}

const fxs_setup *fxs_setup_of(const fxs *instance) {
    return &instance->setup;
}

fxs_progress fxs_progress_of(const fxs *instance) {
    const fxs__progress *progress = &instance->progress;
    return (fxs_progress){
        .lastRunTime = progress->hasRun ? progress->lastRunTime : FXS_NEVER,
        .lastOrderUpdateTime =
            progress->lastOrderUpdate != 0 ? progress->lastOrderUpdate : FXS_NEVER,
    };
}

void fxs_resume(fxs *instance, const fxs_progress *progress) {
    int hasRun = progress->lastRunTime != FXS_NEVER;
    int hasUpdated = progress->lastOrderUpdateTime != FXS_NEVER;
    instance->progress.hasRun = hasRun;
    instance->progress.lastRunTime = hasRun ? progress->lastRunTime : 0;
    instance->progress.lastOrderUpdate = hasUpdated ? progress->lastOrderUpdateTime : 0;
}

int fxs_bar_count(const fxs *instance, int index) {
    if (index < 0 || index >= FXS_SERIES_MAX || !instance->series[index].state.filled) {
        return 0;
    }
    return instance->series[index].capacity;
}

const fxs_bar *fxs_bar_at(const fxs *instance, int index, int shift) {
    if (shift < 0 || shift >= fxs_bar_count(instance, index)) {
        return NULL;
    }
    return fxs__series_at(&instance->series[index], shift);
}

static int is_same_strategy(const fxs *instance, const double *settings) {
    const fxs__strategy *strategy = instance->strategy;
    return settings[FXS_STRATEGY_ID] == strategy->id
        && fxs__strategy_takes(strategy, settings[FXS_TREND_MODE]);
}

static int check_timeframe(const fxs *instance, const fxs_call *call) {
    double timeframe = call->settings[FXS_TIMEFRAME];
    return timeframe == 0 || timeframe == instance->setup.series[0].timeframeMinutes ? 0
                                                                                      : FXS_EPARAM;
}

/* Not for NaN. */
static int is_priced(double quote) {
    return quote >= ZERO_PRICE && quote <= FXS_PRICE_MAX;
}

static int check_quotes(const fxs *instance, const double *quotes) {
    int priced = is_priced(quotes[FXS_BID]) && is_priced(quotes[FXS_ASK]);
    int needsAsk = instance->setup.conversion == FXS_CONVERT_DIVIDE_BY_ASK;
    int needsBid = instance->setup.conversion == FXS_CONVERT_TIMES_BID;
    if (needsAsk) {
        priced = priced && is_priced(quotes[FXS_QUOTE_CONVERSION_ASK]);
    }
    if (needsBid) {
        priced = priced && is_priced(quotes[FXS_QUOTE_CONVERSION_BID]);
    }
    return priced ? 0 : FXS_EQUOTE;
}

static int update_series(fxs *instance, const fxs_call *call) {
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        const fxs_rates *rates = &call->rates[i];
        if (instance->series[i].capacity == 0) {
            continue;
        }
        if (rates->bars == NULL || rates->count < 1) {
            return FXS_ERATES;
        }
        int code = fxs__series_update(&instance->series[i], rates, &instance->calendar);
        if (code != 0) {
            return code;
        }
    }
    return 0;
}

/* Live, an order that lost its stop or target is looked at again at once. */
static int lacks_protection(const fxs__run *run) {
    const double *settings = run->call->settings;
    for (int i = 0; i < run->call->orderCount; i++) {
        const fxs_order *order = &run->call->orders[i];
        if (order->isOpen == 0 || !fxs__is_own_order(run, order)) {
            continue;
        }
        if ((settings[FXS_USE_SL] != 0 && order->stopLoss == 0)
            || (settings[FXS_USE_TP] != 0 && order->takeProfit == 0)) {
            return 1;
        }
    }
    return 0;
}

static int outcome_of(const fxs *instance, const fxs__run *run) {
    const double *settings = run->call->settings;
    const fxs__progress *progress = &instance->progress;
    int live = settings[FXS_IS_BACKTESTING] == 0;
    int64_t secondOfDay = run->now - fxs__day_of(run->now) * FXS__DAY_SECONDS;
    if (live && (instance->setup.flags & FXS_GOLD) != 0 && secondOfDay >= GOLD_REOPEN_SECOND
        && secondOfDay < GOLD_REOPEN_SECOND + 60) {
        return FXS_GOLD_REOPENS; /* With a spread that no stop survives. */
    }
    if (settings[FXS_RUN_EVERY_TICK] != 0 || !progress->hasRun
        || progress->lastRunTime != fxs__series_at(&instance->series[0], 0)->time) {
        return FXS_RAN;
    }
    return live && (run->call->isForced || lacks_protection(run)) ? FXS_RAN : FXS_NOT_DUE;
}

static void clear_rows(fxs_result *rows, int count) {
    memset(rows, 0, (size_t)count * sizeof *rows);
    for (int i = 0; i < count; i++) {
        rows[i].ticketNumber = -1;
    }
}

static int run_strategy(fxs *instance, fxs__run *run) {
    const fxs__strategy *strategy = instance->strategy;
    int code = fxs__strategy_check(strategy, run->call->settings);
    if (code != 0) {
        return code;
    }
    clear_rows(run->rows, run->rowCount);
    code = fxs__strategy_run(strategy, run, instance->state);
    if (code != 0) {
        return code;
    }
    fxs__drop_unsound_rows(run);
    instance->progress.hasRun = 1;
    instance->progress.lastRunTime = fxs__series_at(&instance->series[0], 0)->time;
    return 1;
}

static void clear_report(fxs_report *report) {
    if (report != NULL) {
        report->outcome = 0;
        report->valueCount = 0;
        report->eventCount = 0;
        report->eventsDropped = 0;
        report->hasBar = 0;
    }
}

static void report_outcome(fxs_report *report, int outcome) {
    if (report != NULL) {
        report->outcome = outcome;
    }
}

int fxs_on_bar(fxs *instance, const fxs_call *call, fxs_result *rows) {
    if (instance == NULL || call == NULL || rows == NULL) {
        return FXS_EINVAL;
    }
    clear_report(call->report);
    if (!is_same_strategy(instance, call->settings)) {
        return FXS_ESTRATEGY;
    }
    int code = update_series(instance, call);
    if (code == 0) {
        code = check_quotes(instance, call->quotes);
    }
    if (code != 0) {
        return code;
    }
    int64_t now = fxs__calendar_reference_time(&instance->calendar, call->brokerTime);
    if (!fxs__calendar_is_trading(&instance->calendar, now)) {
        report_outcome(call->report, FXS_NO_TRADING_DAY);
        return 0;
    }
    code = fxs__check_call(call);
    if (code == 0) {
        code = check_timeframe(instance, call);
    }
    if (code != 0) {
        return code;
    }
    fxs__run run = {
        .setup = &instance->setup,
        .call = call,
        .series = instance->series,
        .now = now,
        .lastOrderUpdate = &instance->progress.lastOrderUpdate,
        .rows = rows,
        .rowCount = (int)call->settings[FXS_MAX_OPEN_ORDERS],
    };
    int outcome = outcome_of(instance, &run);
    code = outcome == FXS_RAN ? run_strategy(instance, &run) : 0;
    if (code >= 0) {
        report_outcome(call->report, outcome);
    }
    return code;
}
