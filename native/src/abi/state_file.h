/* The `.state` record of the existing framework: 12020 bytes, little-endian. */
#ifndef SAKER_STATE_FILE_H
#define SAKER_STATE_FILE_H

#include <stddef.h>
#include <stdint.h>

enum { SAKER__PARAMETERS = 200 };

#define SAKER__NEVER UINT32_MAX

typedef struct {
    char name[40];
    float value;
    int32_t optimize;
    float start, step, stop;
} saker__parameter;

typedef struct {
    int32_t instanceId;
    uint32_t lastRunTime;         /* start of the primary bar, reference time, or SAKER__NEVER */
    uint32_t lastOrderUpdateTime; /* likewise */
    int32_t totalParameters;
    saker__parameter parameters[SAKER__PARAMETERS];
    int32_t isParameterSpaceLoaded;
} saker__state;

_Static_assert(sizeof(saker__parameter) == 60, "ParameterInfo");
_Static_assert(sizeof(saker__state) == 12020, "InstanceState");

/* Nothing has run, no parameters. */
void saker__fresh_state(int instanceId, saker__state *out);

/* Returns 0, or FXS_ESNAPSHOT if it is no such record; *out is untouched then. */
int saker__parse_state(const char *bytes, size_t length, saker__state *out);

#endif
