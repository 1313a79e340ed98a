/*
 * What a strategy is. One file each, one line in list.c.
 *
 * The state is plain memory without pointers, zero at first and after a change of parameters that
 * the strategy itself detects: a snapshot is a copy of its bytes.
 */
#ifndef FXS_STRATEGY_H
#define FXS_STRATEGY_H

#include "../core/series.h"
#include "fxs.h"

/* EMPTY: every mode of AUTOBBS that has no rule. */
enum { FXS__ANY_TREND_MODE = -1, FXS__EMPTY_TREND_MODES = -2 };

/* One run, as a strategy sees it. */
typedef struct {
    const fxs_setup *setup;
    const fxs_call *call;
    const fxs__series *series; /* FXS_SERIES_MAX */
    int64_t now;               /* broker time on the reference broker's clock, s */
    int64_t *lastOrderUpdate;  /* reference time of the last stop update, 0 = none; kept */
    fxs_result *rows;
    int rowCount;
    int rowsUsed;
} fxs__run;

typedef struct {
    int id;
    int trendMode; /* settings[FXS_TREND_MODE], or one of FXS__…_TREND_MODE… */
    const char *name;
    size_t stateSize;
    /* 0, or FXS_ERATES / FXS_EPARAM if a series it needs is missing or too short; null if that is a
     * matter of its settings alone. */
    int (*check_series)(const fxs_series_spec *series);

    /* An idea (idea.h), or else the two functions. */
    const struct fxs__idea *idea;
    /* 0, or FXS_EPARAM / FXS_ECONFLICT; called before every run. */
    int (*check_settings)(const double *settings);
    /* Reads the completed bars and writes wishes; 0 or a negative code. */
    int (*run)(fxs__run *run, void *state);
} fxs__strategy;

/* Null if there is none. */
const fxs__strategy *fxs__strategy_find(int id, int trendMode);

/* 1 if the strategy runs with that setting. */
int fxs__strategy_takes(const fxs__strategy *strategy, double trendMode);

/* What its check_settings and run return, or those of its idea. */
int fxs__strategy_check(const fxs__strategy *strategy, const double *settings);
int fxs__strategy_run(const fxs__strategy *strategy, fxs__run *run, void *state);

/*
 * What the caller may show, log or record beside the wishes. Nothing happens if nobody listens;
 * a value of the same name replaces the one before; what does not fit is cut off.
 */
void fxs__report_value(fxs__run *run, const char *name, double value);
void fxs__report_event(fxs__run *run, int severity, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void fxs__report_bar(fxs__run *run, const fxs_bar *bar, int recordFormat);

/* 1 if an event of that severity would be taken: for events that are costly to put together. */
int fxs__reports(const fxs__run *run, int severity);

/* A cleared row to write a wish to; null when all are taken: the wish waits for the next bar. */
fxs_result *fxs__next_row(fxs__run *run);

/* Completed bars an indicator that took `seen` has yet to take, at most those kept. */
int fxs__unseen_bars(const fxs__series *series, int64_t seen);

/* 1 if the row holds an order of this instance. */
int fxs__is_own_order(const fxs__run *run, const fxs_order *order);

/* The least a trade may be. */
#define FXS__LEAST_LOTS 0.01

/* What one unit of quote currency is worth in account currency. */
double fxs__quote_to_account(const fxs__run *run);

/* The equity trades are sized by: ORIGINAL_EQUITY with DISABLE_COMPOUNDING. */
double fxs__equity_to_risk(const fxs__run *run);

/* The lots that lose riskPercent of the equity over `distance`. */
double fxs__lots_for_risk(const fxs__run *run, double riskPercent, double distance);

#endif
