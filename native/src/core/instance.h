/* An instance: one block of memory that holds the setup, the series and the strategy's state. */
#ifndef FXS_INSTANCE_H
#define FXS_INSTANCE_H

#include "../strategy/strategy.h"
#include "series.h"

/* No padding: a snapshot writes it as it is. */
typedef struct {
    int64_t hasRun;
    int64_t lastRunTime;     /* start of the primary period of the last run */
    int64_t lastOrderUpdate; /* reference time of the last stop update, 0 = none */
} fxs__progress;

struct fxs {
    fxs_setup setup;
    const fxs__strategy *strategy;
    fxs__calendar calendar;
    fxs__progress progress;
    fxs__series series[FXS_SERIES_MAX];
    void *state; /* strategy->stateSize bytes */
};

#endif
