#include "supertrend.h"

void fxs__supertrend_init(fxs__supertrend *supertrend, int period, double multiple) {
    supertrend->multiple = multiple;
    supertrend->trend = 0;
    supertrend->upper = 0;
    supertrend->lower = 0;
    supertrend->previousClose = 0;
    fxs__wilder_atr_init(&supertrend->atr, period);
}

static void move_lines(fxs__supertrend *supertrend, double upper, double lower) {
    int isFirst = supertrend->trend == 0;
    if (isFirst || upper < supertrend->upper || supertrend->previousClose > supertrend->upper) {
        supertrend->upper = upper;
    }
    if (isFirst || lower > supertrend->lower || supertrend->previousClose < supertrend->lower) {
        supertrend->lower = lower;
    }
}

void fxs__supertrend_push(fxs__supertrend *supertrend, const fxs_bar *bar) {
    fxs__wilder_atr_push(&supertrend->atr, bar);
    if (fxs__wilder_atr_is_ready(&supertrend->atr)) {
        double middle = (bar->high + bar->low) / 2;
        double width = supertrend->multiple * fxs__wilder_atr_value(&supertrend->atr);
        move_lines(supertrend, middle + width, middle - width);
        if (supertrend->trend == 0) {
            supertrend->trend = bar->close > middle ? 1 : -1;
        } else if (bar->close > supertrend->upper) {
            supertrend->trend = 1;
        } else if (bar->close < supertrend->lower) {
            supertrend->trend = -1;
        }
    }
    supertrend->previousClose = bar->close;
}
