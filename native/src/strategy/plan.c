#include "plan.h"

#include <math.h>
#include <stddef.h>

#include "leave.h"
#include "orders.h"
#include "size.h"
#include "trail.h"

static const double STOP_STEP_ATRS = 0.05;

enum { OFF = -1, MUST = 0, MAY_BE_OFF = 1 };

/* A default of 0 that must have a value is an error of the strategy, and is refused here too. */
static const struct {
    int setting, mayBeOff;
    size_t field;
    double shared, low, high;
} limits[] = {
    {10, MUST, offsetof(fxs__plan, marginPercent), 10, 0.1, 100},
    {11, MAY_BE_OFF, offsetof(fxs__plan, oneSide), 0, 1, 1},
    {12, MUST, offsetof(fxs__plan, sizing), FXS__SIZE_BY_RISK, 1, 3},
    {13, MUST, offsetof(fxs__plan, sizePercent), 10, 0.1, 1000},
    {14, MUST, offsetof(fxs__plan, maxLots), 10000, 0.01, 10000},
    {15, MAY_BE_OFF, offsetof(fxs__plan, trailAtrs), 0, 0.1, 100},
    {16, MUST, offsetof(fxs__plan, trailFrom), FXS__TRAIL_FROM_BEST, 1, 2},
    {17, MAY_BE_OFF, offsetof(fxs__plan, breakEvenR), 0, 0.1, 100},
    {18, MAY_BE_OFF, offsetof(fxs__plan, partR), 0, 0.1, 100},
    {19, MUST, offsetof(fxs__plan, partPercent), 50, 1, 99},
    {20, MAY_BE_OFF, offsetof(fxs__plan, sessionExitMinute), 0, 1, FXS__DAY_MINUTES - 1},
    {21, MAY_BE_OFF, offsetof(fxs__plan, fridayExitMinute), 0, 1, FXS__DAY_MINUTES - 1},
    {22, MAY_BE_OFF, offsetof(fxs__plan, addAtrs), 0, 0.1, 100},
    {FXS_TIMED_EXIT_BARS, MAY_BE_OFF, offsetof(fxs__plan, timedExitBars), 0, 1, 1000000},
    {FXS_ACCOUNT_RISK_PERCENT, MUST, offsetof(fxs__plan, riskPercent), 0.1, 0, 100},
    {FXS_SL_ATR_MULTIPLIER, MUST, offsetof(fxs__plan, stopAtrs), 0, 0.1, 100},
    {FXS_TP_ATR_MULTIPLIER, MAY_BE_OFF, offsetof(fxs__plan, targetAtrs), 0, 0.1, 100},
    {FXS_ATR_PERIOD, MUST, offsetof(fxs__plan, atrPeriod), 0, 1, 500},
};

double fxs__setting_within(fxs__settings *in, int index, double fallback, double low,
                           double high) {
    double value = in->settings[index] != 0 ? in->settings[index] : fallback;
    if (!(value >= low && value <= high)) {
        in->code = FXS_EPARAM;
    }
    return value;
}

double fxs__count_within(fxs__settings *in, int index, double fallback, double low, double high) {
    return floor(fxs__setting_within(in, index, fallback, low, high));
}

static double *field_of(fxs__plan *plan, size_t offset) {
    return (double *)(void *)((char *)plan + offset);
}

static int is_sound(const fxs__plan *plan, const fxs__plan *defaults, const double *settings) {
    double rows = settings[FXS_MAX_OPEN_ORDERS];
    return rows >= 1 && rows <= FXS__BOOK_MAX
        && (plan->sizing < FXS__SIZE_BY_VOLATILITY || defaults->sizing == FXS__SIZE_BY_VOLATILITY);
}

int fxs__plan_read(const double *settings, const fxs__plan *defaults, fxs__plan *out) {
    fxs__settings in = {settings, 0};
    *out = *defaults;
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        double *value = field_of(out, limits[i].field);
        double fallback = *value != 0 ? *value : limits[i].shared;
        double given = settings[limits[i].setting];
        int isOff = limits[i].mayBeOff && (given == OFF || (given == 0 && fallback == 0));
        *value = isOff ? 0
                       : fxs__setting_within(&in, limits[i].setting, fallback, limits[i].low,
                                             limits[i].high);
    }
    out->oneSide = settings[FXS_ONE_SIDE]; /* Here -1 is a side. */
    out->sizing = floor(out->sizing);
    out->trailFrom = floor(out->trailFrom);
    out->atrPeriod = floor(out->atrPeriod);
    return in.code == 0 && is_sound(out, defaults, settings) ? 0 : FXS_EPARAM;
}

