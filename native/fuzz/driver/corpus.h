/*
 * The inputs worth changing, in memory. Every feature belongs to the smallest input that reached
 * it; an input that owns none any more is dropped.
 */
#ifndef FUZZ_CORPUS_H
#define FUZZ_CORPUS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint8_t *bytes; /* null once dropped */
    size_t size;
    uint32_t owned; /* features */
} fuzz_entry;

typedef struct {
    fuzz_entry *entries;
    size_t count, room; /* entries, dropped ones included */
    size_t liveCount, featureCount;
    uint32_t *owners; /* by feature: index + 1, 0 = nobody */
} fuzz_corpus;

void fuzz_corpus_init(fuzz_corpus *corpus);

/* Keeps a copy if the input reached a feature first, or with fewer bytes than the owner. Returns
 * 2 for a new feature, 1 for fewer bytes, 0 if it is not kept. */
int fuzz_corpus_add(fuzz_corpus *corpus, const uint8_t *bytes, size_t size,
                    const uint32_t *features, size_t featureCount);

/* One that is alive, by a random number; the latest quarter is taken half of the time. Null if the
 * corpus is empty. */
const fuzz_entry *fuzz_corpus_pick(const fuzz_corpus *corpus, uint64_t random);

#endif
