/*
 * ASI: accumulative swing of daily closes (AUTOBBS, TREND_MODE 102).
 *
 * Idea: the mean daily gain and the mean daily loss of the last two weeks, smoothed over five
 * days, say which side has the strength. Hold that side, re-enter in the direction of the last
 * day, and keep a stop of 1.5 daily ranges that only tightens.
 *
 * Rules, with c1 yesterday's close:
 *   bull = mean over j = 0..4 of (mean over k = 0..9 of max(0, c(1+j+k) - c(2+j+k)))
 *   bear = the same of max(0, c(2+j+k) - c(1+j+k))
 *   s    = 1.5 * mean of the last 20 daily true ranges
 *   bull > bear: close all shorts; buy if there was never an order, or the latest is closed and
 *     c1 > c2; otherwise move the stops of open longs to ask - s, not above the open price of an
 *     open latest long. bull < bear: the mirror image. Equal: nothing.
 *
 * Settings: ACCOUNT_RISK_PERCENT (0 to 100), DISABLE_COMPOUNDING, ORIGINAL_EQUITY,
 * MAX_OPEN_ORDERS, USE_SL; live also MAX_ACCOUNT_RISK and ONE_SIDE (block entries, autobbs.h).
 * Series: 0 primary, 4 daily. Lookback: 21 completed days.
 *
 * Order prices are read in single precision, as the existing framework keeps them, so that a stop
 * compares the same way there and here.
 *
 * Literature: J. W. Wilder, "New Concepts in Technical Trading Systems" (1978), for swing and
 * true range; the rules themselves are those in use, not Wilder's.
 */
#include <math.h>

#include "../indicator/atr.h"
#include "autobbs.h"
#include "orders.h"

enum { DAILY = 4, DAY_MINUTES = 1440, ATR_DAYS = 20, MEAN_DAYS = 10, SMOOTH_DAYS = 5 };
enum { LOOKBACK_DAYS = ATR_DAYS + 1 };

static const double STOP_ATRS = 1.5;

typedef struct {
    int64_t day; /* 1 + days completed when this was computed; 0 = never */
    double bull, bear, atr;
} asi_state;

static double price_of(double orderPrice) {
    return (double)(float)orderPrice;
}

static double close_of(const fxs__series *daily, int shift) {
    return fxs__series_at(daily, shift)->close;
}

/* sign +1: mean daily gain, -1: mean daily loss. */
static double mean_swing(const fxs__series *daily, double sign) {
    double smooth = 0;
    for (int j = 0; j < SMOOTH_DAYS; j++) {
        double sum = 0;
        for (int k = 0; k < MEAN_DAYS; k++) {
            sum += fmax(0, sign * (close_of(daily, 1 + j + k) - close_of(daily, 2 + j + k)));
        }
        smooth += sum / MEAN_DAYS;
    }
    return smooth / SMOOTH_DAYS;
}

static double mean_range(const fxs__series *daily) {
    double sum = 0;
    for (int shift = ATR_DAYS; shift >= 1; shift--) {
        sum += fxs__true_range(fxs__series_at(daily, shift), close_of(daily, shift + 1));
    }
    return sum / ATR_DAYS;
}

static void compute_once_a_day(const fxs__series *daily, asi_state *state) {
    if (state->day == daily->state.completed + 1) {
        return;
    }
    state->day = daily->state.completed + 1;
    state->bull = mean_swing(daily, 1);
    state->bear = mean_swing(daily, -1);
    state->atr = mean_range(daily);
}

typedef struct {
    const fxs_order *latest; /* by open time, open or closed; null if there never was one */
    int openCount;
} order_book;

static order_book read_orders(const fxs__run *run) {
    order_book book = {NULL, 0};
    for (int i = 0; i < run->call->orderCount; i++) {
        const fxs_order *order = &run->call->orders[i];
        if (!fxs__is_own_order(run, order)) {
            continue;
        }
        book.openCount += order->isOpen != 0;
        if (book.latest == NULL || order->openTime > book.latest->openTime) {
            book.latest = order;
        }
    }
    return book;
}

static int is_open_of(const fxs__run *run, const fxs_order *order, int type) {
    return order->isOpen != 0 && order->type == type && fxs__is_own_order(run, order);
}

static void close_all(fxs__run *run, int type) {
    for (int i = 0; i < run->call->orderCount; i++) {
        if (is_open_of(run, &run->call->orders[i], type)) {
            fxs__close_order(run, &run->call->orders[i]);
        }
    }
}

/* One direction; for a short everything is mirrored. */
typedef struct {
    int isLong;
    int type, open, update;
    double entry, exit; /* quotes to open at and to close at */
    double stopPrice;
} side;

static side choose_side(const fxs__run *run, const asi_state *state, const order_book *book) {
    const double *quotes = run->call->quotes;
    double distance = STOP_ATRS * state->atr;
    const fxs_order *latest = book->latest;
    if (state->bull > state->bear) {
        side s = {1, FXS_ORDER_BUY, FXS_OPEN_BUY, FXS_UPDATE_BUY,
                  quotes[FXS_ASK], quotes[FXS_BID], quotes[FXS_ASK] - distance};
        if (latest != NULL && latest->isOpen != 0 && latest->type == FXS_ORDER_BUY) {
            s.stopPrice = fmin(s.stopPrice, price_of(latest->openPrice));
        }
        return s;
    }
    side s = {0, FXS_ORDER_SELL, FXS_OPEN_SELL, FXS_UPDATE_SELL,
              quotes[FXS_BID], quotes[FXS_ASK], quotes[FXS_BID] + distance};
    if (latest != NULL && latest->isOpen != 0 && latest->type == FXS_ORDER_SELL) {
        s.stopPrice = fmax(s.stopPrice, price_of(latest->openPrice));
    }
    return s;
}

