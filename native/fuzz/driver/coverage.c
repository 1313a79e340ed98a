#include "coverage.h"

#include <string.h>

extern char __executable_start; /* by the linker; makes a block's number the same in every run */

static uint8_t counts[FUZZ_EDGES];
static uint32_t touched[FUZZ_EDGES];
static size_t touchedCount;
static uint32_t previousBlock;
static fuzz_comparison comparisons[FUZZ_COMPARISONS];

static uint32_t place_of(const void *returnAddress) {
    uint64_t offset = (uint64_t)((const char *)returnAddress - &__executable_start);
    return (uint32_t)(offset * 0x9E3779B97F4A7C15u >> 32);
}

void fuzz_coverage_reset(void) {
    for (size_t i = 0; i < touchedCount; i++) {
        counts[touched[i]] = 0;
    }
    touchedCount = 0;
    previousBlock = 0;
}

static uint32_t class_of(uint8_t count) {
    return count <= 3    ? count - 1u
           : count <= 7  ? 3
           : count <= 15 ? 4
           : count <= 31 ? 5
           : count < 128 ? 6
                         : 7;
}

size_t fuzz_coverage_features(uint32_t features[FUZZ_EDGES]) {
    for (size_t i = 0; i < touchedCount; i++) {
        features[i] = touched[i] * FUZZ_COUNT_CLASSES + class_of(counts[touched[i]]);
    }
    return touchedCount;
}

const fuzz_comparison *fuzz_coverage_comparisons(void) {
    return comparisons;
}

static void on_comparison(const void *at, uint64_t left, uint64_t right, uint32_t size) {
    if (left != right) {
        comparisons[place_of(at) % FUZZ_COMPARISONS] = (fuzz_comparison){left, right, size};
    }
}

/* The hooks, with the names and arguments that gcc prescribes. */
#define HERE __builtin_return_address(0)

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void) {
    uint32_t block = place_of(HERE) % FUZZ_EDGES;
    uint32_t edge = (block ^ previousBlock) % FUZZ_EDGES;
    previousBlock = block >> 1; /* shifted, so that A after B is not B after A */
    if (counts[edge] == 0) {
        touched[touchedCount++] = edge;
    }
    if (counts[edge] < 255) {
        counts[edge]++;
    }
}

#define COMPARISON_HOOK(name, type)                                                                \
    void __sanitizer_cov_trace_##name(type left, type right);                                      \
    void __sanitizer_cov_trace_##name(type left, type right) {                                     \
        uint64_t leftBits = 0, rightBits = 0;                                                      \
        memcpy(&leftBits, &left, sizeof left);                                                     \
        memcpy(&rightBits, &right, sizeof right);                                                  \
        on_comparison(HERE, leftBits, rightBits, sizeof left);                                     \
    }

COMPARISON_HOOK(cmp2, uint16_t)
COMPARISON_HOOK(cmp4, uint32_t)
COMPARISON_HOOK(cmp8, uint64_t)
COMPARISON_HOOK(const_cmp2, uint16_t)
COMPARISON_HOOK(const_cmp4, uint32_t)
COMPARISON_HOOK(const_cmp8, uint64_t)
COMPARISON_HOOK(cmpf, float)
COMPARISON_HOOK(cmpd, double)

/* A byte is found by trying. */
void __sanitizer_cov_trace_cmp1(uint8_t left, uint8_t right);
void __sanitizer_cov_trace_cmp1(uint8_t left, uint8_t right) {
    (void)left;
    (void)right;
}

void __sanitizer_cov_trace_const_cmp1(uint8_t left, uint8_t right);
void __sanitizer_cov_trace_const_cmp1(uint8_t left, uint8_t right) {
    (void)left;
    (void)right;
}

/* table: the number of cases, the value's bits, then each case */
void __sanitizer_cov_trace_switch(uint64_t value, void *table);
void __sanitizer_cov_trace_switch(uint64_t value, void *table) {
    const uint64_t *cases = table;
    uint32_t size = (uint32_t)cases[1] / 8;
    for (uint64_t i = 0; i < cases[0] && size >= 2; i++) {
        on_comparison((const char *)HERE + i, value, cases[2 + i], size);
    }
}
