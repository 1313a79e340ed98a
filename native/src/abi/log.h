/*
 * The framework log, `<folder>/<account>AsirikuyFramework.log`: one for every path of this process,
 * shared by its instances. Nothing of it ever goes to the standard streams.
 */
#ifndef SAKER_LOG_H
#define SAKER_LOG_H

typedef struct saker__log saker__log;

/* Null if the file cannot be opened. The folder is made. */
saker__log *saker__open_log(const char *folder, const char *account);

/* Null is allowed, here and below. */
void saker__close_log(saker__log *log);

/* One line, with the local time. What cannot be written is lost. */
void saker__log_line(saker__log *log, int severity, const char *text);

#endif
