#include "keeper.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clocks.h"
#include "files.h"
#include "outputs.h"
#include "return_codes.h"
#include "saker_abi.h"

enum { FILE_ROOM = SAKER__PATH + 128, LINE_ROOM = 640 };

/* Kinds of files, for failedFiles. */
enum { STATE = 1, HEARTBEAT = 2, UI = 4, BARS = 8, EQUITY = 16, ORDER_FAIL = 32 };

static void say(const saker__keeper *keeper, int severity, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void say(const saker__keeper *keeper, int severity, const char *format, ...) {
    char text[LINE_ROOM];
    if (severity > keeper->config.maxSeverity) {
        return;
    }
    int used = snprintf(text, sizeof text, "System InstanceID = %d, ", keeper->id);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text + used, sizeof text - (size_t)used, format, arguments);
    va_end(arguments);
    saker__log_line(keeper->log, severity, text);
}

/* Once for every kind of file, until it works again. */
static void note_file(saker__keeper *keeper, unsigned kind, const char *path, int error) {
    if (error == 0) {
        keeper->failedFiles &= ~kind;
    } else if ((keeper->failedFiles & kind) == 0) {
        keeper->failedFiles |= kind;
        say(keeper, FXS_ERROR, "cannot write %s: %s", path, strerror(error));
    }
}

/* <tmp>/<id><ending>; the existing framework puts a newline before the id. */
static void file_of(const saker__keeper *keeper, const char *before, const char *ending,
                    char out[FILE_ROOM]) {
    (void)snprintf(out, FILE_ROOM, "%s/%s%d%s", keeper->config.tempFolder, before, keeper->id,
                   ending);
}

static void say_problems(const saker__keeper *keeper, const char *file,
                         const saker__problems *problems) {
    int kept = problems->count < SAKER__PROBLEMS ? problems->count : SAKER__PROBLEMS;
    for (int i = 0; i < kept; i++) {
        if (problems->items[i].line > 0) {
            say(keeper, FXS_ERROR, "%s, line %d: %s", file, problems->items[i].line,
                problems->items[i].text);
        } else {
            say(keeper, FXS_ERROR, "%s: %s", file, problems->items[i].text);
        }
    }
    if (problems->count > kept) {
        say(keeper, FXS_ERROR, "%s: %d more problems", file, problems->count - kept);
    }
}

static int read_files(saker__keeper *keeper, const char *configPath, const char *account) {
    saker__problems problems = {0};
    int code = saker__read_config(configPath, &keeper->config, &problems);
    if (keeper->config.logFolder[0] != 0) {
        keeper->log = saker__open_log(keeper->config.logFolder, account);
    }
    say_problems(keeper, configPath, &problems);
    if (code != 0) {
        return code;
    }
    if (keeper->log == NULL) {
        return SAKER_INIT_LOG_FAILED;
    }
    problems.count = 0;
    code = saker__read_zones(&keeper->config, &keeper->zones, &problems);
    say_problems(keeper, keeper->config.zoneFile, &problems);
    return code;
}

int saker__open_keeper(int id, int isTesting, const char *configPath, const char *account,
                       saker__keeper **out) {
    saker__keeper *keeper = calloc(1, sizeof *keeper);
    *out = NULL;
    if (keeper == NULL) {
        return SAKER_INSUFFICIENT_MEMORY;
    }
    keeper->id = id;
    keeper->isTesting = isTesting != 0;
    keeper->heartbeatMinute = -1;
    keeper->equityDay = -1;
    int code = read_files(keeper, configPath, account);
    if (code != 0) {
        saker__close_log(keeper->log);
        free(keeper);
        return code;
    }
    keeper->report.severityMax = keeper->config.maxSeverity;
    saker__fresh_state(id, &keeper->state);
    *out = keeper;
    return 0;
}

