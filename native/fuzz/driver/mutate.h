/* Changes an input at random: the same state gives the same change. */
#ifndef FUZZ_MUTATE_H
#define FUZZ_MUTATE_H

#include <stddef.h>
#include <stdint.h>

#include "coverage.h"

enum { FUZZ_WORDS_MAX = 256, FUZZ_WORD_BYTES = 64 };

/* Byte strings that the format under test is made of. */
typedef struct {
    uint8_t bytes[FUZZ_WORD_BYTES];
    size_t length;
} fuzz_word;

typedef struct {
    uint64_t random;
    fuzz_word words[FUZZ_WORDS_MAX];
    size_t wordCount;
    int answersComparisons;
} fuzz_mutator;

/* The next of a sequence that depends on the seed alone. */
uint64_t fuzz_random(fuzz_mutator *mutator);

/* 0 to bound - 1; 0 for a bound of 0. */
size_t fuzz_below(fuzz_mutator *mutator, size_t bound);

/* Reads a dictionary: lines "text" or name="text", with \\, \" and \xNN. Returns 0 if the file
 * cannot be read or a line is none of these. */
int fuzz_read_words(fuzz_mutator *mutator, const char *path);

/*
 * Applies one to sixteen changes.
 *
 * bytes, size   the input, changed in place; room is at least size
 * other         another input of the corpus, to splice with; may be empty
 * returns       the new size, at most room
 */
size_t fuzz_mutate(fuzz_mutator *mutator, uint8_t *bytes, size_t size, size_t room,
                   const uint8_t *other, size_t otherSize);

#endif
