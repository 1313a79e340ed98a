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
        && head.length == (uint32_t)length
        && head.crc == fxs_crc32c(0, buffer + sizeof head, (size_t)length - sizeof head);
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
    saker__instance *instance = saker__acquire(instanceId);
    if (instance == NULL) {
        fxs_destroy(core);
        return FXS_EINSTANCE;
    }
    fxs_destroy(instance->core);
    instance->core = core;
    memcpy(&instance->identity, (const char *)buffer + sizeof(header), sizeof instance->identity);
    saker__keep_progress(instance->keeper, core);
    saker__release(instance);
    return 0;
}
