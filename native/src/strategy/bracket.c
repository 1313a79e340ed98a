#include "bracket.h"

#include <math.h>

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

static int is_held_too_long(const fxs__run *run, const fxs__bracket *bracket,
                            const fxs_order *order) {
    double limit = 60.0 * run->setup->series[0].timeframeMinutes * bracket->timedExitBars;
    return run->call->brokerTime - order->openTime >= limit;
}

static void close_order(fxs__run *run, const fxs_order *order, int signal) {
    fxs_result *row = fxs__next_row(run);
    if (row != NULL) {
        row->ticketNumber = order->ticket;
        row->tradingSignals = signal;
        row->lots = order->lots;
    }
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
        int isOver = is_held_too_long(run, bracket, order);
        if (order->type == FXS_ORDER_BUY && (isOver || view->exitsLong)) {
            close_order(run, order, FXS_CLOSE_BUY);
        }
        if (order->type == FXS_ORDER_SELL && (isOver || view->exitsShort)) {
            close_order(run, order, FXS_CLOSE_SELL);
        }
    }
    return openCount;
}

static int may_enter(const fxs__run *run) {
    const double *settings = run->call->settings;
    const double *quotes = run->call->quotes;
    double maxSpread = settings[FXS_MAX_SPREAD];
    return settings[FXS_OPERATIONAL_MODE] == FXS_MODE_ON
        && run->call->account[FXS_EQUITY] > 0
        && (maxSpread == 0 || quotes[FXS_ASK] - quotes[FXS_BID] <= maxSpread);
}

/* The lots whose margin is the allowed share of the equity. */
static double lots_for_margin(const fxs__run *run, const fxs__bracket *bracket) {
    const double *account = run->call->account;
    double leverage = fmax(1, account[FXS_LEVERAGE]);
    double worthOfLot = account[FXS_CONTRACT_SIZE] * run->call->quotes[FXS_ASK]
        * fxs__quote_to_account(run);
    return 0.01 * bracket->marginPercent * account[FXS_EQUITY] * leverage / worthOfLot;
}

static void enter(fxs__run *run, const fxs__bracket *bracket, const fxs__view *view) {
    double minimum = run->call->account[FXS_MINIMUM_STOP];
    double stop = fmax(bracket->stopAtrs * view->atr, minimum);
    double target = fmax(bracket->targetAtrs * view->atr, minimum);
    fxs_result *row = fxs__next_row(run);
    if (row == NULL || !(stop > 0) || !(target > 0)) {
        return;
    }
    row->tradingSignals = view->entersLong ? FXS_OPEN_BUY : FXS_OPEN_SELL;
    row->entryPrice = run->call->quotes[view->entersLong ? FXS_ASK : FXS_BID];
    row->brokerSL = stop;
    row->brokerTP = target;
    row->lots = fmin(fxs__lots_for_risk(run, bracket->riskPercent, stop),
                     lots_for_margin(run, bracket));
}

void fxs__bracket_run(fxs__run *run, const fxs__bracket *bracket, const fxs__view *view) {
    int openCount = close_what_is_over(run, bracket, view);
    if (openCount == 0 && view->entersLong != view->entersShort && may_enter(run)) {
        enter(run, bracket, view);
    }
}
