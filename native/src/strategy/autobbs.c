/*
 * AUTOBBS (ids 29 and 30): the frame, and the modes without a rule of their own.
 *
 * Modes 14, 19, 36 and every number that names no sub-strategy decide nothing: they run, the rows
 * are cleared, and only what the frame does by itself is left, closing a pending order of an
 * earlier day. The modes with rules of which only outlines are known are refused (list.c), except
 * 102, which is asi.c.
 *
 * Series: 0 primary; the others are the mode's.
 */
#include "autobbs.h"

#include "leave.h"
#include "orders.h"

int fxs__autobbs_check_settings(const double *settings) {
    return settings[FXS_MACRO_TREND] * settings[FXS_ONE_SIDE] < 0 ? FXS_ECONFLICT : 0;
}

int fxs__autobbs_may_enter(const fxs__run *run, int isLong) {
    const double *settings = run->call->settings;
    double openRisk = run->call->account[FXS_OPEN_RISK_PERCENT];
    if (settings[FXS_IS_BACKTESTING] != 0) {
        return 1;
    }
    return openRisk >= -settings[FXS_MAX_ACCOUNT_RISK]
        && settings[FXS_ONE_SIDE] * (isLong ? 1 : -1) >= 0;
}

void fxs__autobbs_close_old_pending(fxs__run *run) {
    for (int i = 0; i < run->call->orderCount; i++) {
        const fxs_order *order = &run->call->orders[i];
        int isPending = order->type >= FXS_ORDER_BUYLIMIT && order->type <= FXS_ORDER_SELLSTOP;
        if (order->isOpen != 0 && isPending && fxs__is_own_order(run, order)
            && fxs__day_of(fxs__open_time(run, order)) < fxs__day_of(run->now)) {
            fxs__close_order(run, order);
        }
    }
}

static int run_empty(fxs__run *run, void *state) {
    (void)state;
    fxs__autobbs_close_old_pending(run);
    return 0;
}

const fxs__strategy fxs__autobbs_empty = {
    29, FXS__EMPTY_TREND_MODES, "AUTOBBS without a rule", 0,
    .check_settings = fxs__autobbs_check_settings, .run = run_empty,
};
const fxs__strategy fxs__autobbs_weekly_empty = {
    30, FXS__EMPTY_TREND_MODES, "AUTOBBS without a rule", 0,
    .check_settings = fxs__autobbs_check_settings, .run = run_empty,
};
