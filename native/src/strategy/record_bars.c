/*
 * RECORD_BARS (id 19): trades nothing, and hands over every completed primary bar once, to be
 * appended to `<symbol>_<timeframe>.csv` in the temp folder.
 *
 * Settings: 0 the time's form: 0 seconds since the epoch, 1 `dd/mm/yy HH:MM` (a history file of
 * the tester), 2 `YYYY-MM-DD HH:MM`; all on the reference broker's wall clock.
 * Series: 0 primary, 2 bars or more.
 */
#include "strategy.h"

enum { RECORD_FORMAT = 0 };

typedef struct {
    int64_t lastTime; /* of the bar recorded last, 0 = none */
} record_state;

static int run_record(fxs__run *run, void *memory) {
    record_state *state = memory;
    const fxs_bar *bar = fxs__series_at(&run->series[0], 1);
    if (bar->time > state->lastTime) {
        state->lastTime = bar->time;
        fxs__report_bar(run, bar, (int)run->call->settings[RECORD_FORMAT]);
    }
    return 0;
}

static int check_series(const fxs_series_spec *series) {
    return series[0].bars >= 2 ? 0 : FXS_ERATES;
}

static int check_settings(const double *settings) {
    double format = settings[RECORD_FORMAT];
    return format == FXS_RECORD_SECONDS || format == FXS_RECORD_HISTORY || format == FXS_RECORD_ISO
        ? 0
        : FXS_EPARAM;
}

const fxs__strategy fxs__record_bars = {
    19, FXS__ANY_TREND_MODE, "RECORD_BARS", sizeof(record_state),
    check_series, .check_settings = check_settings, .run = run_record,
};
