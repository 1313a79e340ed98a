/* The instances of this process by id: at most SAKER_MAX_INSTANCES, each with a lock of its own. */
#ifndef SAKER_INSTANCES_H
#define SAKER_INSTANCES_H

#include <pthread.h>

#include "keeper.h"
#include "saker_abi.h"

/* What the first call says the instance is for; a later call that says otherwise is refused.
 * No padding: a snapshot writes it as it is. */
typedef struct {
    char symbol[32];
    char currency[16];
    char broker[SAKER__ZONE_NAME];
    char reference[SAKER__ZONE_NAME];
    struct {
        double isEnabled, timeframe, bars, actualTimeframe;
    } series[FXS_SERIES_MAX];
    int32_t neededBars[FXS_SERIES_MAX]; /* in each rates array */
} saker__identity;

_Static_assert(sizeof(saker__identity) == 304 + 320 + 40, "saker__identity has no padding");

/* Bars that a rates array must have: those required, and an allowance for dropped ones. At least 1;
 * 0 if the figures are none that a caller may give. */
int32_t saker__needed_bars(double bars, double timeframe, double actualTimeframe);

typedef struct {
    pthread_mutex_t lock;
    int used;
    int id;
    saker__keeper *keeper;
    fxs *core; /* null until the first call */
    saker__identity identity;
} saker__instance;

/* Makes or resets an instance and loads its state. Takes over `keeper` if it returns 0; otherwise
 * SAKER_TOO_MANY_INSTANCES or a code of saker__load_state, an instance that was there goes on as it
 * was, and `keeper` stays the caller's. */
int saker__register(int id, saker__keeper *keeper);

/* The instance, locked, or null. */
saker__instance *saker__acquire(int id);

void saker__release(saker__instance *instance);

/* Frees an instance; an unknown id is nothing to do. */
void saker__unregister(int id);

#endif
