/*
 * Turns the bytes of an input into decisions. A reader never fails: past the end everything is 0,
 * so that every input is a sound one and a shorter one means less happens.
 */
#ifndef FUZZ_READER_H
#define FUZZ_READER_H

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A property that must hold; a broken one is a finding. */
#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition);                \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

typedef struct {
    const uint8_t *at;
    size_t left;
} reader;

static inline int is_read(const reader *in) {
    return in->left == 0;
}

static inline void take_bytes(reader *in, void *out, size_t length) {
    size_t some = length < in->left ? length : in->left;
    memset(out, 0, length);
    if (some > 0) {
        memcpy(out, in->at, some);
        in->at += some;
        in->left -= some;
    }
}

static inline uint8_t take_byte(reader *in) {
    uint8_t value;
    take_bytes(in, &value, sizeof value);
    return value;
}

static inline uint16_t take_short(reader *in) {
    uint16_t value;
    take_bytes(in, &value, sizeof value);
    return value;
}

/* 0 to bound - 1 */
static inline int take_below(reader *in, int bound) {
    return take_byte(in) % bound;
}

/* A number near `present`, a plausible one, or a hostile one: two to nine bytes. */
static inline double take_double(reader *in, double present) {
    static const double hostile[] = {
        NAN, INFINITY, -INFINITY, 0, -0.0, DBL_MAX, -DBL_MAX, DBL_MIN, DBL_MIN / 4, 1e300, -1e300,
        1e-300, 1e18, 9.3e18, -9.3e18, 1e12, 1e9, 2147483647, 2147483648.0, -2147483648.0,
        -2147483649.0, 4294967296.0, 9007199254740993.0, 0.5, -1, 1e-9, 9.9e-10, 99.999, 100.001,
    };
    double raw;
    uint8_t kind = take_byte(in);
    switch (kind % 8) {
    case 0:
        return (int8_t)take_byte(in);
    case 1:
        return take_byte(in) / 16.0;
    case 2:
        take_bytes(in, &raw, sizeof raw);
        return raw;
    case 3:
        return hostile[take_byte(in) % (sizeof hostile / sizeof hostile[0])];
    case 4:
        return present * (take_byte(in) / 64.0);
    case 5:
        return present + (int8_t)take_byte(in);
    case 6:
        return (int8_t)take_byte(in) * 0.0001 + present;
    default:
        return take_short(in);
    }
}

#endif
