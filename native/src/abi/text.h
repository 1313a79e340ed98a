/*
 * Text as the parsers of this folder read it: a memory buffer with a length, never a zero at the
 * end, never a locale.
 */
#ifndef SAKER_TEXT_H
#define SAKER_TEXT_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *at, *end;
} saker__span;

/* What is wrong with a file, line by line, for the log. */
enum { SAKER__PROBLEMS = 16, SAKER__PROBLEM_TEXT = 160 };

typedef struct {
    int count; /* all of them, those beyond the table too */
    struct {
        int line; /* 0: the file as a whole */
        char text[SAKER__PROBLEM_TEXT];
    } items[SAKER__PROBLEMS];
} saker__problems;

/* Null problems are allowed. */
void saker__complain(saker__problems *problems, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

saker__span saker__span_of(const char *text, size_t length);

/* Without white space, and without control characters, at both ends. */
saker__span saker__trim(saker__span span);

/* Cuts the next line off `rest`; 0 when nothing is left. */
int saker__next_line(saker__span *rest, saker__span *line);

/* Cuts the text before `separator`, or all that is left, off `rest`; 0 when it was used up. A
 * separator between double quotes is none. */
int saker__next_column(saker__span *rest, char separator, saker__span *column);

/* The span between double quotes, if it is quoted. */
saker__span saker__unquote(saker__span span);

int saker__is(saker__span span, const char *text);
int saker__starts_with(saker__span span, const char *text);

/* 1 if the whole span is such a number; *out is untouched otherwise. */
int saker__to_int(saker__span span, int low, int high, int32_t *out);
int saker__to_number(saker__span span, double *out);

/* 1 if it fits, with its final zero. */
int saker__copy(saker__span span, char *out, size_t room);

/* As snprintf of one number, with a point in every locale. */
void saker__print_number(char *out, size_t room, const char *format, double value);

#endif
