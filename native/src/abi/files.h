/* What the front end does with files: small, bounded, and never in the way of a trade. */
#ifndef SAKER_FILES_H
#define SAKER_FILES_H

#include <stddef.h>

enum { SAKER__FILE_MISSING = -1, SAKER__FILE_UNREADABLE = -2, SAKER__FILE_NO_MEMORY = -3 };

/* The whole file, at most 1 MiB; the caller frees *text. Returns 0 or a code of the above. */
int saker__read_file(const char *path, char **text, size_t *length);

/*
 * Puts `length` bytes in the place of the file, whole or not at all, whenever this process dies;
 * what a power cut leaves is the file system's affair. Who keeps the file open while it is replaced
 * twice sees it overwritten in place: open it anew for every look. Returns 0 or an errno.
 */
int saker__replace_file(const char *path, const void *bytes, size_t length);

/* Appends lines; an empty or new file gets `header` (may be empty) first. What cannot be written
 * whole is taken back, and nothing is glued to a half line. Returns 0 or an errno. */
int saker__append_file(const char *path, const char *header, const char *text);

/* Makes the folder and those above it. Returns 0 or an errno. */
int saker__make_folder(const char *path);

/* Returns 0 or an errno. */
int saker__rename_file(const char *from, const char *to);

int saker__file_exists(const char *path);

#endif
