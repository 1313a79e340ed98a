/* What may come in and what may go out: finite numbers of a size that money and prices have. */
#ifndef FXS_CHECK_H
#define FXS_CHECK_H

#include "../strategy/strategy.h"

/* Settings, account figures and the instance's own orders; 0 or FXS_EPARAM. */
int fxs__check_call(const fxs_call *call);

/* 0 or FXS_EPARAM: zones, flags and conversion of a setup. */
int fxs__check_setup(const fxs_setup *setup);

/*
 * Clears every row that holds a wish no broker could follow, such as lots that are not a number,
 * and says so in the report. The other wishes stand: a close must not wait for a sound entry.
 */
void fxs__drop_unsound_rows(fxs__run *run);

#endif
