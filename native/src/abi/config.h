/* AsirikuyConfig.xml and the time-zone file it names. Relative paths are relative to the working
 * directory. */
#ifndef SAKER_CONFIG_H
#define SAKER_CONFIG_H

#include "fxs.h"
#include "text.h"

enum { SAKER__ZONES_MAX = 100, SAKER__ZONE_NAME = 128, SAKER__PATH = 256 };

/* Where a live call takes the time from to check the callers' clocks by. */
enum { SAKER__TIME_HOST = 0, SAKER__TIME_NONE = 1 };

typedef struct {
    char tempFolder[SAKER__PATH];
    char configFolder[SAKER__PATH];
    char zoneFile[SAKER__PATH];
    char parameterExtension[SAKER__PATH];
    char logFolder[SAKER__PATH];
    int32_t maxSeverity; /* -1 to 7 */
    int32_t enableEquityLog, enableEntryLog, barsToLog;
    int32_t timeSource;
    int32_t checkSeconds;                     /* NTP UpdateInterval: between checks of our zone */
    int32_t ntpTimeoutMs, ntpReferenceTimes;  /* read and checked; nothing is asked */
    double cropMondayHours, cropFridayHours;  /* read and checked; not applied */
    double ratesBufferExtension;              /* likewise */
} saker__config;

typedef struct {
    char name[SAKER__ZONE_NAME];
    fxs_zone zone;
} saker__named_zone;

typedef struct {
    int count;
    saker__named_zone zones[SAKER__ZONES_MAX];
} saker__zones;

/*
 * The configuration from its text. Returns 0, SAKER_INIT_XML_FAILED (not a text),
 * SAKER_INVALID_CONFIG (a mandatory element is missing, a value is out of range),
 * SAKER_NULL_POINTER (no TradingWeekBoundaries, as callers of the existing framework know it) or
 * SAKER_INSUFFICIENT_MEMORY. *out holds what could be read, whatever is returned.
 */
int saker__parse_config(const char *text, size_t length, saker__config *out,
                        saker__problems *problems);

/* The rows of broker-tz.csv. Returns 0 or SAKER_INVALID_CONFIG; *out holds the good rows. */
int saker__parse_zones(const char *text, size_t length, saker__zones *out,
                       saker__problems *problems);

/* Both from their files. Also SAKER_MISSING_CONFIG. */
int saker__read_config(const char *path, saker__config *config, saker__problems *problems);
int saker__read_zones(const saker__config *config, saker__zones *zones,
                      saker__problems *problems);

/* By exact name; null if there is none. */
const fxs_zone *saker__find_zone(const saker__zones *zones, const char *name);

#endif
