/* Symbols, currencies and conversion pairs, through both kinds of string. */
#include "abi/symbols.h"
#include "harness.h"
#include "market.h"

static char one[256], two[256], three[256], four[256], five[256];

static void check_parts(const char *symbol, const char *prefix, const char *base,
                        const char *separator, const char *quote, const char *suffix) {
    CHECK_INT(mql5_parseSymbol((char *)symbol, one, two, three, four, five), 0);
    CHECK_TEXT(one, prefix);
    CHECK_TEXT(two, base);
    CHECK_TEXT(three, separator);
    CHECK_TEXT(four, quote);
    CHECK_TEXT(five, suffix);
}

static void shouldTakeSymbolsApart(void) {
    check_parts("EURUSD", "", "EUR", "", "USD", "");
    check_parts("mGBPJPY.pro", "m", "GBP", "", "JPY", ".pro");
    check_parts("EUR/USD", "", "EUR", "/", "USD", "");
    check_parts("XAU_USD", "", "XAU", "_", "USD", "");
    check_parts("#btcusd-x", "#", "BTC", "", "USD", "-x");
    CHECK_INT(mql5_parseSymbol((char *)"EURUS", one, two, three, four, five),
              SAKER_SYMBOL_TOO_SHORT);
    CHECK_INT(mql5_parseSymbol((char *)"SpotCrude", one, two, three, four, five),
              SAKER_UNKNOWN_SYMBOL);

    CHECK_INT(mql5_getCurrencyPairPrefix((char *)"mEUR.USDx", one), 0);
    CHECK_TEXT(one, "m");
    CHECK_INT(mql5_getBaseCurrency((char *)"mEUR.USDx", one), 0);
    CHECK_TEXT(one, "EUR");
    CHECK_INT(mql5_getCurrencyPairSeparator((char *)"mEUR.USDx", one), 0);
    CHECK_TEXT(one, ".");
    CHECK_INT(mql5_getQuoteCurrency((char *)"mEUR.USDx", one), 0);
    CHECK_TEXT(one, "USD");
    CHECK_INT(mql5_getCurrencyPairSuffix((char *)"mEUR.USDx", one), 0);
    CHECK_TEXT(one, "x");
}

static void shouldNormalize(void) {
    strcpy(one, "meur/usd.pro");
    CHECK_INT(mql5_normalizeSymbol(one), 0);
    CHECK_TEXT(one, "EURUSD");
    strcpy(one, "gold");
    CHECK_INT(mql5_normalizeCurrency(one), 0);
    CHECK_TEXT(one, "XAU");
    strcpy(one, "usd");
    CHECK_INT(mql5_normalizeCurrency(one), 0);
    CHECK_TEXT(one, "USD");
    strcpy(one, "QQQ");
    CHECK_INT(mql5_normalizeCurrency(one), SAKER_INVALID_CURRENCY);
    CHECK_TEXT(one, "QQQ");
}

static void check_conversion(const char *symbol, const char *account, const char *base,
                             const char *quote, int conversion) {
    strcpy(one, "?");
    CHECK_INT(C_getConversionSymbols((char *)symbol, (char *)account, one, two), 0);
    CHECK_TEXT(one, base);
    CHECK_TEXT(two, quote);
    CHECK_INT(saker__conversion_of(symbol, account), conversion);
}

static void shouldNameConversionPairs(void) {
    check_conversion("GBPJPY", "USD", "GBPUSD", "USDJPY", FXS_CONVERT_DIVIDE_BY_ASK);
    check_conversion("EURGBP", "USD", "EURUSD", "GBPUSD", FXS_CONVERT_TIMES_BID);
    check_conversion("EURUSD", "JPY", "EURJPY", "USDJPY", FXS_CONVERT_TIMES_BID);
    check_conversion("AUDCAD", "EUR", "EURAUD", "EURCAD", FXS_CONVERT_DIVIDE_BY_ASK);
    check_conversion("EURUSD", "USD", "", "", FXS_CONVERT_NONE);
    check_conversion("USDJPY", "USD", "", "", FXS_CONVERT_DIVIDE_BY_PRICE);
    check_conversion("EURUSD", "usd", "", "", FXS_CONVERT_NONE);
    check_conversion("usdjpy", "usd", "", "", FXS_CONVERT_DIVIDE_BY_PRICE);
    check_conversion("BTCUSD", "EUR", "BTCEUR", "EURUSD", FXS_CONVERT_DIVIDE_BY_ASK);
    CHECK_INT(C_getConversionSymbols((char *)"US500.cash", (char *)"USD", one, two),
              SAKER_UNKNOWN_SYMBOL);
    CHECK_INT(C_getConversionSymbols((char *)"EURUSD", (char *)"QQQ", one, two),
              SAKER_INVALID_CURRENCY);
    CHECK_INT(saker__conversion_of("US500", "USD"), FXS_CONVERT_DIVIDE_BY_ASK);
}

