#include "orders.h"

#include <math.h>

#include "leave.h"

int fxs__is_open_trade(const fxs__run *run, const fxs_order *order) {
    return order->isOpen != 0 && (order->type == FXS_ORDER_BUY || order->type == FXS_ORDER_SELL)
        && fxs__is_own_order(run, order);
}

double fxs__spread(const fxs__run *run) {
    return fmax(0, run->call->quotes[FXS_ASK] - run->call->quotes[FXS_BID]);
}

double fxs__least_distance(const fxs__run *run) {
    return run->call->account[FXS_MINIMUM_STOP] + fxs__spread(run);
}

int fxs__may_enter(const fxs__run *run) {
    const double *settings = run->call->settings;
    const double *quotes = run->call->quotes;
    double maxSpread = settings[FXS_MAX_SPREAD];
    return settings[FXS_OPERATIONAL_MODE] == FXS_MODE_ON
        && run->call->account[FXS_EQUITY] > 0
        && (maxSpread == 0 || quotes[FXS_ASK] - quotes[FXS_BID] <= maxSpread);
}

int fxs__is_retry(const fxs__run *run) {
    int64_t barOpened = fxs__series_at(&run->series[0], 0)->time;
    for (int i = 0; i < run->call->orderCount; i++) {
        const fxs_order *order = &run->call->orders[i];
        if (fxs__is_own_order(run, order)
            && (order->isOpen != 0 || fxs__open_time(run, order) >= barOpened)) {
            return 0;
        }
    }
    return run->call->isForced != 0;
}

int fxs__tells_wishes(const fxs__run *run) {
    return run->call->settings[FXS_IS_BACKTESTING] == 0;
}

static int is_amount(double value) {
    return isfinite(value) && value > 0;
}

int fxs__open_order(fxs__run *run, int isLong, double lots, double stop, double target) {
    if (!is_amount(lots) || !is_amount(stop) || !(target == 0 || is_amount(target))) {
        return 0;
    }
    if (lots < FXS__LEAST_LOTS) {
        if (fxs__tells_wishes(run)) {
            fxs__report_event(run, FXS_NOTICE, "No %s: risk and margin allow only %.6f lots",
                              isLong ? "buy" : "sell", lots);
        }
        return 0;
    }
    fxs_result *row = fxs__next_row(run);
    if (row == NULL) {
        return 0;
    }
    row->tradingSignals = isLong ? FXS_OPEN_BUY : FXS_OPEN_SELL;
    row->entryPrice = run->call->quotes[isLong ? FXS_ASK : FXS_BID];
    row->lots = lots;
    row->brokerSL = stop;
    row->brokerTP = target;
    if (fxs__tells_wishes(run)) {
        fxs__report_event(run, FXS_NOTICE, "%s %.4f lots at %.8g, stop %.8g and target %.8g away",
                          isLong ? "Buy" : "Sell", lots, row->entryPrice, stop, target);
    }
    return 1;
}

void fxs__close_order(fxs__run *run, const fxs_order *order) {
    fxs__close_part(run, order, order->lots);
}

void fxs__close_part(fxs__run *run, const fxs_order *order, double lots) {
    static const int signals[] = {
        [FXS_ORDER_BUY] = FXS_CLOSE_BUY,
        [FXS_ORDER_SELL] = FXS_CLOSE_SELL,
        [FXS_ORDER_BUYLIMIT] = FXS_CLOSE_BUYLIMIT,
        [FXS_ORDER_SELLLIMIT] = FXS_CLOSE_SELLLIMIT,
        [FXS_ORDER_BUYSTOP] = FXS_CLOSE_BUYSTOP,
        [FXS_ORDER_SELLSTOP] = FXS_CLOSE_SELLSTOP,
    };
    fxs_result *row = fxs__next_row(run);
    if (row != NULL) {
        row->ticketNumber = order->ticket;
        row->tradingSignals = signals[(int)order->type];
        row->lots = lots;
    }
    if (row != NULL && fxs__tells_wishes(run)) {
        fxs__report_event(run, FXS_NOTICE, "Close %.4f lots of ticket %.0f", lots, order->ticket);
    }
}

int fxs__move_stop(fxs__run *run, const fxs_order *order, double level, double step) {
    int isLong = order->type == FXS_ORDER_BUY;
    double sign = isLong ? 1 : -1;
    double from = run->call->quotes[isLong ? FXS_ASK : FXS_BID];
    double exit = run->call->quotes[isLong ? FXS_BID : FXS_ASK];
    if (!is_amount(level)) {
        return FXS__STOP_STAYS;
    }
    if (sign * (exit - level) <= 0) {
        fxs__close_order(run, order);
        return FXS__STOP_PASSED;
    }
    double distance = fmax(sign * (from - level), fxs__least_distance(run));
    double gain = sign * (from - sign * distance - order->stopLoss);
    double target = order->takeProfit > 0 ? sign * (order->takeProfit - from) : 0;
    int isTighter = order->stopLoss == 0 || (gain > 0 && gain >= step);
    if (!isTighter || !is_amount(distance) || target < 0
        || (target == 0 && order->takeProfit > 0)) {
        return FXS__STOP_STAYS; /* A target that was reached is the broker's to fill. */
    }
    fxs_result *row = fxs__next_row(run);
    if (row == NULL) {
        return FXS__STOP_STAYS;
    }
    row->ticketNumber = order->ticket;
    row->tradingSignals = isLong ? FXS_UPDATE_BUY : FXS_UPDATE_SELL;
    row->lots = order->lots;
    row->entryPrice = from;
    row->brokerSL = distance;
    row->brokerTP = target;
    if (fxs__tells_wishes(run)) {
        fxs__report_event(run, FXS_INFO, "Stop of ticket %.0f from %.8g to %.8g", order->ticket,
                          order->stopLoss, from - sign * distance);
    }
    return FXS__STOP_MOVES;
}
