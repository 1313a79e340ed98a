#include "kept_files.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LINE_ROOM = 640 };

void saker__say(const saker__keeper *keeper, int severity, const char *format, ...) {
    char text[LINE_ROOM];
    if (severity > keeper->config.maxSeverity) {
        return;
    }
    int used = snprintf(text, sizeof text, "System InstanceID = %d, ", keeper->id);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text + used, sizeof text - (size_t)used, format, arguments);
    va_end(arguments);
    saker__log_line(keeper->log, severity, text);
}

void saker__note_file(saker__keeper *keeper, unsigned kind, const char *path, int error) {
    if (error == 0) {
        keeper->failedFiles &= ~kind;
    } else if ((keeper->failedFiles & kind) == 0) {
        keeper->failedFiles |= kind;
        saker__say(keeper, FXS_ERROR, "cannot write %s: %s", path, strerror(error));
    }
}

void saker__file_of(const saker__keeper *keeper, const char *before, const char *ending,
                    char out[SAKER__FILE_ROOM]) {
    (void)snprintf(out, SAKER__FILE_ROOM, "%s/%s%d%s", keeper->config.tempFolder, before,
                   keeper->id, ending);
}
