/*
 * A line is one write to a file opened for appending, so that processes may share the file. A file
 * that has grown to 10 MiB is renamed to .1, .1 to .2 and so on to .3: four files at most.
 */
#include "log.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "files.h"

enum { PATH_ROOM = 640, NAME_ROOM = 250, LINE_ROOM = 1024, FILES = 4, SIZE_MAX_BYTES = 10 << 20 };

struct saker__log {
    saker__log *next;
    int users;
    pthread_mutex_t lock;
    char path[PATH_ROOM];
    int file;
    int hasHeader;
    int isTorn; /* the last line is not whole */
};

static pthread_mutex_t logs_lock = PTHREAD_MUTEX_INITIALIZER;
static saker__log *logs;

static int open_file(const char *path) {
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
}

static saker__log *make(const char *path) {
    saker__log *log = calloc(1, sizeof *log);
    if (log == NULL) {
        return NULL;
    }
    log->file = open_file(path);
    if (log->file < 0) {
        free(log);
        return NULL;
    }
    (void)snprintf(log->path, sizeof log->path, "%s", path);
    pthread_mutex_init(&log->lock, NULL);
    log->next = logs;
    logs = log;
    return log;
}

saker__log *saker__open_log(const char *folder, const char *account) {
    char path[PATH_ROOM], name[NAME_ROOM];
    if (snprintf(name, sizeof name, "%sAsirikuyFramework.log", account) >= (int)sizeof name) {
        return NULL; /* Cut off, it would be another's, and no monitor would look for it. */
    }
    for (char *at = name; *at != 0; at++) {
        *at = *at == '/' ? '_' : *at; /* An account is no path. */
    }
    if (saker__make_folder(folder) != 0
        || snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path) {
        return NULL;
    }
    pthread_mutex_lock(&logs_lock);
    saker__log *log = logs;
    while (log != NULL && strcmp(log->path, path) != 0) {
        log = log->next;
    }
    if (log == NULL) {
        log = make(path);
    }
    if (log != NULL) {
        log->users++;
    }
    pthread_mutex_unlock(&logs_lock);
    return log;
}

void saker__close_log(saker__log *log) {
    if (log == NULL) {
        return;
    }
    pthread_mutex_lock(&logs_lock);
    if (--log->users == 0) {
        saker__log **at = &logs;
        while (*at != log) {
            at = &(*at)->next;
        }
        *at = log->next;
        close(log->file);
        pthread_mutex_destroy(&log->lock);
        free(log);
    }
    pthread_mutex_unlock(&logs_lock);
}

static void rename_files(const char *path) {
    char from[PATH_ROOM + 8], to[PATH_ROOM + 8];
    for (int i = FILES - 1; i >= 1; i--) {
        (void)snprintf(to, sizeof to, "%s.%d", path, i);
        if (i == 1) {
            (void)snprintf(from, sizeof from, "%s", path);
        } else {
            (void)snprintf(from, sizeof from, "%s.%d", path, i - 1);
        }
        (void)rename(from, to);
    }
}

/* Another process may have rotated the file, or somebody removed it. */
static void reopen_if_needed(saker__log *log) {
    struct stat ours, named;
    int isNamed = fstat(log->file, &ours) == 0 && stat(log->path, &named) == 0
        && ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
    if (isNamed && ours.st_size < SIZE_MAX_BYTES) {
        return;
    }
    if (isNamed) {
        rename_files(log->path);
    }
    int file = open_file(log->path);
    if (file >= 0) {
        close(log->file);
        log->file = file;
        log->hasHeader = 0;
        log->isTorn = 0;
    }
}

/* A full disk loses lines, and there is nobody to tell; the next that fits begins a line. */
static void put(saker__log *log, const char *line, int length) {
    if (log->isTorn && write(log->file, "\n", 1) == 1) {
        log->isTorn = 0;
    }
    ssize_t written = write(log->file, line, (size_t)length);
    log->isTorn |= written > 0 && written < length;
}

static void put_header(saker__log *log, const char *stamp) {
    char text[256];
    int length = snprintf(text, sizeof text,
                          "------------------------------------------------------------\n"
                          "Saker framework 4.5.10, process %ld, %s\n"
                          "------------------------------------------------------------\n",
                          (long)getpid(), stamp);
    put(log, text, length);
    log->hasHeader = 1;
}

void saker__log_line(saker__log *log, int severity, const char *text) {
    static const char *const labels[] = {"EMERGENCY", "ALERT",  "CRITICAL", "ERROR",
                                         "WARNING",   "NOTICE", "INFO",     "DEBUG"};
    char stamp[32], line[LINE_ROOM];
    struct tm local;
    time_t now = time(NULL);
    if (log == NULL) {
        return;
    }
    severity = severity < 0 ? 0 : severity > 7 ? 7 : severity;
    (void)localtime_r(&now, &local);
    (void)strftime(stamp, sizeof stamp, "%Y-%m-%d %H:%M:%S", &local);
    int length = snprintf(line, sizeof line - 1, "[%s] [%s] %s", stamp, labels[severity], text);
    length = length < (int)sizeof line - 1 ? length : (int)sizeof line - 2;
    for (int i = 0; i < length; i++) {
        line[i] = (unsigned char)line[i] < ' ' ? ' ' : line[i];
    }
    line[length++] = '\n';

    pthread_mutex_lock(&log->lock);
    reopen_if_needed(log);
    if (!log->hasHeader) {
        put_header(log, stamp);
    }
    put(log, line, length);
    pthread_mutex_unlock(&log->lock);
}
