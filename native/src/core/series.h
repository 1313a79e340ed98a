/*
 * One normalised series: the last `capacity` periods of one timeframe, built from base bars.
 *
 * The first call takes the whole window. Later calls look at the newest base bar alone: in a new
 * period the one before it is rebuilt from the window, so that a completed period never depends on
 * how often it was watched; in the same period the bar is merged.
 */
#ifndef FXS_SERIES_H
#define FXS_SERIES_H

#include "calendar.h"
#include "fxs.h"

/* What a snapshot keeps beside the bars. No padding: it is written as it is. */
typedef struct {
    int64_t completed;    /* periods completed since the instance was made */
    int64_t start, end;   /* of the forming period, reference time, end exclusive */
    int64_t mergedTime;   /* of the newest base bar merged */
    double volumeBefore;  /* of the forming period without that bar */
    int64_t filled;
} fxs__series_state;

typedef struct {
    fxs_bar *bars; /* 2 * capacity, so that a shift moves memory once per `capacity` periods */
    int head;      /* the forming bar */
    int capacity;  /* 0: series off */
    int64_t periodSeconds;
    fxs__series_state state;
} fxs__series;

void fxs__series_init(fxs__series *series, const fxs_series_spec *spec, fxs_bar *bars);

/* Returns 0, FXS_ERATES or FXS_EBARS. */
int fxs__series_update(fxs__series *series, const fxs_rates *rates, fxs__calendar *calendar);

/* 0 if a filled series holds what no update leaves behind: for what a snapshot brought. */
int fxs__series_is_sound(const fxs__series *series);

/* The bar `shift` periods ago, 0 is forming: its low is 0 while none is known; shift below
 * capacity. */
static inline const fxs_bar *fxs__series_at(const fxs__series *series, int shift) {
    return series->bars + (series->head - shift);
}

#endif
