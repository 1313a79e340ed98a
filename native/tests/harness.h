/* The smallest harness that says where and with which values a check failed. */
#ifndef SAKER_HARNESS_H
#define SAKER_HARNESS_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

#define CHECK_INT(actual, expected)                                                                \
    do {                                                                                           \
        long long was = (actual), wanted = (expected);                                             \
        if (was != wanted) {                                                                       \
            fprintf(stderr, "%s:%d: %s=%lld, expected=%lld\n", __FILE__, __LINE__, #actual, was, wanted); \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

#define CHECK_NEAR(actual, expected, tolerance)                                                    \
    do {                                                                                           \
        double was = (actual), wanted = (expected);                                                \
        if (!(fabs(was - wanted) <= (tolerance))) {                                                \
            fprintf(stderr, "%s:%d: %s=%.17g, expected=%.17g\n", __FILE__, __LINE__, #actual, was, \
                    wanted);                                                                       \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

#define CHECK_TEXT(actual, expected)                                                               \
    do {                                                                                           \
        const char *was = (actual), *wanted = (expected);                                          \
        if (strcmp(was, wanted) != 0) {                                                            \
            fprintf(stderr, "%s:%d: %s=\"%s\", expected=\"%s\"\n", __FILE__, __LINE__, #actual, was, \
                    wanted);                                                                       \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

#define RUN(test)                                                                                  \
    do {                                                                                           \
        test();                                                                                    \
        printf("ok %s\n", #test);                                                                  \
    } while (0)

/* splitmix64: the same numbers on every machine. */
static inline uint64_t random_bits(uint64_t *seed) {
    uint64_t z = (*seed += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* In [0, 1). */
static inline double random_unit(uint64_t *seed) {
    return (double)(random_bits(seed) >> 11) * 0x1p-53;
}

static inline int random_below(uint64_t *seed, int bound) {
    return (int)(random_bits(seed) % (uint64_t)bound);
}

#endif
