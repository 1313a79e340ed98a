/* What a strategy says beside its wishes: plain memory of the caller, no allocation. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "strategy.h"

/* A name or a text stays on its line, and a name in its column. */
static void keep_on_one_line(char *text) {
    for (; *text != 0; text++) {
        if ((unsigned char)*text < ' ') {
            *text = ' ';
        }
    }
}

void fxs__report_value(fxs__run *run, const char *name, double value) {
    fxs_report *report = run->call->report;
    if (report == NULL) {
        return;
    }
    int i = 0;
    while (i < report->valueCount
           && strncmp(report->values[i].name, name, FXS_REPORT_NAME - 1) != 0) {
        i++;
    }
    if (i == FXS_REPORT_VALUES) {
        return;
    }
    if (i == report->valueCount) {
        report->valueCount++;
        (void)snprintf(report->values[i].name, FXS_REPORT_NAME, "%s", name);
        keep_on_one_line(report->values[i].name);
    }
    report->values[i].value = value;
}

int fxs__reports(const fxs__run *run, int severity) {
    const fxs_report *report = run->call->report;
    return report != NULL && severity <= report->severityMax;
}

void fxs__report_event(fxs__run *run, int severity, const char *format, ...) {
    if (!fxs__reports(run, severity)) {
        return;
    }
    fxs_report *report = run->call->report;
    if (report->eventCount == FXS_REPORT_EVENTS) {
        report->eventsDropped++;
        return;
    }
    fxs_report_event *event = &report->events[report->eventCount++];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(event->text, sizeof event->text, format, arguments);
    va_end(arguments);
    event->severity = severity;
    keep_on_one_line(event->text);
}

void fxs__report_bar(fxs__run *run, const fxs_bar *bar, int recordFormat) {
    fxs_report *report = run->call->report;
    if (report != NULL) {
        report->hasBar = 1;
        report->recordFormat = recordFormat;
        report->bar = *bar;
    }
}
