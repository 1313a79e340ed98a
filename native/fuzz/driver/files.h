/* Inputs on disk, and the flags that say which. */
#ifndef FUZZ_FILES_H
#define FUZZ_FILES_H

#include <stddef.h>
#include <stdint.h>

enum { FUZZ_INPUT_MAX = 1 << 20, FUZZ_PATH = 1024 };

typedef struct {
    char path[FUZZ_PATH];
    uint8_t *bytes;
    size_t size;
} fuzz_file;

typedef struct {
    fuzz_file *files;
    size_t count;
} fuzz_files;

int fuzz_is_folder(const char *path);

/* Adds a file, or the files of a folder (not of those in it). Returns 0 if one cannot be read or
 * is larger than FUZZ_INPUT_MAX. */
int fuzz_add_files(fuzz_files *files, const char *path);

/* By size, then by name: small inputs own features first, and the order is the same everywhere. */
void fuzz_sort_files(fuzz_files *files);

/* Returns 0 if it cannot. */
int fuzz_write_file(const char *path, const uint8_t *bytes, size_t size);

/* Into a folder, under a name made of its contents. */
int fuzz_write_input(const char *folder, const uint8_t *bytes, size_t size);

#endif