static int wants_entry(const fxs__run *run, const order_book *book, int isLong) {
    if (book->latest == NULL) {
        return 1;
    }
    double change = close_of(&run->series[DAILY], 1) - close_of(&run->series[DAILY], 2);
    return book->latest->isOpen == 0 && (isLong ? change > 0 : change < 0);
}

static int may_enter(const fxs__run *run, const order_book *book, int isLong) {
    const double *settings = run->call->settings;
    return settings[FXS_OPERATIONAL_MODE] == FXS_MODE_ON
        && book->openCount < (int)settings[FXS_MAX_OPEN_ORDERS]
        && fxs__autobbs_may_enter(run, isLong);
}

static void enter(fxs__run *run, const asi_state *state, const side *s) {
    const double *settings = run->call->settings;
    fxs_result *row = fxs__next_row(run);
    if (row == NULL) {
        return;
    }
    row->tradingSignals = s->open;
    row->entryPrice = s->entry;
    double lots =
        fxs__lots_for_risk(run, settings[FXS_ACCOUNT_RISK_PERCENT], STOP_ATRS * state->atr);
    row->lots = fmax(FXS__LEAST_LOTS, lots); /* As the existing framework does. */
    row->brokerSL = settings[FXS_USE_SL] != 0 ? fabs(s->entry - s->stopPrice) : 0;
    if (fxs__tells_wishes(run)) {
        fxs__report_event(run, FXS_NOTICE, "%s %.4f lots at %.8g, stop %.8g away",
                          s->isLong ? "Buy" : "Sell", row->lots, row->entryPrice, row->brokerSL);
    }
}

/* From a quarter past the hour on the first day after the last update; never on a bar's open. */
static int drops_target_today(const fxs__run *run) {
    int64_t minute = run->now / 60 % 60;
    return run->setup->series[0].timeframeMinutes >= 60 && minute >= 15
        && fxs__day_of(run->now) != fxs__day_of(*run->lastOrderUpdate);
}

static void update_stops(fxs__run *run, const side *s) {
    int dropsTarget = drops_target_today(run);
    for (int i = 0; i < run->call->orderCount; i++) {
        const fxs_order *order = &run->call->orders[i];
        if (!is_open_of(run, order, s->type)) {
            continue;
        }
        fxs_result *row = fxs__next_row(run);
        if (row == NULL) {
            return;
        }
        double distance = fabs(s->entry - s->stopPrice);
        double present = price_of(order->stopLoss);
        double target = price_of(order->takeProfit);
        double openPrice = price_of(order->openPrice);
        int inProfit = s->isLong ? s->exit > openPrice : s->exit < openPrice;
        row->ticketNumber = order->ticket;
        row->tradingSignals = s->update;
        row->lots = order->lots;
        row->entryPrice = s->entry;
        row->brokerSL = present > 0 ? fmin(distance, fabs(s->entry - present)) : distance;
        row->brokerTP = target > 0 && !(dropsTarget && inProfit) ? fabs(target - s->entry) : 0;
        *run->lastOrderUpdate = run->now;
    }
}

static int run_asi(fxs__run *run, void *memory) {
    asi_state *state = memory;
    compute_once_a_day(&run->series[DAILY], state);
    fxs__report_value(run, "Bull", state->bull);
    fxs__report_value(run, "Bear", state->bear);
    fxs__report_value(run, "Stop distance", STOP_ATRS * state->atr);

    fxs__autobbs_close_old_pending(run);
    if (!(state->atr > 0)) {
        return 0; /* A flat market gives no stop distance and nothing to trade. */
    }
    if (state->bull == state->bear) {
        return 0;
    }
    order_book book = read_orders(run);
    side s = choose_side(run, state, &book);
    if (s.isLong) {
        close_all(run, FXS_ORDER_SELL);
    } else {
        close_all(run, FXS_ORDER_BUY);
    }

    if (wants_entry(run, &book, s.isLong) && may_enter(run, &book, s.isLong)) {
        enter(run, state, &s);
    } else if (run->call->settings[FXS_USE_SL] != 0) {
        update_stops(run, &s);
    }
    return 0;
}

static int check_series(const fxs_series_spec *series) {
    if (series[DAILY].timeframeMinutes != DAY_MINUTES) {
        return FXS_EPARAM;
    }
    return series[DAILY].bars > LOOKBACK_DAYS ? 0 : FXS_ERATES;
}

const fxs__strategy fxs__asi = {
    29, 102, "ASI", sizeof(asi_state), check_series,
    .check_settings = fxs__autobbs_check_settings, .run = run_asi,
};
const fxs__strategy fxs__asi_weekly = {
    30, 102, "ASI", sizeof(asi_state), check_series,
    .check_settings = fxs__autobbs_check_settings, .run = run_asi,
};
