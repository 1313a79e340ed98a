/*
 * Two locks: the table's is for whoever changes which slot has which id; a slot's guards its
 * contents for the length of a call. A call looks a slot up without the table's lock, so that a
 * slow call holds up nobody else, and looks at it again under the slot's, since it may have changed
 * hands.
 */
#include "instances.h"

#include <stdatomic.h>
#include <string.h>

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static saker__instance slots[SAKER_MAX_INSTANCES];

/* The table proper: an id, and a bit that says it is in use. An id has a home, where it is if that
 * was free, so that a call finds its slot at the first look however many there are. */
static _Atomic uint64_t keys[SAKER_MAX_INSTANCES];

static uint64_t key_of(int id) {
    return (uint64_t)1 << 32 | (uint32_t)id;
}

static void init_slots(void) {
    for (int i = 0; i < SAKER_MAX_INSTANCES; i++) {
        pthread_mutex_init(&slots[i].lock, NULL);
    }
}

/* The slot with a key, from the id's home on; key 0 finds a free one. */
static saker__instance *find_key(int id, uint64_t key) {
    size_t home = (uint32_t)id % SAKER_MAX_INSTANCES;
    for (size_t i = 0; i < SAKER_MAX_INSTANCES; i++) {
        size_t at = home + i < SAKER_MAX_INSTANCES ? home + i : home + i - SAKER_MAX_INSTANCES;
        if (atomic_load_explicit(&keys[at], memory_order_relaxed) == key) {
            return &slots[at];
        }
    }
    return NULL;
}

static saker__instance *find(int id) {
    return find_key(id, key_of(id));
}

static saker__instance *lock_slot(int id) {
    pthread_once(&once, init_slots);
    for (;;) {
        saker__instance *slot = find(id);
        if (slot == NULL) {
            return NULL;
        }
        pthread_mutex_lock(&slot->lock);
        if (slot->used && slot->id == id) {
            return slot;
        }
        pthread_mutex_unlock(&slot->lock);
    }
}

saker__instance *saker__acquire(int id) {
    saker__instance *slot = lock_slot(id);
    if (slot != NULL && slot->keeper == NULL) {
        saker__release(slot); /* Its init failed, and it is about to be taken out. */
        return NULL;
    }
    return slot;
}

void saker__release(saker__instance *instance) {
    pthread_mutex_unlock(&instance->lock);
}

static void clear(saker__instance *slot) {
    fxs_destroy(slot->core);
    saker__close_keeper(slot->keeper);
    slot->core = NULL;
    slot->keeper = NULL;
    memset(&slot->identity, 0, sizeof slot->identity);
}

/* Both locks held. */
static void assign(saker__instance *slot, int used, int id) {
    slot->used = used;
    slot->id = id;
    atomic_store_explicit(&keys[slot - slots], used ? key_of(id) : 0, memory_order_relaxed);
}

/* The instance of an id, locked; a new one has no keeper. Null if there is no room. */
static saker__instance *lock_or_add(int id) {
    saker__instance *slot = lock_slot(id);
    if (slot != NULL) {
        return slot;
    }
    pthread_mutex_lock(&table);
    slot = find(id);
    if (slot == NULL) {
        slot = find_key(id, 0);
    }
    if (slot != NULL) {
        pthread_mutex_lock(&slot->lock);
        assign(slot, 1, id);
    }
    pthread_mutex_unlock(&table);
    return slot;
}

/* Takes the instance of an id out if no init of it has succeeded, be it in another thread since. */
static void drop_half_made(int id) {
    pthread_mutex_lock(&table);
    saker__instance *slot = find(id);
    if (slot != NULL) {
        pthread_mutex_lock(&slot->lock);
        if (slot->keeper == NULL) {
            assign(slot, 0, 0);
        }
        pthread_mutex_unlock(&slot->lock);
    }
    pthread_mutex_unlock(&table);
}

int saker__register(int id, saker__keeper *keeper) {
    saker__instance *slot = lock_or_add(id);
    if (slot == NULL) {
        return SAKER_TOO_MANY_INSTANCES;
    }
    int code = saker__save_state(slot->keeper); /* So that it is there to be loaded. */
    if (code == 0) {
        code = saker__load_state(keeper);
    }
    if (code == 0) {
        clear(slot);
        slot->keeper = keeper;
    }
    int isHalfMade = slot->keeper == NULL;
    saker__release(slot);
    if (isHalfMade) {
        drop_half_made(id);
    }
    return code;
}

/* Waits for a call that is under way, with the table held: rare, and it lasts microseconds. */
void saker__unregister(int id) {
    pthread_once(&once, init_slots);
    pthread_mutex_lock(&table);
    saker__instance *slot = find(id);
    if (slot != NULL) {
        pthread_mutex_lock(&slot->lock);
        clear(slot);
        assign(slot, 0, 0);
        pthread_mutex_unlock(&slot->lock);
    }
    pthread_mutex_unlock(&table);
}
