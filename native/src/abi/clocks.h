/*
 * Is everybody's clock right? A live call is refused when the host's time zone is not the "Local"
 * row of broker-tz.csv, or when the broker's time, taken to UTC by its row, is not now.
 *
 * The existing framework asks time servers and hangs without a network. Here the host's clock is
 * the reference: its discipline is the host's business, and a call never waits.
 */
#ifndef SAKER_CLOCKS_H
#define SAKER_CLOCKS_H

#include <stdint.h>

#include "fxs.h"

/* now: s since the Unix epoch, UTC; hostOffset: what the host's zone adds to it. */
int saker__is_local_zone(const fxs_zone *local, int64_t now, int64_t hostOffset);
int saker__is_broker_now(const fxs_zone *broker, int64_t brokerTime, int64_t now);

int64_t saker__now(void);
int64_t saker__host_offset(int64_t now);

#endif
