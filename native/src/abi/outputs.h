/* The texts of the small files in the temp folder and of the equity log. */
#ifndef SAKER_OUTPUTS_H
#define SAKER_OUTPUTS_H

#include "fxs.h"

enum { SAKER__UI_ROOM = FXS_REPORT_VALUES * (FXS_REPORT_NAME + 340), SAKER__ROW_ROOM = 512 };

/* Two lines without a newline at the end: the hour, and the minute; UTC. */
void saker__heartbeat_text(int64_t now, char *out, size_t room);

/* Twenty lines: the values, the status with its code, and empty ones. Returns the length. */
size_t saker__ui_text(const fxs_report_value *values, int count, const char *status, int code,
                      char out[SAKER__UI_ROOM]);

/* A row of a recorded bar; FXS_RECORD_HISTORY is what the tester reads. */
void saker__bar_row(const fxs_bar *bar, int format, char out[SAKER__ROW_ROOM]);

void saker__equity_header(double account, const char *currency, char out[SAKER__ROW_ROOM]);
void saker__equity_row(int64_t time, double minimum, double profit, char out[SAKER__ROW_ROOM]);

/* dd/mm/yy HH:MM, of whatever clock `time` is on. */
void saker__short_time(int64_t time, char *out, size_t room);

#endif
