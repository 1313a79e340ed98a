#include "book.h"

#include <math.h>

#include "leave.h"
#include "orders.h"

enum { START_SECONDS = 60 };

static fxs__held first_seen(const fxs__book *book, const fxs__run *run, const fxs_order *order) {
    double sign = order->type == FXS_ORDER_BUY ? 1 : -1;
    int isFirstStop = order->stopLoss > 0 && fxs__open_time(run, order) >= book->since;
    double risk = isFirstStop ? sign * (order->openPrice - order->stopLoss) : 0;
    return (fxs__held){order->ticket, order->lots, fmax(0, risk), order->openPrice};
}

fxs__held fxs__book_find(const fxs__book *book, const fxs__run *run, const fxs_order *order) {
    for (int64_t i = 0; i < book->count; i++) {
        if (book->trades[i].ticket == order->ticket) {
            return book->trades[i];
        }
    }
    return first_seen(book, run, order);
}

/* The bar in which a trade was opened counts only from its start, where entries are made and filled
 * a little later: what was before the trade is no price since. */
static void take_bars(fxs__held *held, const fxs__run *run, const fxs_order *order, int newBars) {
    const fxs__series *series = &run->series[0];
    int64_t opened = fxs__open_time(run, order);
    for (int shift = newBars; shift >= 1; shift--) {
        const fxs_bar *bar = fxs__series_at(series, shift);
        if (bar->time + START_SECONDS > opened) {
            held->best = order->type == FXS_ORDER_BUY ? fmax(held->best, bar->high)
                                                      : fmin(held->best, bar->low);
        }
    }
}

void fxs__book_update(fxs__book *book, const fxs__run *run, int newBars) {
    if (book->since == 0) {
        book->since = run->now;
    }
    fxs__book now = {.since = book->since};
    for (int i = 0; i < run->call->orderCount && now.count < FXS__BOOK_MAX; i++) {
        const fxs_order *order = &run->call->orders[i];
        if (fxs__is_open_trade(run, order)) {
            fxs__held held = fxs__book_find(book, run, order);
            take_bars(&held, run, order, newBars);
            now.trades[now.count++] = held;
        }
    }
    *book = now;
}
