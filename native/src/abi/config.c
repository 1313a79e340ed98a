/*
 * The existing configuration file is not well-formed XML in the field (missing root, stray
 * characters), so elements are looked for by name anywhere in it.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "saker_abi.h"

static void blank_comments(char *text) {
    for (char *start = strstr(text, "<!--"); start != NULL; start = strstr(start, "<!--")) {
        char *end = strstr(start, "-->");
        size_t length = end != NULL ? (size_t)(end + 3 - start) : strlen(start);
        memset(start, ' ', length);
    }
}

/* The end of the element's start tag, or null. */
static const char *find_element(const char *text, const char *name) {
    size_t length = strlen(name);
    for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at + 1, '<')) {
        char after = strncmp(at + 1, name, length) == 0 ? at[1 + length] : 0;
        if (after == '>' || after == '/' || (after != 0 && (unsigned char)after <= ' ')) {
            return strchr(at, '>');
        }
    }
    return NULL;
}

/* The trimmed text of an element; 0 if there is none. */
static int element_span(const char *text, const char *name, saker__span *out) {
    const char *tag = find_element(text, name);
    if (tag == NULL || tag[-1] == '/') {
        return 0; /* <Name/> has no text. */
    }
    const char *start = tag + 1, *end = strchr(start, '<');
    if (end == NULL) {
        return 0;
    }
    *out = saker__trim((saker__span){start, end});
    return out->at < out->end;
}

static void decode_entities(char *text) {
    static const struct {
        const char *name;
        char character;
    } entities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''},
    };
    char *to = text;
    for (const char *from = text; *from != 0; to++) {
        size_t length = 1;
        *to = *from;
        for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
            if (strncmp(from, entities[i].name, strlen(entities[i].name)) == 0) {
                *to = entities[i].character;
                length = strlen(entities[i].name);
            }
        }
        from += length;
    }
    *to = 0;
}

typedef struct {
    const char *text;
    saker__problems *problems;
    int code;
} reader;

static void refuse(reader *in, const char *name, const char *reason) {
    saker__complain(in->problems, 0, "%s %s", name, reason);
    in->code = SAKER_INVALID_CONFIG;
}

static void read_text(reader *in, const char *name, char out[SAKER__PATH]) {
    saker__span span;
    if (!element_span(in->text, name, &span)) {
        refuse(in, name, "is missing or empty");
    } else if (!saker__copy(span, out, SAKER__PATH)) {
        refuse(in, name, "is too long");
    } else {
        decode_entities(out);
    }
}

static void read_int(reader *in, const char *name, int isMandatory, int low, int high,
                     int32_t *out) {
    saker__span span;
    if (!element_span(in->text, name, &span)) {
        if (isMandatory) {
            refuse(in, name, "is missing or empty");
        }
    } else if (!saker__to_int(span, low, high, out)) {
        refuse(in, name, "is not a whole number in its range");
    }
}

static void read_number(reader *in, const char *name, double *out) {
    saker__span span;
    if (element_span(in->text, name, &span) && !saker__to_number(span, out)) {
        refuse(in, name, "is not a number");
    }
}

static void read_time_source(reader *in, int32_t *out) {
    saker__span span;
    if (!element_span(in->text, "TimeSource", &span) || saker__is(span, "host")) {
        *out = SAKER__TIME_HOST;
    } else if (saker__is(span, "none")) {
        *out = SAKER__TIME_NONE;
    } else {
        refuse(in, "TimeSource", "is neither host nor none");
    }
}

static void read_node(reader *in, const char *name) {
    if (find_element(in->text, name) == NULL) {
        refuse(in, name, "is missing");
    }
}

static int read_elements(const char *text, saker__config *out, saker__problems *problems) {
    reader in = {text, problems, 0};
    int32_t severity = FXS_DEBUG;
    read_text(&in, "TempFileFolderPath", out->tempFolder);
    read_node(&in, "ConfigPaths");
    read_text(&in, "ConfigFolderPath", out->configFolder);
    read_text(&in, "BrokerTZFilename", out->zoneFile);
    read_text(&in, "ParamSpaceFilenameExtension", out->parameterExtension);
    read_node(&in, "Logging");
    read_text(&in, "Folder", out->logFolder);
    read_int(&in, "MaxSeverity", 1, INT32_MIN, INT32_MAX, &severity);
    read_int(&in, "EnableEquityLog", 1, INT32_MIN, INT32_MAX, &out->enableEquityLog);
    read_int(&in, "EnableEntryLog", 1, INT32_MIN, INT32_MAX, &out->enableEntryLog);
    read_int(&in, "barsToLog", 1, INT32_MIN, INT32_MAX, &out->barsToLog);
    read_int(&in, "UpdateInterval", 0, 1, 7 * 86400, &out->checkSeconds);
    read_int(&in, "Timeout", 0, 1, 600000, &out->ntpTimeoutMs);
    read_int(&in, "TotalReferenceTimes", 0, 1, 10, &out->ntpReferenceTimes);
    read_time_source(&in, &out->timeSource);
    read_number(&in, "CropMondayHours", &out->cropMondayHours);
    read_number(&in, "CropFridayHours", &out->cropFridayHours);
    read_number(&in, "RatesBufferExtension", &out->ratesBufferExtension);
    out->maxSeverity = severity < -1 ? -1 : severity > FXS_DEBUG ? FXS_DEBUG : severity;
    if (in.code == 0 && find_element(text, "TradingWeekBoundaries") == NULL) {
        /* The existing framework dereferences this node unasked; callers know its answer. */
        saker__complain(problems, 0, "TradingWeekBoundaries is missing");
        return SAKER_NULL_POINTER;
    }
    return in.code;
}

int saker__parse_config(const char *text, size_t length, saker__config *out,
                        saker__problems *problems) {
    memset(out, 0, sizeof *out);
    out->maxSeverity = FXS_DEBUG;
    out->checkSeconds = 300;
    out->ntpTimeoutMs = 2000;
    out->ntpReferenceTimes = 1;
    out->ratesBufferExtension = 100;
    if (text == NULL || length == 0 || memchr(text, 0, length) != NULL) {
        saker__complain(problems, 0, "not a text");
        return SAKER_INIT_XML_FAILED;
    }
    char *copy = malloc(length + 1);
    if (copy == NULL) {
        return SAKER_INSUFFICIENT_MEMORY;
    }
    memcpy(copy, text, length);
    copy[length] = 0;
    blank_comments(copy);
    int code = read_elements(copy, out, problems);
    free(copy);
    return code;
}

int saker__read_config(const char *path, saker__config *config, saker__problems *problems) {
    size_t length;
    char *text;
    int code = saker__read_file(path, &text, &length);
    if (code == SAKER__FILE_MISSING) {
        return SAKER_MISSING_CONFIG;
    }
    if (code != 0) {
        saker__complain(problems, 0, "cannot be read, or is larger than 1 MiB");
        return code == SAKER__FILE_NO_MEMORY ? SAKER_INSUFFICIENT_MEMORY : SAKER_INIT_XML_FAILED;
    }
    code = saker__parse_config(text, length, config, problems);
    free(text);
    return code;
}
