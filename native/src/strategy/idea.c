#include "idea.h"

#include <string.h>

/* `own` has room for FXS__OWN_SETTINGS_MAX. */
static int read_settings(const fxs__idea *idea, const double *settings, fxs__plan *plan,
                         double *own) {
    if (idea->settingsSize > FXS__OWN_SETTINGS_MAX * sizeof *own) {
        return FXS_EPARAM;
    }
    fxs__settings in = {settings, fxs__plan_read(settings, idea->defaults, plan)};
    idea->read(&in, plan, own);
    return in.code;
}

int fxs__idea_check(const fxs__idea *idea, const double *settings) {
    double ignored[FXS__OWN_SETTINGS_MAX];
    fxs__plan ignoredToo;
    return read_settings(idea, settings, &ignoredToo, ignored);
}

static void *part_of(void *state, size_t offset) {
    return (char *)state + offset;
}

static void make_anew(const fxs__idea *idea, const fxs__turn *turn, void *state) {
    fxs__book book;
    memcpy(&book, part_of(state, idea->bookOffset), sizeof book);
    memset(state, 0, idea->stateSize);
    memcpy(part_of(state, idea->bookOffset), &book, sizeof book);
    memcpy(part_of(state, idea->madeOffset), turn->settings, idea->rulesSize);
    idea->reset(turn, state);
}

static int take_new_bars(const fxs__idea *idea, const fxs__series *primary, void *state) {
    int64_t *seen = part_of(state, idea->seenOffset);
    int newBars = fxs__unseen_bars(primary, *seen);
    for (int shift = newBars; shift >= 1; shift--) {
        idea->take_bar(state, primary, shift);
    }
    *seen = primary->state.completed;
    return newBars;
}

int fxs__idea_run(const fxs__idea *idea, fxs__run *run, void *state) {
    double own[FXS__OWN_SETTINGS_MAX];
    fxs__plan plan;
    const fxs__turn turn = {run, &plan, own};
    const fxs__series *primary = &run->series[0];

    int code = read_settings(idea, run->call->settings, &plan, own);
    if (code == 0 && idea->fits != NULL) {
        code = idea->fits(&turn);
    }
    if (code != 0) {
        return code;
    }
    if (primary->capacity < idea->lookback(own) + 1) {
        return FXS_ERATES;
    }
    if (memcmp(own, part_of(state, idea->madeOffset), idea->rulesSize) != 0) {
        make_anew(idea, &turn, state);
    }
    int newBars = take_new_bars(idea, primary, state);

    fxs__sight sight = idea->look(&turn, state);
    sight.newBars = newBars;
    return fxs__plan_run(run, &plan, &sight, part_of(state, idea->bookOffset));
}
