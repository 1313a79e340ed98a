/* What a strategy says beside its wishes: plain memory of the caller, no allocation. */
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "strategy.h"

/* A text stays on its line, as a name does. */
static void keep_on_one_line(char *text) {
    for (; *text != 0; text++) {
        if ((unsigned char)*text < ' ') {
            *text = ' ';
        }
    }
}

static int is_named(const fxs_report_value *value, const char *name) {
    return value->name[0] == name[0] && strncmp(value->name, name, FXS_REPORT_NAME - 1) == 0;
}

/* By hand: done several times a bar, where snprintf would be most of what a strategy costs. */
static void copy_name(char *out, const char *name) {
    int i = 0;
    for (; i < FXS_REPORT_NAME - 1 && name[i] != 0; i++) {
        out[i] = (unsigned char)name[i] < ' ' ? ' ' : name[i];
    }
    out[i] = 0;
}

void fxs__report_value(fxs__run *run, const char *name, double value) {
    fxs_report *report = run->call->report;
    if (report == NULL) {
        return;
    }
    int i = 0;
    while (i < report->valueCount && !is_named(&report->values[i], name)) {
        i++;
    }
    if (i == FXS_REPORT_VALUES) {
        return;
    }
    if (i == report->valueCount) {
        report->valueCount++;
        copy_name(report->values[i].name, name);
    }
    report->values[i].value = value;
}

int fxs__reports(const fxs__run *run, int severity) {
    const fxs_report *report = run->call->report;
    return report != NULL && severity <= report->severityMax;
}

/* Numbers have a point, whatever locale the host has set: a JVM sets its user's. The C locale costs
 * no allocation, and if there were none, uselocale(0) would change nothing. */
static void print(char *out, size_t room, const char *format, va_list arguments) {
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = uselocale(plain);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    (void)vsnprintf(out, room, format, arguments);
#pragma GCC diagnostic pop
    (void)uselocale(before);
    if (plain != (locale_t)0) {
        freelocale(plain);
    }
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
    print(event->text, sizeof event->text, format, arguments);
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