static int write_state(saker__keeper *keeper) {
    char path[FILE_ROOM];
    file_of(keeper, "", ".state", path);
    int error = saker__replace_file(path, &keeper->state, sizeof keeper->state);
    note_file(keeper, STATE, path, error);
    keeper->stateChanged = error != 0;
    return error;
}

/* 1 if the file is there and sound. */
static int read_state(saker__keeper *keeper, const char *before, saker__state *out) {
    char path[FILE_ROOM];
    size_t length;
    char *bytes;
    file_of(keeper, before, ".state", path);
    int code = saker__read_file(path, &bytes, &length);
    if (code == SAKER__FILE_MISSING) {
        return 0;
    }
    if (code == 0) {
        code = saker__parse_state(bytes, length, out);
        free(bytes);
    }
    if (code != 0) {
        say(keeper, FXS_WARNING, "%s is damaged or not a state file: starting without it", path);
        return 0;
    }
    if (out->instanceId != keeper->id) {
        say(keeper, FXS_WARNING, "%s is of instance %d: starting without it", path,
            out->instanceId);
        return 0;
    }
    return 1;
}

/* Of two files, one by either library, the one that ran later; "never" counts as before all. */
static int is_later(const saker__state *one, const saker__state *other) {
    return one->lastRunTime + 1 > other->lastRunTime + 1;
}

static void choose_state(saker__keeper *keeper, const saker__state *clean,
                         const saker__state *prefixed) {
    if (prefixed != NULL && (clean == NULL || is_later(prefixed, clean))) {
        keeper->state = *prefixed;
    } else if (clean != NULL) {
        keeper->state = *clean;
    }
}

int saker__load_state(saker__keeper *keeper) {
    saker__state clean, prefixed;
    if (saker__make_folder(keeper->config.tempFolder) != 0) {
        say(keeper, FXS_ERROR, "cannot make the folder %s", keeper->config.tempFolder);
        return SAKER_FILE_WRITING_ERROR;
    }
    int hasClean = read_state(keeper, "", &clean);
    if (!keeper->isTesting) {
        int hasPrefixed = read_state(keeper, "\n", &prefixed);
        choose_state(keeper, hasClean ? &clean : NULL, hasPrefixed ? &prefixed : NULL);
    }
    if (hasClean && memcmp(&clean, &keeper->state, sizeof clean) == 0) {
        return 0;
    }
    return write_state(keeper) == 0 ? 0 : SAKER_FILE_WRITING_ERROR;
}

void saker__close_keeper(saker__keeper *keeper) {
    if (keeper == NULL) {
        return;
    }
    if (keeper->stateChanged && !keeper->isTesting) {
        (void)write_state(keeper);
    }
    saker__close_log(keeper->log);
    free(keeper);
}

static int64_t to_progress(uint32_t time) {
    return time != SAKER__NEVER ? (int64_t)time : FXS_NEVER;
}

static uint32_t to_state(int64_t time) {
    return time >= 0 && time < (int64_t)SAKER__NEVER ? (uint32_t)time : SAKER__NEVER;
}

void saker__resume_core(const saker__keeper *keeper, fxs *core) {
    fxs_progress progress = {
        .lastRunTime = to_progress(keeper->state.lastRunTime),
        .lastOrderUpdateTime = to_progress(keeper->state.lastOrderUpdateTime),
    };
    fxs_resume(core, &progress);
}

void saker__keep_progress(saker__keeper *keeper, const fxs *core) {
    fxs_progress progress = fxs_progress_of(core);
    uint32_t run = to_state(progress.lastRunTime);
    uint32_t update = to_state(progress.lastOrderUpdateTime);
    if (run != keeper->state.lastRunTime || update != keeper->state.lastOrderUpdateTime) {
        keeper->state.lastRunTime = run;
        keeper->state.lastOrderUpdateTime = update;
        keeper->stateChanged = 1;
    }
}

