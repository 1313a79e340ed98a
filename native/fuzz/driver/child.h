/*
 * Runs the target in a child process. The input under test lies in memory shared with the parent,
 * so whatever ends the child (a sanitizer's report, exit, a signal, a hang), the input is known.
 */
#ifndef FUZZ_CHILD_H
#define FUZZ_CHILD_H

#include <stddef.h>
#include <stdint.h>

#include "files.h"

/* What the child was at. */
typedef struct {
    uint64_t run;         /* counted from 1; 0 while the given files are read */
    char path[FUZZ_PATH]; /* of the file, empty for an input made here */
    size_t size;
    uint8_t bytes[FUZZ_INPUT_MAX];
} fuzz_attempt;

/* Exit statuses of a child beside 0 and the sanitizers'. */
enum { FUZZ_HUNG = 70, FUZZ_LEAKED = 71 };

void fuzz_child_init(unsigned timeoutSeconds);

fuzz_attempt *fuzz_attempt_now(void);

/* Parent: runs `work` in a child. Returns 0 if it came to its end, else the wait status. */
int fuzz_in_child(void (*work)(void *), void *context, int isQuiet);

/* Child: runs the target on the input; the coverage is that of the target alone afterwards. */
void fuzz_execute(const uint8_t *bytes, size_t size);

#endif
