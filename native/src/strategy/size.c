#include "size.h"

#include <math.h>

enum { DAY_MINUTES = 1440, WEEK_DAYS = 260, YEAR_DAYS = 365 };

static double worth_of_lot(const fxs__run *run) {
    return run->call->account[FXS_CONTRACT_SIZE] * run->call->quotes[FXS_ASK]
        * fxs__quote_to_account(run);
}

double fxs__lots_for_margin(const fxs__run *run, double marginPercent) {
    const double *account = run->call->account;
    double leverage = fmax(1, account[FXS_LEVERAGE]);
    return 0.01 * marginPercent * account[FXS_EQUITY] * leverage / worth_of_lot(run);
}

double fxs__lots_for_share(const fxs__run *run, double percent) {
    return 0.01 * percent * fxs__equity_to_risk(run) / worth_of_lot(run);
}

double fxs__lots_for_volatility(const fxs__run *run, double targetPercent,
                                double yearlyVolatility) {
    return fxs__lots_for_share(run, targetPercent) / yearlyVolatility;
}

double fxs__periods_per_year(int timeframeMinutes, int keepsWeekends) {
    double days = keepsWeekends ? YEAR_DAYS : WEEK_DAYS;
    return days * DAY_MINUTES / timeframeMinutes;
}
