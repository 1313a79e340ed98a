/*
 * What an instance keeps on disk, and what it checks there. The core and the strategies know
 * nothing of it.
 *
 * A backtesting call (IS_BACKTESTING 1) reads no clock and touches no file, unless its strategy
 * records a bar or has a line to log, or the equity log is on. A live call writes the heartbeat
 * once a minute, state and status after a run, and looks for `<id>_orderFail.of`. A file that
 * cannot be written is logged once and never fails a call.
 */
#ifndef SAKER_KEEPER_H
#define SAKER_KEEPER_H

#include "config.h"
#include "log.h"
#include "state_file.h"

typedef struct {
    int id;
    int isTesting;
    saker__config config;
    saker__zones zones;
    saker__log *log;
    saker__state state;
    int stateChanged;   /* since it was written */
    int rerunPending;   /* an order failed, and the strategy has not run since */
    int64_t heartbeatMinute;
    int64_t zoneCheckedUntil;
    int lastCode, lastOutcome;
    unsigned failedFiles; /* a bit for every kind that was complained about */
    int valueCount;
    fxs_report_value values[FXS_REPORT_VALUES]; /* of the last run */
    uint32_t uiCrc;
    int64_t equityDay;
    double equityMin;
    fxs_report report; /* of the present call */
} saker__keeper;

/* One call, as far as the keeper needs it. */
typedef struct {
    const double *settings, *account;
    const char *symbol, *currency;
    int32_t brokerTime;
} saker__kept_call;

/* Reads configuration and zones and opens the log. Returns 0 or a SAKER_… code, *out is null
 * then. */
int saker__open_keeper(int id, int isTesting, const char *configPath, const char *account,
                       saker__keeper **out);

/* Loads the state, or resets it when testing; the file is there afterwards. A damaged file counts
 * as none. Returns 0, or SAKER_FILE_WRITING_ERROR or SAKER_INSUFFICIENT_MEMORY, which leave a file
 * that cannot be read alone. */
int saker__load_state(saker__keeper *keeper);

/* Writes a state that was not written, but for a test's, which nobody resumes. Null is allowed.
 * Returns 0 or SAKER_FILE_WRITING_ERROR. */
int saker__save_state(saker__keeper *keeper);

/* Saves the state as far as that is possible; frees. Null is allowed. */
void saker__close_keeper(saker__keeper *keeper);

/* Makes a new core go on from the state. */
void saker__resume_core(const saker__keeper *keeper, fxs *core);

/* Takes over what the core says of its progress; null is an instance that never ran. */
void saker__keep_progress(saker__keeper *keeper, const fxs *core);

/* Before a live call: 0, SAKER_UNKNOWN_TIMEZONE or SAKER_…_TZ_MISMATCH. */
int saker__check_clocks(saker__keeper *keeper, const char *broker, int32_t brokerTime);

/* Before a live call: 1 if an order failed since the strategy last ran. */
int saker__order_failed(saker__keeper *keeper);

/* Forgets what the call before reported. */
void saker__begin_call(saker__keeper *keeper);

/* After a call; core may be null if it never came about. `code` is what the caller gets. */
void saker__keep_call(saker__keeper *keeper, const fxs *core, const saker__kept_call *call,
                      int code);

#endif