int saker__check_clocks(saker__keeper *keeper, const char *broker, int32_t brokerTime) {
    const fxs_zone *local = saker__find_zone(&keeper->zones, "Local");
    const fxs_zone *zone = saker__find_zone(&keeper->zones, broker);
    if (local == NULL || zone == NULL) {
        return SAKER_UNKNOWN_TIMEZONE;
    }
    if (keeper->config.timeSource == SAKER__TIME_NONE) {
        return 0;
    }
    int64_t now = saker__now();
    if (now >= keeper->zoneCheckedUntil) {
        if (!saker__is_local_zone(local, now, saker__host_offset(now))) {
            return SAKER_LOCAL_TZ_MISMATCH;
        }
        keeper->zoneCheckedUntil = now + keeper->config.checkSeconds;
    }
    return saker__is_broker_now(zone, brokerTime, now) ? 0 : SAKER_BROKER_TZ_MISMATCH;
}

static void take_order_fail(saker__keeper *keeper, const char *before) {
    char path[FILE_ROOM], kept[FILE_ROOM];
    file_of(keeper, before, "_orderFail.of", path);
    if (!saker__file_exists(path)) {
        return;
    }
    file_of(keeper, before, "_orderFail.bak", kept);
    int error = saker__rename_file(path, kept);
    note_file(keeper, ORDER_FAIL, path, error);
    if (error == 0) {
        /* A file that cannot be renamed would make the strategy run on every tick. */
        keeper->rerunPending = 1;
        say(keeper, FXS_WARNING, "an order failed: the strategy runs again");
    }
}

int saker__order_failed(saker__keeper *keeper) {
    take_order_fail(keeper, "");
    take_order_fail(keeper, "\n");
    return keeper->rerunPending;
}

/* No heartbeat while the bars cannot be used, as the existing framework has it. */
static int took_rates(int code) {
    return code == SAKER_SUCCESS || code == SAKER_BID_ASK_IS_ZERO
        || code == SAKER_INVALID_PARAMETER || code == SAKER_INVALID_CONFIG;
}

static void beat(saker__keeper *keeper) {
    char path[FILE_ROOM], text[64];
    int64_t now = saker__now();
    if (now / 60 == keeper->heartbeatMinute) {
        return; /* The text has minutes. */
    }
    file_of(keeper, "", "_heartBeat.hb", path);
    saker__heartbeat_text(now, text, sizeof text);
    int error = saker__replace_file(path, text, strlen(text));
    note_file(keeper, HEARTBEAT, path, error);
    keeper->heartbeatMinute = now / 60;
}

static void show_values(saker__keeper *keeper, int code) {
    static _Thread_local char text[SAKER__UI_ROOM];
    char path[FILE_ROOM];
    const char *status = code == 0 ? "No Error" : saker__code_name(code);
    size_t length = saker__ui_text(keeper->values, keeper->valueCount, status, code, text);
    uint32_t crc = fxs_crc32c(0, text, length);
    if (crc == keeper->uiCrc) {
        return;
    }
    file_of(keeper, "", ".ui", path);
    int error = saker__replace_file(path, text, length);
    note_file(keeper, UI, path, error);
    keeper->uiCrc = error == 0 ? crc : 0;
}

static void log_code(saker__keeper *keeper, int code) {
    if (code == keeper->lastCode) {
        return;
    }
    if (code != 0) {
        say(keeper, FXS_ERROR, "the call returned %d %s", code, saker__code_name(code));
    } else {
        say(keeper, FXS_NOTICE, "calls succeed again");
    }
    keeper->lastCode = code;
}

static void log_outcome(saker__keeper *keeper, const saker__kept_call *call) {
    int outcome = keeper->report.outcome;
    if (outcome == FXS_NO_TRADING_DAY && keeper->lastOutcome != FXS_NO_TRADING_DAY) {
        char time[32];
        saker__short_time(call->brokerTime, time, sizeof time);
        say(keeper, FXS_CRITICAL, "BrokerTime = %s, not a trading day", time);
    }
    keeper->lastOutcome = outcome;
}