fxs__holding fxs__holding_of(const fxs__run *run, int isLong) {
    fxs__holding holding = {0, NULL};
    for (int i = 0; i < run->call->orderCount; i++) {
        const fxs_order *order = &run->call->orders[i];
        if (!fxs__is_open_trade(run, order) || (order->type == FXS_ORDER_BUY) != isLong) {
            continue;
        }
        holding.count++;
        if (holding.newest == NULL || order->openTime > holding.newest->openTime
            || (order->openTime == holding.newest->openTime
                && order->ticket > holding.newest->ticket)) {
            holding.newest = order;
        }
    }
    return holding;
}

/* --- What is held. */

static int is_over(const fxs__run *run, const fxs__plan *plan, const fxs__sight *sight,
                   const fxs_order *order) {
    int isLong = order->type == FXS_ORDER_BUY;
    int turned = isLong ? sight->exitsLong || sight->entersShort
                        : sight->exitsShort || sight->entersLong;
    return turned || fxs__is_held_for_bars(run, order, plan->timedExitBars)
        || fxs__is_past_session(run, order, plan->sessionExitMinute)
        || fxs__is_week_over(run, plan->fridayExitMinute);
}

static double stop_level(const fxs__plan *plan, const fxs__sight *sight, const fxs_order *order,
                         const fxs__held *held) {
    int isLong = order->type == FXS_ORDER_BUY;
    double from = plan->trailFrom == FXS__TRAIL_FROM_CLOSE ? sight->close : held->best;
    double level = isLong ? sight->longStop : sight->shortStop;
    double trail = fxs__stop_behind(isLong, from, sight->atr, plan->trailAtrs);
    double even = fxs__break_even_stop(isLong, order->openPrice, held->best, held->risk,
                                       plan->breakEvenR);
    level = fxs__tighter_stop(isLong, fxs__tighter_stop(isLong, level, trail), even);
    if (order->stopLoss == 0) { /* It lost its stop, or never had one. */
        double first = fxs__stop_behind(isLong, order->openPrice, sight->atr, plan->stopAtrs);
        level = fxs__tighter_stop(isLong, level, first);
    }
    return level;
}

/* The lots to close now, 0 if none; once fewer are left than at first, the part was taken. */
static double part_to_close(const fxs__run *run, const fxs__plan *plan, const fxs_order *order,
                            const fxs__held *held) {
    int isLong = order->type == FXS_ORDER_BUY;
    double exit = run->call->quotes[isLong ? FXS_BID : FXS_ASK];
    double gain = (isLong ? 1 : -1) * (exit - order->openPrice);
    double part = 0.01 * plan->partPercent * held->lots;
    int isDue = plan->partR > 0 && held->risk > 0 && gain >= plan->partR * held->risk
        && order->lots >= held->lots;
    return isDue && fmin(part, held->lots - part) >= FXS__LEAST_LOTS ? part : 0;
}

/* Returns the number of trades closed. */
static int look_after_trades(fxs__run *run, const fxs__plan *plan, const fxs__sight *sight,
                             const fxs__book *book) {
    int closed = 0;
    for (int i = 0; i < run->call->orderCount; i++) {
        const fxs_order *order = &run->call->orders[i];
        if (!fxs__is_open_trade(run, order)) {
            continue;
        }
        if (is_over(run, plan, sight, order)) {
            fxs__close_order(run, order);
            closed++;
            continue;
        }
        fxs__held held = fxs__book_find(book, run, order);
        double part = part_to_close(run, plan, order, &held);
        if (part > 0) {
            fxs__close_part(run, order, part);
            continue;
        }
        double level = stop_level(plan, sight, order, &held);
        closed += fxs__move_stop(run, order, level, STOP_STEP_ATRS * sight->atr)
            == FXS__STOP_PASSED;
    }
    return closed;
}

/* --- Entries. */

