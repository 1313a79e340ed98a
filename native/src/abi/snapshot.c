/*
 * A snapshot of the front end: what the instance is for, then the core's own snapshot, if the
 * instance was called at all. Little-endian, no pointers, the same bytes for the same state.
 */
#include <string.h>

#include "instances.h"

enum { VERSION = 1 };

static const char MAGIC[8] = {'S', 'A', 'K', 'E', 'R', 'S', 'N', '\n'};

typedef struct {
    char magic[8];
    uint32_t version;
    uint32_t length; /* of the whole snapshot */
    uint32_t crc;    /* CRC-32C of everything after the header */
    uint32_t reserved;
} header;

enum { FRONT_BYTES = sizeof(header) + sizeof(saker__identity) };

_Static_assert(sizeof(header) == 24, "the header has no padding");

static int save(const saker__instance *instance, char *buffer, int capacity) {
    int core = instance->core != NULL ? fxs_save(instance->core, NULL, 0) : 0;
    if (core < 0 || core > INT32_MAX - (int)FRONT_BYTES) {
        return core < 0 ? core : FXS_ESPACE;
    }
    int length = FRONT_BYTES + core;
    if (buffer == NULL) {
        return length;
    }
    if (capacity < length) {
        return FXS_ESPACE;
    }
    memcpy(buffer + sizeof(header), &instance->identity, sizeof instance->identity);
    if (core > 0) {
        core = fxs_save(instance->core, buffer + FRONT_BYTES, capacity - FRONT_BYTES);
    }
    if (core < 0) {
        return core;
    }
    header head = {.version = VERSION, .length = (uint32_t)length};
    memcpy(head.magic, MAGIC, sizeof MAGIC);
    head.crc = fxs_crc32c(0, buffer + sizeof head, (size_t)length - sizeof head);
    memcpy(buffer, &head, sizeof head);
    return length;
}

int fxs_snapshot(int instanceId, void *buffer, int capacity) {
    saker__instance *instance = saker__acquire(instanceId);
    if (instance == NULL) {
        return FXS_EINSTANCE;
    }
    int code = save(instance, buffer, capacity);
    saker__release(instance);
    return code;
}

static int is_sound(const char *buffer, int length) {
    header head;
    if (length < (int)FRONT_BYTES) {
        return 0;
    }
    memcpy(&head, buffer, sizeof head);
    return memcmp(head.magic, MAGIC, sizeof MAGIC) == 0 && head.version == VERSION
        && head.length == (uint32_t)length && head.reserved == 0
        && head.crc == fxs_crc32c(0, buffer + sizeof head, (size_t)length - sizeof head);
}

/* A text, and zeros after it. */
static int is_name(const char *name, size_t room) {
    const char *end = memchr(name, 0, room);
    while (end != NULL && end < name + room && *end == 0) {
        end++;
    }
    return end == name + room;
}

static int is_series_of(const saker__identity *identity, int i, const fxs_series_spec *spec) {
    double bars = identity->series[i].bars, timeframe = identity->series[i].timeframe;
    double actual = identity->series[i].actualTimeframe;
    if (identity->series[i].isEnabled == 0) {
        return timeframe == 0 && bars == 0 && actual == 0 && identity->neededBars[i] == 0
            && spec->timeframeMinutes == 0;
    }
    int32_t needed = saker__needed_bars(bars, timeframe, actual);
    return needed > 0 && identity->neededBars[i] == needed && timeframe == spec->timeframeMinutes
        && bars == spec->bars;
}

/* What the front end knows of an instance and what its core was made for are one thing. */
static int is_identity_of(const saker__identity *identity, const fxs *core) {
    static const saker__identity nobody;
    if (core == NULL) {
        return memcmp(identity, &nobody, sizeof nobody) == 0;
    }
    int sound = is_name(identity->symbol, sizeof identity->symbol)
        && is_name(identity->currency, sizeof identity->currency)
        && is_name(identity->broker, sizeof identity->broker)
        && is_name(identity->reference, sizeof identity->reference);
    for (int i = 0; i < FXS_SERIES_MAX; i++) {
        sound = sound && is_series_of(identity, i, &fxs_setup_of(core)->series[i]);
    }
    return sound;
}

int fxs_restore(int instanceId, const void *buffer, int length) {
    if (buffer == NULL || length < 0) {
        return FXS_EINVAL;
    }
    if (!is_sound(buffer, length)) {
        return FXS_ESNAPSHOT;
    }
    fxs *core = NULL;
    int coreBytes = length - (int)FRONT_BYTES;
    int code = coreBytes > 0 ? fxs_load((const char *)buffer + FRONT_BYTES, coreBytes, &core) : 0;
    if (code != 0) {
        return code;
    }
    saker__identity identity;
    memcpy(&identity, (const char *)buffer + sizeof(header), sizeof identity);
    if (!is_identity_of(&identity, core)) {
        fxs_destroy(core);
        return FXS_ESNAPSHOT;
    }
    saker__instance *instance = saker__acquire(instanceId);
    if (instance == NULL) {
        fxs_destroy(core);
        return FXS_EINSTANCE;
    }
    fxs_destroy(instance->core);
    instance->core = core;
    instance->identity = identity;
    saker__keep_progress(instance->keeper, core);
    saker__release(instance);
    return 0;
}
