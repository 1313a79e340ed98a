#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MANTISSA_DIGITS = 18, EXPONENT_MAX = 300 };

void saker__complain(saker__problems *problems, int line, const char *format, ...) {
    if (problems == NULL) {
        return;
    }
    if (problems->count < SAKER__PROBLEMS) {
        va_list arguments;
        va_start(arguments, format);
        (void)vsnprintf(problems->items[problems->count].text, SAKER__PROBLEM_TEXT, format,
                        arguments);
        va_end(arguments);
        problems->items[problems->count].line = line;
    }
    problems->count++;
}

static int is_space(char c) {
    return (unsigned char)c <= ' ';
}

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

saker__span saker__span_of(const char *text, size_t length) {
    const char *at = text != NULL ? text : "";
    return (saker__span){at, at + (text != NULL ? length : 0)};
}

saker__span saker__trim(saker__span span) {
    while (span.at < span.end && is_space(*span.at)) {
        span.at++;
    }
    while (span.end > span.at && is_space(span.end[-1])) {
        span.end--;
    }
    return span;
}

int saker__next_line(saker__span *rest, saker__span *line) {
    if (rest->at >= rest->end) {
        return 0;
    }
    const char *end = memchr(rest->at, '\n', (size_t)(rest->end - rest->at));
    *line = (saker__span){rest->at, end != NULL ? end : rest->end};
    rest->at = end != NULL ? end + 1 : rest->end;
    return 1;
}

int saker__next_column(saker__span *rest, char separator, saker__span *column) {
    if (rest->at == NULL) {
        return 0;
    }
    int quoted = 0;
    const char *end = rest->at;
    while (end < rest->end && (quoted || *end != separator)) {
        quoted ^= *end == '"';
        end++;
    }
    *column = saker__trim((saker__span){rest->at, end});
    rest->at = end < rest->end ? end + 1 : NULL;
    return 1;
}

saker__span saker__unquote(saker__span span) {
    if (span.end - span.at >= 2 && *span.at == '"' && span.end[-1] == '"') {
        return saker__trim((saker__span){span.at + 1, span.end - 1});
    }
    return span;
}

int saker__is(saker__span span, const char *text) {
    size_t length = strlen(text);
    return (size_t)(span.end - span.at) == length && memcmp(span.at, text, length) == 0;
}

int saker__starts_with(saker__span span, const char *text) {
    size_t length = strlen(text);
    return (size_t)(span.end - span.at) >= length && memcmp(span.at, text, length) == 0;
}

int saker__to_int(saker__span span, int low, int high, int32_t *out) {
    int negative = span.at < span.end && *span.at == '-';
    const char *at = span.at + negative;
    int64_t value = 0;
    if (at == span.end) {
        return 0;
    }
    for (; at < span.end; at++) {
        if (!is_digit(*at) || value > INT32_MAX) {
            return 0;
        }
        value = 10 * value + (*at - '0');
    }
    value = negative ? -value : value;
    if (value < low || value > high) {
        return 0;
    }
    *out = (int32_t)value;
    return 1;
}

static double power_of_ten(int exponent) {
    double power = 1;
    for (; exponent > 0; exponent--) {
        power *= 10; /* Exact up to 1e22. */
    }
    return power;
}

/* The digits up to the exponent; returns where they end, null if there are none. */
static const char *read_digits(saker__span span, uint64_t *mantissa, int *exponent) {
    const char *at = span.at;
    int used = 0, seen = 0, isFraction = 0;
    for (; at < span.end && (is_digit(*at) || (*at == '.' && !isFraction)); at++) {
        if (*at == '.') {
            isFraction = 1;
            continue;
        }
        seen = 1;
        if (used < MANTISSA_DIGITS) {
            *mantissa = 10 * *mantissa + (uint64_t)(*at - '0');
            used += *mantissa > 0;
            *exponent -= isFraction;
        } else {
            *exponent += !isFraction;
        }
    }
    return seen ? at : NULL;
}

int saker__to_number(saker__span span, double *out) {
    uint64_t mantissa = 0;
    int exponent = 0;
    int32_t given = 0;
    int negative = span.at < span.end && *span.at == '-';
    span.at += negative || (span.at < span.end && *span.at == '+');
    const char *at = read_digits(span, &mantissa, &exponent);
    if (at == NULL) {
        return 0;
    }
    if (at < span.end) {
        if (*at != 'e' && *at != 'E') {
            return 0;
        }
        saker__span power = {at + 1, span.end};
        power.at += power.at < power.end && *power.at == '+';
        if (!saker__to_int(power, -EXPONENT_MAX, EXPONENT_MAX, &given)) {
            return 0;
        }
    }
    exponent += given;
    if (exponent > EXPONENT_MAX || exponent < -EXPONENT_MAX) {
        return 0;
    }
    double value = (double)mantissa;
    value = exponent < 0 ? value / power_of_ten(-exponent) : value * power_of_ten(exponent);
    if (value > 1e300) {
        return 0;
    }
    *out = negative ? -value : value;
    return 1;
}

int saker__copy(saker__span span, char *out, size_t room) {
    size_t length = (size_t)(span.end - span.at);
    if (length >= room) {
        return 0;
    }
    memcpy(out, span.at, length);
    out[length] = 0;
    return 1;
}

void saker__print_number(char *out, size_t room, const char *format, double value) {
    /* The formats are constants of this folder. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    (void)snprintf(out, room, format, value);
#pragma GCC diagnostic pop
    char *to = out;
    for (const char *from = out; *from != 0; from++) {
        int isForeign = !is_digit(*from) && strchr("+-.einfa", *from) == NULL;
        if (!isForeign) {
            *to++ = *from;
        } else if (to > out && to[-1] != '.') {
            *to++ = '.';
        }
    }
    *to = 0;
}
