/* What every strategy shares: rows, own orders and the size of a trade. */
#include "strategy.h"

fxs_result *fxs__next_row(fxs__run *run) {
    return run->rowsUsed < run->rowCount ? &run->rows[run->rowsUsed++] : NULL;
}

int fxs__unseen_bars(const fxs__series *series, int64_t seen) {
    int64_t completed = series->state.completed;
    if (seen < 0 || seen > completed) {
        return series->capacity - 1; /* No state of ours says so: see fxs__window_mend. */
    }
    int64_t unseen = completed - seen;
    return unseen < series->capacity ? (int)unseen : series->capacity - 1;
}

int fxs__is_own_order(const fxs__run *run, const fxs_order *order) {
    return (order->ticket != 0 || order->openTime > 0)
        && order->instanceId == run->call->settings[FXS_INSTANCE_ID];
}

double fxs__quote_to_account(const fxs__run *run) {
    const double *quotes = run->call->quotes;
    switch (run->setup->conversion) {
    case FXS_CONVERT_DIVIDE_BY_ASK:
        return 1 / quotes[FXS_QUOTE_CONVERSION_ASK];
    case FXS_CONVERT_TIMES_BID:
        return quotes[FXS_QUOTE_CONVERSION_BID];
    case FXS_CONVERT_DIVIDE_BY_PRICE:
        return 1 / quotes[FXS_ASK];
    default:
        return 1;
    }
}

double fxs__equity_to_risk(const fxs__run *run) {
    const double *settings = run->call->settings;
    int compounding = settings[FXS_DISABLE_COMPOUNDING] == 0;
    return compounding ? run->call->account[FXS_EQUITY] : settings[FXS_ORIGINAL_EQUITY];
}

double fxs__lots_for_risk(const fxs__run *run, double riskPercent, double distance) {
    double lossPerLot =
        distance * run->call->account[FXS_CONTRACT_SIZE] * fxs__quote_to_account(run);
    return 0.01 * riskPercent * fxs__equity_to_risk(run) / lossPerLot;
}
