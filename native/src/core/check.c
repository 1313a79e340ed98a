#include "check.h"

#include <math.h>
#include <string.h>

/* Far above what is traded, far below where sums and products of such numbers overflow. */
static const double MONEY_MAX = 1e15, LOTS_MAX = 1e9, TIME_MAX = UINT32_MAX;

enum { ORDER_TYPE_MIN = -1, ORDER_TYPE_MAX = 7 }; /* MetaTrader: -1 none, 6 balance, 7 credit */
enum { ZONE_SECONDS_MAX = 86400 };

/* Not for NaN. */
static int is_within(double value, double low, double high) {
    return value >= low && value <= high;
}

/* Of many numbers at once: as integers, doubles without their sign are in the order of their size,
 * NaN last, so what is too large takes the difference below zero, into the sign's bit. */
static int all_are_money(const double *numbers, int count) {
    const uint64_t magnitude = ~(uint64_t)0 >> 1;
    uint64_t limit, borrowed = 0;
    memcpy(&limit, &MONEY_MAX, sizeof limit);
    for (int i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &numbers[i], sizeof bits);
        borrowed |= limit - (bits & magnitude);
    }
    return (borrowed & ~magnitude) == 0;
}

/* The rows that come of it are held to prices and lots. */
static int is_sound_order(const fxs_order *order) {
    return all_are_money(&order->ticket, sizeof *order / sizeof(double))
        && is_within(order->type, ORDER_TYPE_MIN, ORDER_TYPE_MAX)
        && order->type == (int)order->type;
}

static int check_orders(const fxs_call *call) {
    for (int i = 0; i < call->orderCount; i++) {
        const fxs_order *order = &call->orders[i];
        if (order->instanceId == call->settings[FXS_INSTANCE_ID] && !is_sound_order(order)) {
            return FXS_EPARAM;
        }
    }
    return 0;
}

int fxs__check_call(const fxs_call *call) {
    double rows = call->settings[FXS_MAX_OPEN_ORDERS];
    double mode = call->settings[FXS_OPERATIONAL_MODE];
    double risk = call->settings[FXS_ACCOUNT_RISK_PERCENT];
    int sound = all_are_money(call->settings, FXS_SETTINGS)
        && all_are_money(call->account, FXS_ACCOUNT_FIGURES) && rows >= 1 && rows <= FXS_ROWS_MAX
        && risk >= 0 && risk <= 100
        && (mode == FXS_MODE_ON || mode == FXS_MODE_MONITOR) && call->orderCount >= 0
        && call->orderCount <= FXS_ORDERS_MAX && call->account[FXS_CONTRACT_SIZE] > 0
        && is_within(call->account[FXS_MINIMUM_STOP], 0, FXS_PRICE_MAX)
        && call->settings[FXS_MAX_SPREAD] >= 0;
    return sound ? check_orders(call) : FXS_EPARAM;
}

static int is_sound_zone(const fxs_zone *zone) {
    return zone->startMonth >= 0 && zone->startMonth <= 12 && zone->endMonth >= 0
        && zone->endMonth <= 12 && zone->startNth >= 0 && zone->startNth <= 5
        && zone->endNth >= 0 && zone->endNth <= 5 && zone->startDay >= 0 && zone->startDay <= 6
        && zone->endDay >= 0 && zone->endDay <= 6 && zone->standardSeconds >= -ZONE_SECONDS_MAX
        && zone->standardSeconds <= ZONE_SECONDS_MAX && zone->daylightSeconds >= -ZONE_SECONDS_MAX
        && zone->daylightSeconds <= ZONE_SECONDS_MAX;
}

int fxs__check_setup(const fxs_setup *setup) {
    int sound = is_sound_zone(&setup->broker) && is_sound_zone(&setup->reference)
        && (setup->flags & ~(FXS_KEEP_WEEKENDS | FXS_GOLD)) == 0
        && setup->conversion >= FXS_CONVERT_NONE
        && setup->conversion <= FXS_CONVERT_DIVIDE_BY_PRICE;
    return sound ? 0 : FXS_EPARAM;
}

static int is_distance(double value) {
    return is_within(value, 0, FXS_PRICE_MAX);
}

static int is_sound_row(const fxs_result *row) {
    return is_within(row->ticketNumber, -MONEY_MAX, MONEY_MAX)
        && is_within(row->lots, 0, LOTS_MAX) && is_distance(row->entryPrice)
        && is_distance(row->brokerSL) && is_distance(row->brokerTP)
        && is_distance(row->internalSL) && is_distance(row->internalTP)
        && isfinite(row->useTrailingSL) && is_within(row->expirationTime, 0, TIME_MAX);
}

void fxs__drop_unsound_rows(fxs__run *run) {
    for (int i = 0; i < run->rowsUsed; i++) {
        fxs_result *row = &run->rows[i];
        if (!is_sound_row(row)) {
            fxs__report_event(run, FXS_ERROR, "dropped a signal that is no order: lots %g, entry "
                              "%g, stop %g, target %g", row->lots, row->entryPrice, row->brokerSL,
                              row->brokerTP);
            *row = (fxs_result){.ticketNumber = -1};
        }
    }
}
