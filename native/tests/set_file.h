/*
 * The .set files of the existing front ends: KEY=VALUE lines, `;` starts a comment line. Lines
 * before SECTION_3 are the main block, those after it belong to the strategy. Unknown keys are
 * nobody's business and ignored.
 */
#ifndef SAKER_SET_FILE_H
#define SAKER_SET_FILE_H

#include "abi/text.h"
#include "fxs.h"

/* The lines `KEY,F=`, `KEY,1=`, `KEY,2=` and `KEY,3=` of an optimiser. */
typedef struct {
    int32_t isGiven, isOn;
    double start, step, stop;
} saker__sweep;

typedef struct {
    double settings[FXS_SETTINGS]; /* MAX_OPEN_ORDERS 1, the others 0, where nothing is given */
    int8_t isGiven[FXS_SETTINGS];
    saker__sweep sweeps[FXS_SETTINGS];
} saker__set;

/* Returns 0, or SAKER_INVALID_PARAMETER if a known key has no number; *out holds the others. */
int saker__parse_set(const char *text, size_t length, saker__set *out, saker__problems *problems);

#endif