static double lots_of(const fxs__run *run, const fxs__plan *plan, const fxs__sight *sight,
                      double stop) {
    double lots;
    if (plan->sizing == FXS__SIZE_BY_SHARE) {
        lots = fxs__lots_for_share(run, plan->sizePercent);
    } else if (plan->sizing == FXS__SIZE_BY_VOLATILITY) {
        lots = fxs__lots_for_volatility(run, plan->sizePercent, sight->yearlyVolatility);
    } else {
        lots = fxs__lots_for_risk(run, plan->riskPercent, stop);
    }
    if (!isfinite(lots)) {
        return 0; /* fmin would take the other figure, and trade it. */
    }
    return fmin(fmin(lots, plan->maxLots), fxs__lots_for_margin(run, plan->marginPercent));
}

static void enter(fxs__run *run, const fxs__plan *plan, const fxs__sight *sight, int isLong) {
    double least = fxs__least_distance(run);
    double wished = sight->stopDistance > 0 ? sight->stopDistance : plan->stopAtrs * sight->atr;
    double stop = fmax(wished, least);
    double target = sight->targetDistance > 0 ? sight->targetDistance
                                              : plan->targetAtrs * sight->atr;
    if (!(stop > fxs__spread(run))) {
        return;
    }
    target = target > 0 ? fmax(target, least) : 0;
    fxs__open_order(run, isLong, lots_of(run, plan, sight, stop), stop, target);
}

/* The newest entry has gained enough for one more. */
static int wants_more(const fxs__run *run, const fxs__plan *plan, const fxs__sight *sight,
                      const fxs__holding *holding, int isLong) {
    if (!(plan->addAtrs > 0) || holding->count == 0) {
        return 0;
    }
    double quote = run->call->quotes[isLong ? FXS_ASK : FXS_BID];
    double gain = (isLong ? 1 : -1) * (quote - holding->newest->openPrice);
    return gain >= plan->addAtrs * sight->atr;
}

static int open_orders(const fxs__run *run) {
    int count = 0;
    for (int i = 0; i < run->call->orderCount; i++) {
        const fxs_order *order = &run->call->orders[i];
        count += order->isOpen != 0 && fxs__is_own_order(run, order);
    }
    return count;
}

static int has_room(const fxs__run *run) {
    return open_orders(run) < (int)run->call->settings[FXS_MAX_OPEN_ORDERS];
}

static void look_for_entry(fxs__run *run, const fxs__plan *plan, const fxs__sight *sight) {
    fxs__holding longs = fxs__holding_of(run, 1), shorts = fxs__holding_of(run, 0);
    int flat = longs.count == 0 && shorts.count == 0;
    int buys = (flat && sight->entersLong)
        || (shorts.count == 0 && wants_more(run, plan, sight, &longs, 1));
    int sells = (flat && sight->entersShort)
        || (longs.count == 0 && wants_more(run, plan, sight, &shorts, 0));
    buys = buys && plan->oneSide >= 0;
    sells = sells && plan->oneSide <= 0;
    if (buys != sells) {
        enter(run, plan, sight, buys);
    }
}

static void report(fxs__run *run, const fxs__sight *sight) {
    fxs__holding longs = fxs__holding_of(run, 1), shorts = fxs__holding_of(run, 0);
    const fxs_order *newest = longs.newest != NULL ? longs.newest : shorts.newest;
    fxs__report_value(run, "ATR", sight->atr);
    fxs__report_value(run, "Longs", longs.count);
    fxs__report_value(run, "Shorts", shorts.count);
    fxs__report_value(run, "Stop", newest != NULL ? newest->stopLoss : 0);
}

/* A day has no second bar to leave on. */
static int is_too_long_for_the_clock(const fxs__run *run, const fxs__plan *plan) {
    return run->setup->series[0].timeframeMinutes >= FXS__DAY_MINUTES
        && (plan->sessionExitMinute > 0 || plan->fridayExitMinute > 0);
}

int fxs__plan_run(fxs__run *run, const fxs__plan *plan, const fxs__sight *sight,
                  fxs__book *book) {
    if (is_too_long_for_the_clock(run, plan)) {
        return FXS_EPARAM;
    }
    fxs__book_update(book, run, sight->newBars);
    int closed = look_after_trades(run, plan, sight, book);
    report(run, sight);
    int clockAllows = !fxs__is_session_over(run, plan->sessionExitMinute)
        && !fxs__is_week_over(run, plan->fridayExitMinute);
    int isTime = sight->newBars > 0 || fxs__is_retry(run);
    if (closed == 0 && isTime && sight->atr > 0 && clockAllows && has_room(run)
        && fxs__may_enter(run)) {
        look_for_entry(run, plan, sight);
    }
    return 0;
}
