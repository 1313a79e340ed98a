#include "corpus.h"

#include <stdlib.h>
#include <string.h>

#include "coverage.h"

void fuzz_corpus_init(fuzz_corpus *corpus) {
    memset(corpus, 0, sizeof *corpus);
    corpus->owners = calloc(FUZZ_FEATURES, sizeof *corpus->owners);
}

static fuzz_entry *owner_of(const fuzz_corpus *corpus, uint32_t feature) {
    uint32_t owner = corpus->owners[feature];
    return owner != 0 ? &corpus->entries[owner - 1] : NULL;
}

static int worth_of(const fuzz_corpus *corpus, size_t size, const uint32_t *features,
                    size_t featureCount) {
    int worth = 0;
    for (size_t i = 0; i < featureCount && worth < 2; i++) {
        const fuzz_entry *owner = owner_of(corpus, features[i]);
        if (owner == NULL) {
            worth = 2;
        } else if (size < owner->size) {
            worth = 1;
        }
    }
    return worth;
}

static void drop_if_useless(fuzz_corpus *corpus, fuzz_entry *entry) {
    if (--entry->owned == 0) {
        free(entry->bytes);
        entry->bytes = NULL;
        corpus->liveCount--;
    }
}

static void append(fuzz_corpus *corpus, const uint8_t *bytes, size_t size) {
    if (corpus->count == corpus->room) {
        corpus->room = corpus->room > 0 ? 2 * corpus->room : 256;
        corpus->entries = realloc(corpus->entries, corpus->room * sizeof *corpus->entries);
    }
    fuzz_entry *entry = &corpus->entries[corpus->count++];
    *entry = (fuzz_entry){malloc(size + 1), size, 0};
    memcpy(entry->bytes, bytes, size);
    corpus->liveCount++;
}

int fuzz_corpus_add(fuzz_corpus *corpus, const uint8_t *bytes, size_t size,
                    const uint32_t *features, size_t featureCount) {
    int worth = worth_of(corpus, size, features, featureCount);
    if (worth == 0) {
        return 0;
    }
    append(corpus, bytes, size);
    for (size_t i = 0; i < featureCount; i++) {
        fuzz_entry *owner = owner_of(corpus, features[i]);
        if (owner != NULL && owner->size <= size) {
            continue;
        }
        corpus->owners[features[i]] = (uint32_t)corpus->count;
        corpus->entries[corpus->count - 1].owned++;
        if (owner != NULL) {
            drop_if_useless(corpus, owner);
        } else {
            corpus->featureCount++;
        }
    }
    return worth;
}

const fuzz_entry *fuzz_corpus_pick(const fuzz_corpus *corpus, uint64_t random) {
    if (corpus->liveCount == 0) {
        return NULL;
    }
    size_t from = (random & 1) != 0 ? corpus->count - corpus->count / 4 : 0;
    size_t span = corpus->count - from;
    size_t start = span > 0 ? (size_t)(random >> 1) % span : 0;
    /* Dropped entries stay in the table; the next one alive stands in for them. */
    for (size_t i = 0; i < corpus->count; i++) {
        const fuzz_entry *entry = &corpus->entries[(from + start + i) % corpus->count];
        if (entry->bytes != NULL) {
            return entry;
        }
    }
    return NULL;
}
