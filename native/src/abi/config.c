/*
 * The existing configuration file is not well-formed XML in the field (missing root, stray
 * characters), so elements are looked for by name anywhere in it.
 */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "saker_abi.h"

enum { FILE_MAX = 1 << 20, PATH_CHARS = 256 };
enum { ZONE_COLUMNS = 15 };

/* Null if it cannot be read; the caller frees. */
static char *read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    char *text = malloc(FILE_MAX + 1);
    if (text != NULL) {
        size_t length = fread(text, 1, FILE_MAX, file);
        int complete = !ferror(file) && feof(file);
        text[length] = 0;
        if (!complete) {
            free(text);
            text = NULL;
        }
    }
    fclose(file);
    return text;
}

static void blank_comments(char *text) {
    for (char *start = strstr(text, "<!--"); start != NULL; start = strstr(start, "<!--")) {
        char *end = strstr(start, "-->");
        size_t length = end != NULL ? (size_t)(end + 3 - start) : strlen(start);
        memset(start, ' ', length);
    }
}

/* The start of the element's content, or null. */
static const char *find_element(const char *text, const char *name) {
    size_t length = strlen(name);
    for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at + 1, '<')) {
        char after = strncmp(at + 1, name, length) == 0 ? at[1 + length] : 0;
        if (after == '>' || (after != 0 && isspace((unsigned char)after))) {
            const char *content = strchr(at, '>');
            return content != NULL ? content + 1 : NULL;
        }
    }
    return NULL;
}

/* Copies the trimmed text of an element; 0 if it is missing, empty or too long. */
static int element_text(const char *text, const char *name, char *out, size_t room) {
    const char *start = find_element(text, name);
    const char *end = start != NULL ? strchr(start, '<') : NULL;
    if (end == NULL) {
        return 0;
    }
    while (start < end && isspace((unsigned char)*start)) {
        start++;
    }
    while (end > start && isspace((unsigned char)end[-1])) {
        end--;
    }
    size_t length = (size_t)(end - start);
    if (length == 0 || length >= room) {
        return 0;
    }
    memcpy(out, start, length);
    out[length] = 0;
    return 1;
}

static int has_number(const char *text, const char *name) {
    char value[32];
    char *end;
    if (!element_text(text, name, value, sizeof value)) {
        return 0;
    }
    (void)strtol(value, &end, 10);
    return *end == 0;
}

static int check_mandatory(const char *text) {
    static const char *const texts[] = {"TempFileFolderPath", "ConfigFolderPath",
                                        "BrokerTZFilename", "ParamSpaceFilenameExtension",
                                        "Folder"};
    static const char *const numbers[] = {"MaxSeverity", "EnableEquityLog", "EnableEntryLog",
                                          "barsToLog"};
    char value[PATH_CHARS];
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!element_text(text, texts[i], value, sizeof value)) {
            return SAKER_INVALID_CONFIG;
        }
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (!has_number(text, numbers[i])) {
            return SAKER_INVALID_CONFIG;
        }
    }
    if (find_element(text, "ConfigPaths") == NULL || find_element(text, "Logging") == NULL) {
        return SAKER_INVALID_CONFIG;
    }
    /* The existing framework dereferences this node unasked; callers know its answer. */
    return find_element(text, "TradingWeekBoundaries") != NULL ? 0 : SAKER_NULL_POINTER;
}

/* Splits a line in place at ';' and strips spaces and quotes. */
static int split_columns(char *line, char *columns[ZONE_COLUMNS]) {
    int count = 0;
    for (char *at = line; at != NULL && count < ZONE_COLUMNS; count++) {
        char *next = strchr(at, ';');
        if (next != NULL) {
            *next++ = 0;
        }
        while (isspace((unsigned char)*at) || *at == '"') {
            at++;
        }
        size_t length = strlen(at);
        while (length > 0 && (isspace((unsigned char)at[length - 1]) || at[length - 1] == '"')) {
            at[--length] = 0;
        }
        columns[count] = at;
        at = next;
    }
    return count;
}

static int read_int(const char *text, int low, int high, int32_t *out) {
    char *end;
    long value = strtol(text, &end, 10);
    *out = (int32_t)value;
    return end != text && *end == 0 && value >= low && value <= high;
}

static int read_hours(const char *text, int32_t *seconds) {
    char *end;
    double hours = strtod(text, &end);
    int sound = end != text && *end == 0 && hours >= -14 && hours <= 14;
    *seconds = sound ? (int32_t)(hours * 3600) : 0;
    return sound;
}

static int read_zone(char *line, saker__named_zone *out) {
    char *columns[ZONE_COLUMNS];
    if (split_columns(line, columns) < 11 || strlen(columns[0]) >= sizeof out->name) {
        return 0;
    }
    memset(out, 0, sizeof *out);
    memcpy(out->name, columns[0], strlen(columns[0]));
    fxs_zone *zone = &out->zone;
    return read_int(columns[1], 0, 12, &zone->startMonth)
        && read_int(columns[2], 0, 4, &zone->startNth)
        && read_int(columns[3], 0, 6, &zone->startDay)
        && read_int(columns[5], 0, 12, &zone->endMonth)
        && read_int(columns[6], 0, 4, &zone->endNth)
        && read_int(columns[7], 0, 6, &zone->endDay)
        && read_hours(columns[9], &zone->standardSeconds)
        && read_hours(columns[10], &zone->daylightSeconds);
}

static int is_blank(const char *line) {
    return line[strspn(line, " \t\r;")] == 0;
}

static int read_zones(char *text, saker__zones *zones) {
    zones->count = 0;
    int isHeader = 1;
    for (char *line = text; line != NULL;) {
        char *next = strchr(line, '\n');
        if (next != NULL) {
            *next++ = 0;
        }
        if (!isHeader && !is_blank(line)) {
            if (zones->count == SAKER__ZONES_MAX
                || !read_zone(line, &zones->zones[zones->count])) {
                return SAKER_INVALID_CONFIG;
            }
            zones->count++;
        }
        isHeader = 0;
        line = next;
    }
    return 0;
}

static int read_zone_file(const char *config, saker__zones *zones) {
    char folder[PATH_CHARS], name[PATH_CHARS], path[2 * PATH_CHARS];
    (void)element_text(config, "ConfigFolderPath", folder, sizeof folder);
    (void)element_text(config, "BrokerTZFilename", name, sizeof name);
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    char *text = read_file(path);
    if (text == NULL) {
        return SAKER_MISSING_CONFIG;
    }
    int code = read_zones(text, zones);
    free(text);
    return code;
}

int saker__read_config(const char *path, saker__zones *zones) {
    char *text = read_file(path);
    if (text == NULL) {
        return SAKER_MISSING_CONFIG;
    }
    blank_comments(text);
    int code = check_mandatory(text);
    if (code == 0) {
        code = read_zone_file(text, zones);
    }
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
