/*
 * A host may have set any locale, as a JVM sets its user's: numbers and symbols are the same in all.
 * A Turkish one has a comma in numbers and a dot on the upper i. It is made here, so that the test
 * says the same on every machine; where that is not possible, it is skipped.
 */
#include <locale.h>

#include "harness.h"
#include "market.h"

enum { SKIPPED = 77, ID = 71, MONDAY = 946857600, BARS = 4500, TEXT_MAX = 1 << 20 };

static char text[TEXT_MAX], one[256], two[256], three[256], four[256], five[256];

static void read_text(const char *path) {
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
}

static int is_turkish(void) {
    return system("localedef --no-archive -i tr_TR -f ISO-8859-9 ./tr_TR 2> localedef.txt") == 0
        && setenv("LOCPATH", ".", 1) == 0 && setlocale(LC_ALL, "tr_TR") != NULL;
}

static void shouldReadSymbolsInEveryLocale(void) {
    CHECK_INT(mql5_parseSymbol((char *)"usdinr", one, two, three, four, five), 0);
    CHECK_TEXT(two, "USD");
    CHECK_TEXT(four, "INR");
    CHECK_INT(mql5_parseSymbol((char *)"eur\xDDusd", one, two, three, four, five), 0);
    CHECK_TEXT(three, "\xDD"); /* A letter in Turkish. */
    strcpy(one, "silver");
    CHECK_INT(mql5_normalizeCurrency(one), 0);
    CHECK_TEXT(one, "XAG");
    CHECK_INT(C_getConversionSymbols((char *)"eurusd", (char *)"inr", one, two), 0);
    CHECK_TEXT(one, "EURINR");
    CHECK_TEXT(two, "USDINR");
}

/* The test's configuration, with all there is to log. */
static const char *loud_config(void) {
    read_text(market_config());
    char *severity = strstr(text, "<MaxSeverity>2");
    CHECK(severity != NULL);
    severity[strlen("<MaxSeverity>")] = '7';
    FILE *file = fopen("loud.xml", "w");
    CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
    return "loud.xml";
}

static void check_points(const char *path) {
    read_text(path);
    for (const char *at = strchr(text, ','); at != NULL; at = strchr(at + 1, ',')) {
        CHECK(at == text || at[-1] < '0' || at[-1] > '9' || at[1] < '0' || at[1] > '9');
    }
}

static void shouldWriteNumbersWithAPointInEveryLocale(void) {
    fxs_bar *bars = market_bars(4, BARS, 1, MONDAY, 0);
    CHECK(system("rm -rf tmp log") == 0);
    CHECK_INT(initInstanceC(ID, 1, (char *)loud_config(), ""), 0);
    caller c = caller_of(ID, 1000, 1);
    c.settings[FXS_IS_BACKTESTING] = 0;
    for (int i = caller_window(&c) - 1; i < BARS; i++) {
        CHECK_INT(caller_step(&c, bars, i), 0);
        caller_fill(&c);
    }
    deinitInstance(ID);
    free(bars);

    check_points("log/AsirikuyFramework.log");
    CHECK(strstr(text, " lots at 1.") != NULL);
    check_points("tmp/71.ui");
    CHECK(strstr(text, "Upper band, 1.") != NULL);
}

int main(void) {
    if (!is_turkish()) {
        printf("no Turkish locale can be made here\n");
        return SKIPPED;
    }
    RUN(shouldReadSymbolsInEveryLocale);
    RUN(shouldWriteNumbersWithAPointInEveryLocale);
    return 0;
}
