/* What the parts of the keeper share: its file names, and what it says in the log. */
#ifndef SAKER_KEPT_FILES_H
#define SAKER_KEPT_FILES_H

#include "keeper.h"

enum { SAKER__FILE_ROOM = SAKER__PATH + 128 };

/* Kinds of files, for failedFiles. */
enum {
    SAKER__STATE_FILE = 1,
    SAKER__HEARTBEAT_FILE = 2,
    SAKER__UI_FILE = 4,
    SAKER__BARS_FILE = 8,
    SAKER__EQUITY_FILE = 16,
    SAKER__ORDER_FAIL_FILE = 32
};

/* <tmp>/<before><id><ending>; the existing framework puts a newline before the id. */
void saker__file_of(const saker__keeper *keeper, const char *before, const char *ending,
                    char out[SAKER__FILE_ROOM]);

/* A line of the log, if the configuration wants that severity. */
void saker__say(const saker__keeper *keeper, int severity, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Says that a file cannot be written, once for every kind until it works again. */
void saker__note_file(saker__keeper *keeper, unsigned kind, const char *path, int error);

/* Returns 0 or an errno. */
int saker__write_state(saker__keeper *keeper);

#endif
