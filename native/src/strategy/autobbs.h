/*
 * The generic frame of AUTOBBS (ids 29 and 30), around whatever a TREND_MODE decides.
 *
 * Of each primary bar: block entries that the account or ONE_SIDE forbid; close pending orders of
 * earlier days; then the mode's exits, entries and stops.
 */
#ifndef FXS_AUTOBBS_H
#define FXS_AUTOBBS_H

#include "strategy.h"

/* FXS_ECONFLICT if MACRO_TREND and ONE_SIDE are of opposite signs. */
int fxs__autobbs_check_settings(const double *settings);

/* Pending orders live for a day. No mode known here places any; a user may have. */
void fxs__autobbs_close_old_pending(fxs__run *run);

/*
 * 1 if an entry is allowed. Live only, as everything but the mode's own settings acts there only:
 * not while the account's open risk (negative percent) is below -MAX_ACCOUNT_RISK, nor against
 * ONE_SIDE (+1 longs, -1 shorts, 0 both).
 */
int fxs__autobbs_may_enter(const fxs__run *run, int isLong);

#endif
