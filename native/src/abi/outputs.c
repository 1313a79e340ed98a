#include "outputs.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "text.h"

enum { NUMBER_ROOM = 330 }; /* %f of the largest double */

static void print_time(int64_t time, const char *format, char *out, size_t room) {
    struct tm parts;
    time_t seconds = (time_t)time;
    out[0] = 0;
    if (gmtime_r(&seconds, &parts) != NULL) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        (void)strftime(out, room, format, &parts);
#pragma GCC diagnostic pop
    }
}

void saker__short_time(int64_t time, char *out, size_t room) {
    print_time(time, "%d/%m/%y %H:%M", out, room);
}

void saker__heartbeat_text(int64_t now, char *out, size_t room) {
    char minute[32];
    saker__short_time(now, minute, sizeof minute);
    (void)snprintf(out, room, "%d\n%s", (int)(now / 3600 % 24), minute);
}

static size_t ui_line(const char *name, double value, char *out, size_t room) {
    char number[NUMBER_ROOM];
    saker__print_number(number, sizeof number, "%f", value);
    int length = snprintf(out, room, "%s, %s\n", name, number);
    return length > 0 ? (size_t)length : 0;
}

size_t saker__ui_text(const fxs_report_value *values, int count, const char *status, int code,
                      char out[SAKER__UI_ROOM]) {
    size_t used = 0;
    for (int i = 0; i < FXS_REPORT_VALUES; i++) {
        const char *name = i < count ? values[i].name : i == count ? status : "";
        double value = i < count ? values[i].value : i == count ? code : 0;
        used += ui_line(name, value, out + used, SAKER__UI_ROOM - used);
    }
    return used;
}

void saker__bar_row(const fxs_bar *bar, int format, char out[SAKER__ROW_ROOM]) {
    const double numbers[] = {bar->open, bar->high, bar->low, bar->close, bar->volume};
    char time[32], texts[5][64];
    for (int i = 0; i < 5; i++) {
        saker__print_number(texts[i], sizeof texts[i], "%.10g", numbers[i]);
    }
    if (format == FXS_RECORD_HISTORY) {
        saker__short_time(bar->time, time, sizeof time);
        (void)snprintf(out, SAKER__ROW_ROOM, "%s,%s,%s,%s,%s,%s\n", time, texts[0], texts[1],
                       texts[2], texts[3], texts[4]);
        return;
    }
    if (format == FXS_RECORD_ISO) {
        print_time(bar->time, "%Y-%m-%d %H:%M", time, sizeof time);
    } else {
        (void)snprintf(time, sizeof time, "%d", bar->time);
    }
    (void)snprintf(out, SAKER__ROW_ROOM, "%s, %s, %s, %s, %s, %s\n", time, texts[0], texts[1],
                   texts[2], texts[3], texts[4]);
}

void saker__equity_header(double account, const char *currency, char out[SAKER__ROW_ROOM]) {
    (void)snprintf(out, SAKER__ROW_ROOM,
                   "AccountNumber=%.0f;AccountCurrency=%s;\n"
                   "Time;DailyEquityMin;Profit/Loss\n"
                   "--------------------------------\n",
                   account, currency);
}

void saker__equity_row(int64_t time, double minimum, double profit, char out[SAKER__ROW_ROOM]) {
    char stamp[32], texts[2][NUMBER_ROOM];
    print_time(time, "%Y.%m.%d %H:%M", stamp, sizeof stamp);
    saker__print_number(texts[0], sizeof texts[0], "%.2f", minimum);
    saker__print_number(texts[1], sizeof texts[1], "%.2f", profit);
    (void)snprintf(out, SAKER__ROW_ROOM, "%s;%.100s;%.100s\n", stamp, texts[0], texts[1]);
}
