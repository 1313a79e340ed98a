/* What a strategy reports beside its wishes: it is cut to size, and costs nothing unheard. */
#include "harness.h"
#include "strategy/strategy.h"

static fxs_report report;
static fxs_call call;
static fxs__run run;

static void begin(int severityMax) {
    memset(&report, 0, sizeof report);
    report.severityMax = severityMax;
    call.report = &report;
    run.call = &call;
}

static void shouldKeepValuesByName(void) {
    begin(FXS_DEBUG);
    fxs__report_value(&run, "Trend", 1);
    fxs__report_value(&run, "Stop", 1.09);
    fxs__report_value(&run, "Trend", -1);

    CHECK_INT(report.valueCount, 2);
    CHECK_TEXT(report.values[0].name, "Trend");
    CHECK_NEAR(report.values[0].value, -1, 0);
    CHECK_NEAR(report.values[1].value, 1.09, 0);
}

static void shouldCutOffWhatDoesNotFit(void) {
    char name[400];
    begin(FXS_DEBUG);
    for (int i = 0; i < 2 * FXS_REPORT_VALUES; i++) {
        snprintf(name, sizeof name, "value\n%d", i);
        fxs__report_value(&run, name, i);
    }
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = 0;
    for (int i = 0; i < FXS_REPORT_EVENTS + 3; i++) {
        fxs__report_event(&run, FXS_NOTICE, "%d\r\n%s", i, name);
    }

    CHECK_INT(report.valueCount, FXS_REPORT_VALUES);
    CHECK_TEXT(report.values[19].name, "value 19");
    CHECK_INT(report.eventCount, FXS_REPORT_EVENTS);
    CHECK_INT(report.eventsDropped, 3);
    CHECK_INT((long long)strlen(report.events[0].text), FXS_REPORT_TEXT - 1);
    CHECK(strncmp(report.events[1].text, "1  xxx", 6) == 0);
}

static void shouldMakeNoEventNobodyWants(void) {
    begin(FXS_ERROR);
    fxs__report_event(&run, FXS_WARNING, "no");
    fxs__report_event(&run, FXS_ERROR, "yes %d", 7);

    CHECK_INT(report.eventCount, 1);
    CHECK_TEXT(report.events[0].text, "yes 7");
    CHECK_INT(report.events[0].severity, FXS_ERROR);
    CHECK(fxs__reports(&run, FXS_ERROR) && !fxs__reports(&run, FXS_WARNING));
}

static void shouldSayNothingWithoutAListener(void) {
    fxs_bar bar = {0};
    begin(FXS_DEBUG);
    call.report = NULL;
    fxs__report_value(&run, "a", 1);
    fxs__report_event(&run, FXS_EMERGENCY, "b");
    fxs__report_bar(&run, &bar, FXS_RECORD_ISO);

    CHECK(!fxs__reports(&run, FXS_EMERGENCY));
    CHECK_INT(report.valueCount + report.eventCount + report.hasBar, 0);
}

static void shouldHandOverABar(void) {
    fxs_bar bar = {1, 2, 0.5, 1.5, 10, 3600, 0};
    begin(FXS_DEBUG);
    fxs__report_bar(&run, &bar, FXS_RECORD_ISO);

    CHECK_INT(report.hasBar, 1);
    CHECK_INT(report.recordFormat, FXS_RECORD_ISO);
    CHECK_INT(report.bar.time, 3600);
}

int main(void) {
    RUN(shouldKeepValuesByName);
    RUN(shouldCutOffWhatDoesNotFit);
    RUN(shouldMakeNoEventNobodyWants);
    RUN(shouldSayNothingWithoutAListener);
    RUN(shouldHandOverABar);
    return 0;
}
