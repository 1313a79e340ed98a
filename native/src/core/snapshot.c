/*
 * Snapshots. Little-endian, no pointers, the same bytes for the same state:
 *
 *   header      magic, version, length, CRC-32C of everything after the header
 *   setup       fxs_setup
 *   progress    fxs__progress
 *   10 ×        fxs__series_state, then `bars` fxs_bar, oldest first, if the series is filled
 *   state       the strategy's, stateSize bytes
 *
 * A layout that changes gets a new version; the strategies' state sizes are part of the check.
 */
#include <string.h>

#include "instance.h"

enum { VERSION = 1 };

static const char MAGIC[8] = {'F', 'X', 'S', 'S', 'N', 'A', 'P', '\n'};

typedef struct {
    char magic[8];
    uint32_t version;
    uint32_t length; /* of the whole snapshot */
    uint32_t crc;
    uint32_t stateSize;
} header;

_Static_assert(sizeof(header) == 24, "the header has no padding");
_Static_assert(sizeof(fxs_setup) == 160, "fxs_setup has no padding");
_Static_assert(sizeof(fxs__progress) == 24, "fxs__progress has no padding");
_Static_assert(sizeof(fxs__series_state) == 48, "fxs__series_state has no padding");

static size_t series_bytes(const fxs__series *series) {
    size_t bars = series->state.filled ? (size_t)series->capacity : 0;
    return sizeof(fxs__series_state) + bars * sizeof(fxs_bar);
}

static size_t snapshot_bytes(const fxs *instance) {
    size_t bytes = sizeof(header) + sizeof(fxs_setup) + sizeof(fxs__progress)
        + instance->strategy->stateSize;
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        bytes += series_bytes(&instance->series[i]);
    }
    return bytes;
}

static char *put(char *at, const void *bytes, size_t length) {
    memcpy(at, bytes, length);
    return at + length;
}

static char *put_series(char *at, const fxs__series *series) {
    static const fxs__series_state empty;
    if (!series->state.filled) {
        return put(at, &empty, sizeof empty);
    }
    at = put(at, &series->state, sizeof series->state);
    return put(at, fxs__series_at(series, series->capacity - 1),
               (size_t)series->capacity * sizeof(fxs_bar));
}

int fxs_save(const fxs *instance, void *buffer, int capacity) {
    if (instance == NULL) {
        return FXS_EINVAL;
    }
    size_t length = snapshot_bytes(instance);
    if (length > INT32_MAX) {
        return FXS_ESPACE;
    }
    if (buffer == NULL) {
        return (int)length;
    }
    if (capacity < 0 || (size_t)capacity < length) {
        return FXS_ESPACE;
    }
    char *at = (char *)buffer + sizeof(header);
    at = put(at, &instance->setup, sizeof instance->setup);
    at = put(at, &instance->progress, sizeof instance->progress);
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        at = put_series(at, &instance->series[i]);
    }
    put(at, instance->state, instance->strategy->stateSize);

    header head = {.version = VERSION, .length = (uint32_t)length,
                   .stateSize = (uint32_t)instance->strategy->stateSize};
    memcpy(head.magic, MAGIC, sizeof MAGIC);
    head.crc = fxs_crc32c(0, (const char *)buffer + sizeof head, length - sizeof head);
    memcpy(buffer, &head, sizeof head);
    return (int)length;
}

typedef struct {
    const char *at;
    size_t left;
} reader;

static int take(reader *in, void *out, size_t length) {
    if (in->left < length) {
        return FXS_ESNAPSHOT;
    }
    memcpy(out, in->at, length);
    in->at += length;
    in->left -= length;
    return 0;
}

static int take_series(reader *in, fxs__series *series) {
    fxs__series_state state;
    if (take(in, &state, sizeof state) != 0) {
        return FXS_ESNAPSHOT;
    }
    static const fxs__series_state empty;
    if (!state.filled) {
        return memcmp(&state, &empty, sizeof empty) == 0 ? 0 : FXS_ESNAPSHOT;
    }
    if (series->capacity == 0) {
        return FXS_ESNAPSHOT;
    }
    series->state = state;
    series->head = series->capacity - 1;
    int code = take(in, series->bars, (size_t)series->capacity * sizeof(fxs_bar));
    return code == 0 && fxs__series_is_sound(series) ? 0 : FXS_ESNAPSHOT;
}

static int is_time(int64_t time) {
    return time >= INT32_MIN && time <= UINT32_MAX;
}

static int take_progress(reader *in, fxs__progress *progress) {
    int code = take(in, progress, sizeof *progress);
    int sound = (progress->hasRun == 0 || progress->hasRun == 1)
        && is_time(progress->lastRunTime) && is_time(progress->lastOrderUpdate);
    return code == 0 && sound ? 0 : FXS_ESNAPSHOT;
}

static int take_instance(reader *in, uint32_t stateSize, fxs **out) {
    fxs_setup setup;
    if (take(in, &setup, sizeof setup) != 0) {
        return FXS_ESNAPSHOT;
    }
    int code = fxs_create(&setup, out);
    if (code != 0) {
        return code == FXS_ESTRATEGY || code == FXS_ENOMEM ? code : FXS_ESNAPSHOT;
    }
    fxs *instance = *out;
    if (instance->strategy->stateSize != stateSize) {
        return FXS_ESNAPSHOT;
    }
    code = take_progress(in, &instance->progress);
    for (int i = 0; i < FXS_SERIES_MAX && code == 0; i++) {
        code = take_series(in, &instance->series[i]);
    }
    if (code == 0) {
        code = take(in, instance->state, stateSize);
    }
    return code == 0 && in->left != 0 ? FXS_ESNAPSHOT : code;
}

int fxs_load(const void *buffer, int length, fxs **out) {
    if (out != NULL) {
        *out = NULL;
    }
    if (buffer == NULL || out == NULL || length < 0) {
        return FXS_EINVAL;
    }
    header head;
    reader in = {buffer, (size_t)length};
    if (take(&in, &head, sizeof head) != 0 || memcmp(head.magic, MAGIC, sizeof MAGIC) != 0
        || head.version != VERSION || head.length != (uint32_t)length
        || head.crc != fxs_crc32c(0, in.at, in.left)) {
        return FXS_ESNAPSHOT;
    }
    fxs *instance = NULL;
    int code = take_instance(&in, head.stateSize, &instance);
    if (code != 0) {
        fxs_destroy(instance);
        return code;
    }
    *out = instance;
    return 0;
}