static void log_events(const saker__keeper *keeper, const fxs *core) {
    const fxs_report *report = &keeper->report;
    const fxs_bar *bar = fxs_bar_at(core, 0, 0);
    char time[32] = "";
    if (bar != NULL) {
        saker__short_time(bar->time, time, sizeof time);
    }
    for (int i = 0; i < report->eventCount; i++) {
        say(keeper, report->events[i].severity, "BarTime = %s, %s", time, report->events[i].text);
    }
    if (report->eventsDropped > 0) {
        say(keeper, FXS_WARNING, "BarTime = %s, %d more lines dropped", time,
            report->eventsDropped);
    }
}

static void record_bar(saker__keeper *keeper, const saker__kept_call *call) {
    char path[FILE_ROOM], symbol[64], row[SAKER__ROW_ROOM];
    (void)snprintf(symbol, sizeof symbol, "%s", call->symbol);
    for (char *at = symbol; *at != 0; at++) {
        *at = *at == '/' || (unsigned char)*at < ' ' ? '_' : *at;
    }
    (void)snprintf(path, sizeof path, "%s/%s_%d.csv", keeper->config.tempFolder, symbol,
                   (int)call->settings[FXS_TIMEFRAME]);
    saker__bar_row(&keeper->report.bar, keeper->report.recordFormat, row);
    note_file(keeper, BARS, path, saker__append_file(path, "", row));
}

static void log_equity(saker__keeper *keeper, const saker__kept_call *call) {
    char path[FILE_ROOM], header[SAKER__ROW_ROOM], row[SAKER__ROW_ROOM];
    (void)snprintf(path, sizeof path, "%s/EquityLog.csv", keeper->config.logFolder);
    saker__equity_header(call->account[0], call->currency, header);
    saker__equity_row(call->brokerTime, keeper->equityMin,
                      call->account[FXS_EQUITY] - call->settings[FXS_ORIGINAL_EQUITY], row);
    note_file(keeper, EQUITY, path, saker__append_file(path, header, row));
}

static void watch_equity(saker__keeper *keeper, const saker__kept_call *call) {
    int64_t day = call->brokerTime / 86400;
    double equity = call->account[FXS_EQUITY];
    keeper->equityMin = day == keeper->equityDay ? fmin(keeper->equityMin, equity) : equity;
    keeper->equityDay = day;
}

static void keep_run(saker__keeper *keeper, const fxs *core, const saker__kept_call *call) {
    keeper->rerunPending = 0;
    saker__keep_progress(keeper, core);
    keeper->valueCount = keeper->report.valueCount;
    if (keeper->valueCount > 0) {
        memcpy(keeper->values, keeper->report.values,
               (size_t)keeper->valueCount * sizeof keeper->values[0]);
    }
    if (keeper->report.hasBar) {
        record_bar(keeper, call);
    }
    if (keeper->config.enableEquityLog > 0) {
        log_equity(keeper, call);
    }
}

void saker__begin_call(saker__keeper *keeper) {
    keeper->report.outcome = 0;
    keeper->report.eventCount = 0;
    keeper->report.eventsDropped = 0;
}

void saker__keep_call(saker__keeper *keeper, const fxs *core, const saker__kept_call *call,
                      int code) {
    int isLive = call->settings[FXS_IS_BACKTESTING] == 0;
    int hasRun = code == 0 && keeper->report.outcome == FXS_RAN;
    if (code == 0 && keeper->config.enableEquityLog > 0) {
        watch_equity(keeper, call);
    }
    if (hasRun) {
        keep_run(keeper, core, call);
    }
    if (core != NULL && keeper->report.eventCount > 0) {
        log_events(keeper, core);
    }
    if (!isLive) {
        return;
    }
    if (hasRun && keeper->stateChanged) {
        (void)write_state(keeper);
    }
    if (took_rates(code)) {
        beat(keeper);
    }
    if (hasRun || code != keeper->lastCode) {
        show_values(keeper, code);
    }
    log_code(keeper, code);
    if (code == 0) {
        log_outcome(keeper, call);
    }
}
