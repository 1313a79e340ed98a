/* broker-tz.csv: one header line, then fifteen columns a row, separated by semicolons. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "files.h"
#include "saker_abi.h"

enum { COLUMNS = 15, COLUMNS_READ = 11, HOURS_MAX = 14 };

static const char *const column_names[COLUMNS] = {
    "Broker",       "DSTStartMonth", "DSTStartNth",  "DSTStartDay",   "DSTStartTime",
    "DSTEndMonth",  "DSTEndNth",     "DSTEndDay",    "DSTEndTime",    "GMTOffsetStd",
    "GMTOffsetDST", "WeekStartDay",  "WeekStartHour", "WeekEndDay",   "WeekEndHour",
};

typedef struct {
    saker__span columns[COLUMNS];
    int line;
    int isSound;
    saker__problems *problems;
} row;

static int split(saker__span line, row *out) {
    int count = 0;
    saker__span column;
    while (count < COLUMNS && saker__next_column(&line, ';', &column)) {
        out->columns[count++] = saker__unquote(column);
    }
    return count;
}

static void refuse(row *in, int column, const char *reason) {
    saker__span text = in->columns[column];
    saker__complain(in->problems, in->line, "%s \"%.*s\" %s", column_names[column],
                    (int)(text.end - text.at), text.at, reason);
    in->isSound = 0;
}

static void take_int(row *in, int column, int low, int high, int32_t *out) {
    if (!saker__to_int(in->columns[column], low, high, out)) {
        refuse(in, column, "is out of range");
    }
}

static void take_hours(row *in, int column, int32_t *seconds) {
    double hours;
    if (!saker__to_number(in->columns[column], &hours) || hours < -HOURS_MAX
        || hours > HOURS_MAX) {
        refuse(in, column, "is no offset in hours");
        return;
    }
    *seconds = (int32_t)(hours * 3600);
}

/* "02:00", "3:00" or nothing; a day has one offset, so the value has no effect. */
static void check_time(row *in, int column) {
    saker__span rest = in->columns[column], hours, minutes;
    int32_t ignored;
    if (rest.at == rest.end) {
        return;
    }
    if (!saker__next_column(&rest, ':', &hours) || !saker__next_column(&rest, ':', &minutes)
        || !saker__to_int(hours, 0, 24, &ignored) || !saker__to_int(minutes, 0, 59, &ignored)) {
        refuse(in, column, "is no time");
    }
}

static int read_row(row *in, saker__named_zone *out) {
    fxs_zone *zone = &out->zone;
    memset(out, 0, sizeof *out);
    if (in->columns[0].at == in->columns[0].end
        || !saker__copy(in->columns[0], out->name, sizeof out->name)) {
        refuse(in, 0, "is empty or too long");
    }
    take_int(in, 1, 0, 12, &zone->startMonth);
    take_int(in, 2, 0, 4, &zone->startNth);
    take_int(in, 3, 0, 6, &zone->startDay);
    check_time(in, 4);
    take_int(in, 5, 0, 12, &zone->endMonth);
    take_int(in, 6, 0, 4, &zone->endNth);
    take_int(in, 7, 0, 6, &zone->endDay);
    check_time(in, 8);
    take_hours(in, 9, &zone->standardSeconds);
    take_hours(in, 10, &zone->daylightSeconds);
    return in->isSound;
}

static int is_blank(saker__span line) {
    for (const char *at = line.at; at < line.end; at++) {
        if (*at != ';' && (unsigned char)*at > ' ') {
            return 0;
        }
    }
    return 1;
}

int saker__parse_zones(const char *text, size_t length, saker__zones *out,
                       saker__problems *problems) {
    saker__span rest = saker__span_of(text, length), line;
    int code = 0;
    out->count = 0;
    for (int number = 1; saker__next_line(&rest, &line); number++) {
        row in = {.line = number, .isSound = 1, .problems = problems};
        if (number == 1 || is_blank(line)) {
            continue;
        }
        if (out->count == SAKER__ZONES_MAX) {
            saker__complain(problems, number, "more than %d records", SAKER__ZONES_MAX);
            return SAKER_INVALID_CONFIG;
        }
        if (split(line, &in) < COLUMNS_READ) {
            saker__complain(problems, number, "fewer than %d columns", COLUMNS_READ);
            code = SAKER_INVALID_CONFIG;
        } else if (read_row(&in, &out->zones[out->count])) {
            out->count++;
        } else {
            code = SAKER_INVALID_CONFIG;
        }
    }
    return code;
}

int saker__read_zones(const saker__config *config, saker__zones *zones,
                      saker__problems *problems) {
    char path[2 * SAKER__PATH];
    size_t length;
    char *text;
    (void)snprintf(path, sizeof path, "%s/%s", config->configFolder, config->zoneFile);
    zones->count = 0;
    if (saker__read_file(path, &text, &length) != 0) {
        saker__complain(problems, 0, "cannot read the time zones: %s", path);
        return SAKER_MISSING_CONFIG;
    }
    int code = saker__parse_zones(text, length, zones, problems);
    free(text);
    return code;
}

const fxs_zone *saker__find_zone(const saker__zones *zones, const char *name) {
    for (int i = 0; i < zones->count; i++) {
        if (strcmp(zones->zones[i].name, name) == 0) {
            return &zones->zones[i].zone;
        }
    }
    return NULL;
}
