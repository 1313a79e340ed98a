#include "bracket.h"

#include <math.h>

#include "leave.h"
#include "orders.h"
#include "size.h"

enum { ATR_PERIOD_MAX = 500, TIMED_EXIT_MAX = 1000000 };

double fxs__setting_or(const double *settings, int index, double fallback) {
    return settings[index] != 0 ? settings[index] : fallback;
}

static int is_within(double value, double low, double high) {
    return value >= low && value <= high;
}

int fxs__bracket_read(const double *settings, const fxs__bracket *defaults, fxs__bracket *out) {
    double atrPeriod = fxs__setting_or(settings, FXS_ATR_PERIOD, defaults->atrPeriod);
    double timedExit = fxs__setting_or(settings, FXS_TIMED_EXIT_BARS, defaults->timedExitBars);
    if (!is_within(atrPeriod, 1, ATR_PERIOD_MAX) || !is_within(timedExit, 1, TIMED_EXIT_MAX)) {
        return FXS_EPARAM;
    }
    out->stopAtrs = fxs__setting_or(settings, FXS_SL_ATR_MULTIPLIER, defaults->stopAtrs);
    out->targetAtrs = fxs__setting_or(settings, FXS_TP_ATR_MULTIPLIER, defaults->targetAtrs);
    out->riskPercent =
        fxs__setting_or(settings, FXS_ACCOUNT_RISK_PERCENT, defaults->riskPercent);
    out->marginPercent =
        fxs__setting_or(settings, FXS__MAX_MARGIN_PERCENT, defaults->marginPercent);
    out->timedExitBars = (int)timedExit;
    out->atrPeriod = (int)atrPeriod;
    int sound = is_within(out->stopAtrs, 0.1, 100) && is_within(out->targetAtrs, 0.1, 100)
        && out->riskPercent > 0 && is_within(out->marginPercent, 0.1, 100);
    return sound ? 0 : FXS_EPARAM;
}

/* Returns the number of open orders of the instance, those closed here included. */
static int close_what_is_over(fxs__run *run, const fxs__bracket *bracket, const fxs__view *view) {
    int openCount = 0;
    for (int i = 0; i < run->call->orderCount; i++) {
        const fxs_order *order = &run->call->orders[i];
        if (order->isOpen == 0 || !fxs__is_own_order(run, order)) {
            continue;
        }
        openCount++;
        int isOver = fxs__is_held_too_long(run, order, bracket->timedExitBars);
        int exits = order->type == FXS_ORDER_BUY ? view->exitsLong : view->exitsShort;
        if (fxs__is_open_trade(run, order) && (isOver || exits)) {
            fxs__close_order(run, order);
        }
    }
    return openCount;
}

static void enter(fxs__run *run, const fxs__bracket *bracket, const fxs__view *view) {
    double least = fxs__least_distance(run);
    double stop = fmax(bracket->stopAtrs * view->atr, least);
    double target = fmax(bracket->targetAtrs * view->atr, least);
    if (view->atr > 0 && stop > fxs__spread(run)) {
        double lots = fmin(fxs__lots_for_risk(run, bracket->riskPercent, stop),
                           fxs__lots_for_margin(run, bracket->marginPercent));
        fxs__open_order(run, view->entersLong, lots, stop, target);
    }
}

void fxs__bracket_run(fxs__run *run, const fxs__bracket *bracket, const fxs__view *view) {
    fxs__report_value(run, "ATR", view->atr);
    int openCount = close_what_is_over(run, bracket, view);
    if (openCount == 0 && view->entersLong != view->entersShort && fxs__may_enter(run)) {
        enter(run, bracket, view);
    }
}