static void shouldDescribeCurrencies(void) {
    CHECK_INT(mql5_getCurrencyInfo((char *)"JPY", one, two, three, four), 0);
    CHECK_TEXT(one, "392");
    CHECK_TEXT(two, "0");
    CHECK_TEXT(three, "Japanese Yen");
    CHECK_TEXT(four, "Japan");
    CHECK_INT(mql5_getCurrencyNumber((char *)"USD", one), 0);
    CHECK_TEXT(one, "840");
    CHECK_INT(mql5_getNumDigitsAfterDecimal((char *)"KWD", one), 0);
    CHECK_TEXT(one, "3");
    CHECK_INT(mql5_getCurrencyName((char *)"xau", one), 0);
    CHECK_TEXT(one, "Gold");
    CHECK_INT(mql5_getCurrencyLocations((char *)"CHF", one), 0);
    CHECK_TEXT(one, "Switzerland, Liechtenstein");
    CHECK_INT(mql5_getCurrencyName((char *)"XXX", one), SAKER_INVALID_CURRENCY);
    CHECK_INT(mql5_getCurrencyName((char *)"USDT", one), SAKER_INVALID_CURRENCY);
}

static void shouldRefuseNulls(void) {
    CHECK_INT(mql5_parseSymbol(NULL, one, two, three, four, five), SAKER_NULL_POINTER);
    CHECK_INT(mql5_parseSymbol(one, two, three, four, five, NULL), SAKER_NULL_POINTER);
    CHECK_INT(mql5_normalizeSymbol(NULL), SAKER_NULL_POINTER);
    CHECK_INT(mql5_normalizeCurrency(NULL), SAKER_NULL_POINTER);
    CHECK_INT(C_getConversionSymbols(one, two, three, NULL), SAKER_NULL_POINTER);
    CHECK_INT(mql5_getConversionSymbols(one, NULL, three, four), SAKER_NULL_POINTER);
    CHECK_INT(mql5_getCurrencyInfo(one, two, three, four, NULL), SAKER_NULL_POINTER);
    CHECK_INT(mql5_getBaseCurrency(one, NULL), SAKER_NULL_POINTER);
    CHECK_INT(mql5_getCurrencyName(NULL, one), SAKER_NULL_POINTER);
    Mql4String none = {0, NULL}, some = {0, one};
    CHECK_INT(mql4_normalizeSymbol(NULL), SAKER_NULL_POINTER);
    CHECK_INT(mql4_normalizeSymbol(&none), SAKER_NULL_POINTER);
    CHECK_INT(mql4_getBaseCurrency(&some, &none), SAKER_NULL_POINTER);
    CHECK_INT(mql4_getConversionSymbols(&some, &some, &some, NULL), SAKER_NULL_POINTER);
}

static void shouldSpeakMetaTrader4Strings(void) {
    strcpy(one, "EURJPY");
    strcpy(two, "USD");
    Mql4String symbol = {6, one}, account = {3, two}, base = {0, three}, quote = {0, four};

    CHECK_INT(mql4_getConversionSymbols(&symbol, &account, &base, &quote), 0);
    CHECK_TEXT(base.string, "EURUSD");
    CHECK_TEXT(quote.string, "USDJPY");
    CHECK_INT(base.length, 6);

    CHECK_INT(mql4_getQuoteCurrency(&symbol, &quote), 0);
    CHECK_TEXT(quote.string, "JPY");
    CHECK_INT(quote.length, 3);
    CHECK_INT(mql4_getCurrencyNumber(&quote, &base), 0);
    CHECK_TEXT(base.string, "392");
}

int main(void) {
    RUN(shouldTakeSymbolsApart);
    RUN(shouldNormalize);
    RUN(shouldNameConversionPairs);
    RUN(shouldDescribeCurrencies);
    RUN(shouldRefuseNulls);
    RUN(shouldSpeakMetaTrader4Strings);
    return 0;
}
