/* Reads AsirikuyConfig.xml and the time-zone file it names; the only file access of this library. */
#ifndef SAKER_CONFIG_H
#define SAKER_CONFIG_H

#include "fxs.h"

enum { SAKER__ZONES_MAX = 100, SAKER__ZONE_NAME = 128 };

typedef struct {
    char name[SAKER__ZONE_NAME];
    fxs_zone zone;
} saker__named_zone;

typedef struct {
    int count;
    saker__named_zone zones[SAKER__ZONES_MAX];
} saker__zones;

/* Returns a SAKER_… code; *zones holds the file's rows if 0. Relative paths are relative to the
 * working directory. */
int saker__read_config(const char *path, saker__zones *zones);

/* By exact name; null if there is none. */
const fxs_zone *saker__find_zone(const saker__zones *zones, const char *name);

#endif
