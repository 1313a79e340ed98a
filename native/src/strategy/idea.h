/*
 * A strategy in the form ours have from 1002 on. Its file states the idea alone: settings, what it
 * remembers of completed bars, what it sees. The position is held by the plan (plan.h), and a run
 * is the same for all:
 *
 *   read       the settings; FXS_EPARAM if one is out of range
 *   fits       whether they go with the primary series; FXS_EPARAM if not
 *   lookback   the completed bars needed; FXS_ERATES if the series keeps fewer
 *   reset      only if a rule has changed since the state was made
 *   take_bar   each completed primary bar not taken yet, oldest first
 *   look       what it sees now, which the plan trades
 *
 * Settings are a struct of doubles, the rules first: a change of one of these makes the state anew,
 * a change of what follows them acts at once. The state is plain memory without padding, zero at
 * first, of this form:
 *
 *   typedef struct {
 *       int64_t seen;     completed bars taken, 0 = none yet
 *       rules made;       what it was made with
 *       …                 what the strategy remembers
 *       fxs__book book;   the plan's; outlives a change of the rules
 *   } my_state;
 */
#ifndef FXS_IDEA_H
#define FXS_IDEA_H

#include <stddef.h>

#include "plan.h"

enum { FXS__OWN_SETTINGS_MAX = 16 };

/* One run, as the functions of a strategy see it. */
typedef struct {
    fxs__run *run;
    const fxs__plan *plan; /* the shared settings */
    const void *settings;  /* its own, as `read` left them */
} fxs__turn;

typedef struct fxs__idea {
    const fxs__plan *defaults;

    size_t settingsSize, rulesSize, stateSize; /* FXS__IDEA_LAYOUT says these */
    size_t seenOffset, madeOffset, bookOffset;

    /* Fills in the strategy's own settings, and what follows from them for the plan. */
    void (*read)(fxs__settings *in, fxs__plan *plan, void *settings);
    /* 0 or FXS_EPARAM; null if every series will do. */
    int (*fits)(const fxs__turn *turn);
    double (*lookback)(const void *settings);
    /* Sets what does not begin as zero; `made` and the book are there already. */
    void (*reset)(const fxs__turn *turn, void *state);
    /* The bar is fxs__series_at(primary, shift). */
    void (*take_bar)(void *state, const fxs__series *primary, int shift);
    /* Also reports what the next entry waits for. */
    fxs__sight (*look)(const fxs__turn *turn, void *state);
} fxs__idea;

#define FXS__IDEA_LAYOUT(state, settings)                                                          \
    .settingsSize = sizeof(settings), .rulesSize = sizeof(((state *)NULL)->made),                  \
    .stateSize = sizeof(state), .seenOffset = offsetof(state, seen),                               \
    .madeOffset = offsetof(state, made), .bookOffset = offsetof(state, book)

/* 0 or FXS_EPARAM. */
int fxs__idea_check(const fxs__idea *idea, const double *settings);

/* One run; 0 or a negative code. */
int fxs__idea_run(const fxs__idea *idea, fxs__run *run, void *state);

#endif
