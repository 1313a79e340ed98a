/*
 * What an input reached. The library is compiled with -fsanitize-coverage=trace-pc,trace-cmp: gcc
 * calls the hooks in coverage.c at every basic block and before every comparison.
 *
 * An edge is a pair of blocks that ran one after the other. How often it ran counts by its order of
 * magnitude (1, 2, 3, 4-7, 8-15, 16-31, 32-127, more), so that a loop that goes round once more
 * after a hundred is nothing new. An edge with such a count is a feature, a number below
 * FUZZ_FEATURES. Two edges may share a number; they are few beside the map, and it costs an input
 * at most.
 */
#ifndef FUZZ_COVERAGE_H
#define FUZZ_COVERAGE_H

#include <stddef.h>
#include <stdint.h>

enum { FUZZ_EDGES = 1 << 16, FUZZ_COUNT_CLASSES = 8 };
enum { FUZZ_FEATURES = FUZZ_EDGES * FUZZ_COUNT_CLASSES };

/* Two unequal operands of one comparison, as little-endian bytes. */
typedef struct {
    uint64_t left, right;
    uint32_t size; /* 2, 4 or 8; 0 if the entry is empty */
} fuzz_comparison;

enum { FUZZ_COMPARISONS = 512 };

/* Forgets the edges of the input before. Comparisons stay: the next mutations answer them. */
void fuzz_coverage_reset(void);

/* The features since then, each once, in the order reached. */
size_t fuzz_coverage_features(uint32_t features[FUZZ_EDGES]);

/* The latest of each place in the code; FUZZ_COMPARISONS entries. */
const fuzz_comparison *fuzz_coverage_comparisons(void);

#endif
