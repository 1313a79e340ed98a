#include "mutate.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One input under change. */
typedef struct {
    fuzz_mutator *mutator;
    uint8_t *bytes;
    size_t size, room;
    const uint8_t *other;
    size_t otherSize;
} subject;

/* splitmix64 */
uint64_t fuzz_random(fuzz_mutator *mutator) {
    uint64_t z = (mutator->random += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

size_t fuzz_below(fuzz_mutator *mutator, size_t bound) {
    return bound > 0 ? (size_t)(fuzz_random(mutator) % bound) : 0;
}

static size_t below(subject *s, size_t bound) {
    return fuzz_below(s->mutator, bound);
}

/* 1, 2, 4 or 8 */
static size_t random_width(subject *s) {
    return (size_t)1 << below(s, 4);
}

/* Puts bytes over those at a random place, as far as they fit. */
static void overwrite(subject *s, size_t at, const void *bytes, size_t length) {
    if (at < s->size) {
        size_t fitting = s->size - at < length ? s->size - at : length;
        memcpy(s->bytes + at, bytes, fitting);
    }
}

static void insert(subject *s, size_t at, const void *bytes, size_t length) {
    if (length <= s->room - s->size) {
        memmove(s->bytes + at + length, s->bytes + at, s->size - at);
        memcpy(s->bytes + at, bytes, length);
        s->size += length;
    }
}

static void put(subject *s, const void *bytes, size_t length) {
    if (below(s, 2) == 0) {
        overwrite(s, below(s, s->size), bytes, length);
    } else {
        insert(s, below(s, s->size + 1), bytes, length);
    }
}

static void flip_bit(subject *s) {
    if (s->size > 0) {
        s->bytes[below(s, s->size)] ^= (uint8_t)(1u << below(s, 8));
    }
}

static void set_byte(subject *s) {
    if (s->size > 0) {
        s->bytes[below(s, s->size)] = (uint8_t)below(s, 256);
    }
}

static void add_to_integer(subject *s) {
    size_t width = random_width(s);
    if (s->size >= width) {
        size_t at = below(s, s->size - width + 1);
        uint64_t value = 0;
        memcpy(&value, s->bytes + at, width);
        value += below(s, 2) == 0 ? 1 + below(s, 35) : -(1 + (uint64_t)below(s, 35));
        memcpy(s->bytes + at, &value, width);
    }
}

static void put_interesting_integer(subject *s) {
    static const int64_t values[] = {
        -1, 0, 1, 2, 7, 8, 16, 31, 32, 64, 100, 127, 128, 199, 200, 201, 255, 256, 1000, 1024,
        2000, 2001, 4096, 10080, 32767, 32768, 43200, 65535, 65536, 86400, 99999, 100000, 100001,
        1000000, INT32_MAX, (int64_t)INT32_MAX + 1, INT32_MIN, UINT32_MAX, INT64_MAX, INT64_MIN,
    };
    int64_t value = values[below(s, sizeof values / sizeof values[0])];
    overwrite(s, below(s, s->size), &value, random_width(s));
}

static void put_interesting_double(subject *s) {
    static const double values[] = {
        0, -0.0, 1, -1, 0.5, 1e-9, 1e-300, DBL_MIN / 2, DBL_EPSILON, 1e9, 2147483648.0, -2147483649.0,
        9007199254740993.0, 1e18, 9.3e18, 1e300, DBL_MAX, -DBL_MAX, INFINITY, -INFINITY, NAN,
    };
    double value = values[below(s, sizeof values / sizeof values[0])];
    put(s, &value, sizeof value);
}

static void change_double(subject *s) {
    double value;
    if (s->size >= sizeof value) {
        size_t at = below(s, s->size - sizeof value + 1);
        memcpy(&value, s->bytes + at, sizeof value);
        switch (below(s, 5)) {
        case 0:
            value = -value;
            break;
        case 1:
            value *= 2;
            break;
        case 2:
            value /= 1000;
            break;
        case 3:
            value += 1;
            break;
        default:
            value = nextafter(value, below(s, 2) == 0 ? -INFINITY : INFINITY);
        }
        memcpy(s->bytes + at, &value, sizeof value);
    }
}

static size_t block_length(subject *s, size_t limit) {
    size_t most = below(s, 4) == 0 ? limit : (limit < 16 ? limit : 16);
    return most > 0 ? 1 + below(s, most) : 0;
}

static void delete_block(subject *s) {
    size_t length = block_length(s, s->size);
    size_t at = below(s, s->size - length + 1);
    memmove(s->bytes + at, s->bytes + at + length, s->size - at - length);
    s->size -= length;
}

static void copy_block(subject *s) {
    size_t length = block_length(s, s->size);
    size_t from = below(s, s->size - length + 1);
    uint8_t *copy = malloc(length + 1);
    memcpy(copy, s->bytes + from, length);
    put(s, copy, length);
    free(copy);
}

static void insert_random_bytes(subject *s) {
    uint8_t block[16];
    size_t length = 1 + below(s, sizeof block);
    for (size_t i = 0; i < length; i++) {
        block[i] = (uint8_t)fuzz_random(s->mutator);
    }
    insert(s, below(s, s->size + 1), block, length);
}

/* A block of the other input, or its end after our start. */
static void splice(subject *s) {
    size_t length = block_length(s, s->otherSize);
    size_t from = below(s, s->otherSize - length + 1);
    if (length > 0 && below(s, 2) == 0) {
        put(s, s->other + from, length);
    } else {
        size_t kept = below(s, s->size + 1);
        size_t rest = s->otherSize - from;
        s->size = kept + (rest < s->room - kept ? rest : s->room - kept);
        memcpy(s->bytes + kept, s->other + from, s->size - kept);
    }
}

static void put_word(subject *s) {
    if (s->mutator->wordCount > 0) {
        const fuzz_word *word = &s->mutator->words[below(s, s->mutator->wordCount)];
        put(s, word->bytes, word->length);
    }
}

/* Puts what a comparison wanted where the input has what it got, as far as can be told. */
static void answer_comparison(subject *s) {
    const fuzz_comparison *c = &fuzz_coverage_comparisons()[below(s, FUZZ_COMPARISONS)];
    if (c->size == 0) {
        return;
    }
    uint64_t from = c->left, to = c->right;
    if (below(s, 2) == 0) {
        from = c->right;
        to = c->left;
    }
    if (below(s, 4) == 0) {
        to += below(s, 2) == 0 ? 1 : -(uint64_t)1;
    }
    size_t width = c->size;
    if (width == 8 && from <= UINT32_MAX && to <= UINT32_MAX && below(s, 2) == 0) {
        width = 4;
    }
    size_t start = below(s, s->size);
    for (size_t i = 0; i + width <= s->size; i++) {
        size_t at = (start + i) % (s->size - width + 1);
        if (memcmp(s->bytes + at, &from, width) == 0) {
            memcpy(s->bytes + at, &to, width);
            return;
        }
    }
    put(s, &to, width);
}

/* Replaces a number written in digits. */
static void change_decimal(subject *s) {
    static const char *const values[] = {"0", "-1", "1", "2147483648", "-2147483649", "99999999999",
                                         "1e308", "0.5", "nan", "inf", "9223372036854775808", "13"};
    size_t start = below(s, s->size);
    while (start < s->size && !isdigit(s->bytes[start])) {
        start++;
    }
    size_t end = start;
    while (end < s->size && isdigit(s->bytes[end])) {
        end++;
    }
    if (end > start) {
        const char *value = values[below(s, sizeof values / sizeof values[0])];
        memmove(s->bytes + start, s->bytes + end, s->size - end);
        s->size -= end - start;
        insert(s, start, value, strlen(value));
    }
}

size_t fuzz_mutate(fuzz_mutator *mutator, uint8_t *bytes, size_t size, size_t room,
                   const uint8_t *other, size_t otherSize) {
    static void (*const changes[])(subject *) = {
        flip_bit, set_byte, add_to_integer, put_interesting_integer, put_interesting_double,
        change_double, delete_block, copy_block, insert_random_bytes, splice, put_word,
        change_decimal, answer_comparison, answer_comparison,
    };
    size_t count = sizeof changes / sizeof changes[0] - (mutator->answersComparisons ? 0 : 2);
    subject s = {mutator, bytes, size, room, other, otherSize};
    for (size_t left = (size_t)1 << below(&s, 5); left > 0; left--) {
        changes[below(&s, count)](&s);
    }
    return s.size;
}

/* One character of a word; returns the place after it, or null. */
static const char *read_character(const char *at, uint8_t *out) {
    unsigned value;
    if (at[0] != '\\') {
        *out = (uint8_t)at[0];
        return at[0] != 0 ? at + 1 : NULL;
    }
    if (at[1] == 'x' && isxdigit((unsigned char)at[2]) && isxdigit((unsigned char)at[3])
        && sscanf(at + 2, "%2x", &value) == 1) {
        *out = (uint8_t)value;
        return at + 4;
    }
    *out = (uint8_t)at[1];
    return at[1] == '\\' || at[1] == '"' ? at + 2 : NULL;
}

static int read_word(const char *line, fuzz_word *out) {
    const char *at = strchr(line, '"');
    out->length = 0;
    for (at = at != NULL ? at + 1 : NULL; at != NULL && *at != '"';) {
        if (out->length == sizeof out->bytes) {
            return 0;
        }
        at = read_character(at, &out->bytes[out->length++]);
    }
    return at != NULL && out->length > 0;
}

int fuzz_read_words(fuzz_mutator *mutator, const char *path) {
    char line[512];
    FILE *file = fopen(path, "r");
    int sound = file != NULL;
    while (sound && fgets(line, sizeof line, file) != NULL) {
        if (line[0] != '#' && line[0] != '\n' && mutator->wordCount < FUZZ_WORDS_MAX) {
            sound = read_word(line, &mutator->words[mutator->wordCount++]);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return sound;
}
