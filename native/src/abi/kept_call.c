/* What is looked at before a call and written after it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clocks.h"
#include "files.h"
#include "kept_files.h"
#include "outputs.h"
#include "return_codes.h"
#include "saker_abi.h"

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
    char path[SAKER__FILE_ROOM], kept[SAKER__FILE_ROOM];
    saker__file_of(keeper, before, "_orderFail.of", path);
    if (!saker__file_exists(path)) {
        return;
    }
    saker__file_of(keeper, before, "_orderFail.bak", kept);
    int error = saker__rename_file(path, kept);
    saker__note_file(keeper, SAKER__ORDER_FAIL_FILE, path, error);
    if (error == 0) {
        /* A file that cannot be renamed would make the strategy run on every tick. */
        keeper->rerunPending = 1;
        saker__say(keeper, FXS_WARNING, "an order failed: the strategy runs again");
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
    char path[SAKER__FILE_ROOM], text[64];
    int64_t now = saker__now();
    if (now / 60 == keeper->heartbeatMinute) {
        return; /* The text has minutes. */
    }
    saker__file_of(keeper, "", "_heartBeat.hb", path);
    saker__heartbeat_text(now, text, sizeof text);
    int error = saker__replace_file(path, text, strlen(text));
    saker__note_file(keeper, SAKER__HEARTBEAT_FILE, path, error);
    keeper->heartbeatMinute = now / 60;
}

static void show_values(saker__keeper *keeper, int code) {
    char text[SAKER__UI_ROOM], path[SAKER__FILE_ROOM];
    const char *status = code == 0 ? "No Error" : saker__code_name(code);
    size_t length = saker__ui_text(keeper->values, keeper->valueCount, status, code, text);
    uint32_t crc = fxs_crc32c(0, text, length);
    if (crc == keeper->uiCrc) {
        return;
    }
    saker__file_of(keeper, "", ".ui", path);
    int error = saker__replace_file(path, text, length);
    saker__note_file(keeper, SAKER__UI_FILE, path, error);
    keeper->uiCrc = error == 0 ? crc : 0;
}

static void log_code(saker__keeper *keeper, int code) {
    if (code == keeper->lastCode) {
        return;
    }
    if (code != 0) {
        saker__say(keeper, FXS_ERROR, "the call returned %d %s", code, saker__code_name(code));
    } else {
        saker__say(keeper, FXS_NOTICE, "calls succeed again");
    }
    keeper->lastCode = code;
}

static void log_outcome(saker__keeper *keeper, const saker__kept_call *call) {
    int outcome = keeper->report.outcome;
    if (outcome == FXS_NO_TRADING_DAY && keeper->lastOutcome != FXS_NO_TRADING_DAY) {
        char time[32];
        saker__short_time(call->brokerTime, time, sizeof time);
        saker__say(keeper, FXS_CRITICAL, "BrokerTime = %s, not a trading day", time);
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
        saker__say(keeper, report->events[i].severity, "BarTime = %s, %s", time,
            report->events[i].text);
    }
    if (report->eventsDropped > 0) {
        saker__say(keeper, FXS_WARNING, "BarTime = %s, %d more lines dropped", time,
            report->eventsDropped);
    }
}

/* TIMEFRAME may be 0, so the file is named after the primary series. */
static void record_bar(saker__keeper *keeper, const fxs *core, const saker__kept_call *call) {
    char path[SAKER__FILE_ROOM], symbol[64], row[SAKER__ROW_ROOM];
    (void)snprintf(symbol, sizeof symbol, "%s", call->symbol);
    for (char *at = symbol; *at != 0; at++) {
        *at = *at == '/' || (unsigned char)*at < ' ' ? '_' : *at;
    }
    (void)snprintf(path, sizeof path, "%s/%s_%d.csv", keeper->config.tempFolder, symbol,
                   fxs_setup_of(core)->series[0].timeframeMinutes);
    saker__bar_row(&keeper->report.bar, keeper->report.recordFormat, row);
    saker__note_file(keeper, SAKER__BARS_FILE, path, saker__append_file(path, "", row));
}

static void log_equity(saker__keeper *keeper, const saker__kept_call *call) {
    char path[SAKER__FILE_ROOM], header[SAKER__ROW_ROOM], row[SAKER__ROW_ROOM];
    (void)snprintf(path, sizeof path, "%s/EquityLog.csv", keeper->config.logFolder);
    saker__equity_header(call->account[0], call->currency, header);
    saker__equity_row(call->brokerTime, keeper->equityMin,
                      call->account[FXS_EQUITY] - call->settings[FXS_ORIGINAL_EQUITY], row);
    saker__note_file(keeper, SAKER__EQUITY_FILE, path, saker__append_file(path, header, row));
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
        record_bar(keeper, core, call);
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
    if (keeper->stateChanged) {
        /* Of this run, or of one whose state could not be written: lost, its bar is traded twice. */
        (void)saker__write_state(keeper);
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
