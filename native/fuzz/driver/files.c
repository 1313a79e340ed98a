#include "files.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int fuzz_is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int add_file(fuzz_files *files, const char *path) {
    uint8_t *bytes = malloc(FUZZ_INPUT_MAX + 1);
    FILE *file = fopen(path, "rb");
    size_t size = file != NULL ? fread(bytes, 1, FUZZ_INPUT_MAX + 1, file) : 0;
    int sound = file != NULL && !ferror(file) && size <= FUZZ_INPUT_MAX;
    if (file != NULL) {
        fclose(file);
    }
    if (!sound) {
        free(bytes);
        return 0;
    }
    files->files = realloc(files->files, (files->count + 1) * sizeof *files->files);
    fuzz_file *out = &files->files[files->count++];
    snprintf(out->path, sizeof out->path, "%s", path);
    out->bytes = realloc(bytes, size + 1);
    out->size = size;
    return 1;
}

int fuzz_add_files(fuzz_files *files, const char *path) {
    if (!fuzz_is_folder(path)) {
        return add_file(files, path);
    }
    DIR *folder = opendir(path);
    int sound = folder != NULL;
    for (struct dirent *entry; sound && (entry = readdir(folder)) != NULL;) {
        char name[FUZZ_PATH];
        int length = snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        sound = length < (int)sizeof name;
        if (sound && !fuzz_is_folder(name)) {
            sound = add_file(files, name);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return sound;
}

static int compare(const void *left, const void *right) {
    const fuzz_file *a = left, *b = right;
    return a->size != b->size ? (a->size < b->size ? -1 : 1) : strcmp(a->path, b->path);
}

void fuzz_sort_files(fuzz_files *files) {
    if (files->count > 0) {
        qsort(files->files, files->count, sizeof *files->files, compare);
    }
}

int fuzz_write_file(const char *path, const uint8_t *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return 0;
    }
    int written = fwrite(bytes, 1, size, file) == size;
    return fclose(file) == 0 && written;
}

/* FNV-1a */
static uint64_t hash_of(const uint8_t *bytes, size_t size) {
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ bytes[i]) * 0x100000001B3u;
    }
    return hash;
}

int fuzz_write_input(const char *folder, const uint8_t *bytes, size_t size) {
    char path[FUZZ_PATH];
    snprintf(path, sizeof path, "%s/%016" PRIx64, folder, hash_of(bytes, size));
    return fuzz_write_file(path, bytes, size);
}
