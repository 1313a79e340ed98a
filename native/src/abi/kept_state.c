/* The state of an instance, between its file and its core. */
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "kept_files.h"
#include "saker_abi.h"

int saker__write_state(saker__keeper *keeper) {
    char path[SAKER__FILE_ROOM];
    saker__file_of(keeper, "", ".state", path);
    int error = saker__replace_file(path, &keeper->state, sizeof keeper->state);
    saker__note_file(keeper, SAKER__STATE_FILE, path, error);
    keeper->stateChanged = error != 0;
    return error;
}

int saker__save_state(saker__keeper *keeper) {
    if (keeper == NULL || keeper->isTesting || !keeper->stateChanged) {
        return 0;
    }
    return saker__write_state(keeper) == 0 ? 0 : SAKER_FILE_WRITING_ERROR;
}

/* What the file says, if it is there and sound; *isThere says so. Returns 0, or a SAKER_… code if
 * nobody can know what it says: to overwrite it then could trade its bar twice. */
static int read_state(saker__keeper *keeper, const char *before, saker__state *out, int *isThere) {
    char path[SAKER__FILE_ROOM];
    size_t length;
    char *bytes;
    saker__file_of(keeper, before, ".state", path);
    *isThere = 0;
    int code = saker__read_file(path, &bytes, &length);
    if (code == SAKER__FILE_MISSING) {
        return 0;
    }
    if (code != 0) {
        saker__say(keeper, FXS_ERROR, "%s cannot be read", path);
        return code == SAKER__FILE_NO_MEMORY ? SAKER_INSUFFICIENT_MEMORY : SAKER_FILE_WRITING_ERROR;
    }
    code = saker__parse_state(bytes, length, out);
    free(bytes);
    if (code != 0) {
        saker__say(keeper, FXS_WARNING, "%s is damaged or not a state file: starting without it",
            path);
    } else if (out->instanceId != keeper->id) {
        saker__say(keeper, FXS_WARNING, "%s is of instance %d: starting without it", path,
            out->instanceId);
    } else {
        *isThere = 1;
    }
    return 0;
}

/* Of two files, one by either library, the one that ran later; "never" counts as before all. */
static int is_later(const saker__state *one, const saker__state *other) {
    return one->lastRunTime + 1 > other->lastRunTime + 1;
}

static void choose_state(saker__keeper *keeper, const saker__state *clean,
                         const saker__state *prefixed) {
    if (prefixed != NULL && (clean == NULL || is_later(prefixed, clean))) {
        keeper->state = *prefixed;
    } else if (clean != NULL) {
        keeper->state = *clean;
    }
}

int saker__load_state(saker__keeper *keeper) {
    saker__state clean, prefixed;
    int hasClean, hasPrefixed = 0;
    if (saker__make_folder(keeper->config.tempFolder) != 0) {
        saker__say(keeper, FXS_ERROR, "cannot make the folder %s", keeper->config.tempFolder);
        return SAKER_FILE_WRITING_ERROR;
    }
    int code = read_state(keeper, "", &clean, &hasClean);
    if (code == 0 && !keeper->isTesting) {
        code = read_state(keeper, "\n", &prefixed, &hasPrefixed);
    }
    if (code != 0) {
        return code;
    }
    if (!keeper->isTesting) {
        choose_state(keeper, hasClean ? &clean : NULL, hasPrefixed ? &prefixed : NULL);
    }
    if (hasClean && memcmp(&clean, &keeper->state, sizeof clean) == 0) {
        return 0;
    }
    return saker__write_state(keeper) == 0 ? 0 : SAKER_FILE_WRITING_ERROR;
}

static int64_t to_progress(uint32_t time) {
    return time != SAKER__NEVER ? (int64_t)time : FXS_NEVER;
}

static uint32_t to_state(int64_t time) {
    return time >= 0 && time < (int64_t)SAKER__NEVER ? (uint32_t)time : SAKER__NEVER;
}

void saker__resume_core(const saker__keeper *keeper, fxs *core) {
    fxs_progress progress = {
        .lastRunTime = to_progress(keeper->state.lastRunTime),
        .lastOrderUpdateTime = to_progress(keeper->state.lastOrderUpdateTime),
    };
    fxs_resume(core, &progress);
}

void saker__keep_progress(saker__keeper *keeper, const fxs *core) {
    const fxs_progress none = {FXS_NEVER, FXS_NEVER};
    fxs_progress progress = core != NULL ? fxs_progress_of(core) : none;
    uint32_t run = to_state(progress.lastRunTime);
    uint32_t update = to_state(progress.lastOrderUpdateTime);
    if (run != keeper->state.lastRunTime || update != keeper->state.lastOrderUpdateTime) {
        keeper->state.lastRunTime = run;
        keeper->state.lastOrderUpdateTime = update;
        keeper->stateChanged = 1;
    }
}
