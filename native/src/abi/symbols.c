#include "symbols.h"

#include <string.h>

#include "currencies.h"
#include "saker_abi.h"

enum { CODE = 3 };

/* Of ASCII, whatever locale the host has set: to a Turkish one the upper i has a dot. */
static char upper_of(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static int is_letter(char c) {
    return upper_of(c) >= 'A' && upper_of(c) <= 'Z';
}

static int read_code(const char *text, char out[4]) {
    for (int i = 0; i < CODE; i++) {
        if (!is_letter(text[i])) {
            return 0;
        }
        out[i] = upper_of(text[i]);
    }
    out[CODE] = 0;
    return saker__find_currency(out) != NULL;
}

static int parse_at(const char *text, size_t at, saker__symbol *out) {
    size_t length = strlen(text);
    if (at + 2 * CODE > length || !read_code(text + at, out->base)) {
        return 0;
    }
    size_t quote = at + CODE;
    out->separator[0] = 0;
    if (!is_letter(text[quote]) && !(text[quote] >= '0' && text[quote] <= '9')) {
        out->separator[0] = text[quote++];
        out->separator[1] = 0;
    }
    if (quote + CODE > length || !read_code(text + quote, out->quote)) {
        return 0;
    }
    memcpy(out->prefix, text, at);
    out->prefix[at] = 0;
    memcpy(out->suffix, text + quote + CODE, length - quote - CODE + 1);
    return 1;
}

int saker__parse_symbol(const char *text, saker__symbol *out) {
    size_t length = strlen(text);
    memset(out, 0, sizeof *out);
    if (length < 2 * CODE) {
        return SAKER_SYMBOL_TOO_SHORT;
    }
    if (length < SAKER__TEXT) {
        for (size_t at = 0; at + 2 * CODE <= length; at++) {
            if (parse_at(text, at, out)) {
                return 0;
            }
        }
    }
    memset(out, 0, sizeof *out);
    return SAKER_UNKNOWN_SYMBOL;
}

/* The market quotes the earlier currency in units of the later one. */
static int rank_of(const char *code) {
    static const char *const order[] = {"XAU", "XAG", "XPT", "XPD", "BTC", "ETH", "LTC", "XRP",
                                        "EUR", "GBP", "AUD", "NZD", "USD", "CAD", "CHF"};
    int count = (int)(sizeof order / sizeof order[0]);
    for (int i = 0; i < count; i++) {
        if (strcmp(order[i], code) == 0) {
            return i;
        }
    }
    return strcmp(code, "JPY") == 0 ? count + 1 : count;
}

static void pair_of(const char *one, const char *other, char *out) {
    int inOrder = rank_of(one) <= rank_of(other);
    memcpy(out, inOrder ? one : other, CODE);
    memcpy(out + CODE, inOrder ? other : one, CODE);
    out[2 * CODE] = 0;
}

static int conversion_symbols(const char *symbol, const char *accountCurrency, char *outBase,
                              char *outQuote) {
    saker__symbol parsed;
    char account[4];
    int code = saker__parse_symbol(symbol, &parsed);
    if (code != 0) {
        return code;
    }
    if (strlen(accountCurrency) != CODE || !read_code(accountCurrency, account)) {
        return SAKER_INVALID_CURRENCY;
    }
    outBase[0] = 0;
    outQuote[0] = 0;
    if (strcmp(account, parsed.base) != 0 && strcmp(account, parsed.quote) != 0) {
        pair_of(parsed.base, account, outBase);
        pair_of(parsed.quote, account, outQuote);
    }
    return 0;
}

int saker__conversion_of(const char *symbol, const char *accountCurrency) {
    saker__symbol parsed;
    char base[8], quote[8], account[4];
    if (conversion_symbols(symbol, accountCurrency, base, quote) != 0
        || saker__parse_symbol(symbol, &parsed) != 0 || !read_code(accountCurrency, account)) {
        return FXS_CONVERT_DIVIDE_BY_ASK;
    }
    if (quote[0] == 0) {
        int isQuote = strcmp(parsed.quote, account) == 0;
        return isQuote ? FXS_CONVERT_NONE : FXS_CONVERT_DIVIDE_BY_PRICE;
    }
    return strncmp(quote, parsed.quote, CODE) == 0 ? FXS_CONVERT_TIMES_BID
                                                   : FXS_CONVERT_DIVIDE_BY_ASK;
}

static int normalize_symbol(char *symbol) {
    saker__symbol parsed;
    int code = saker__parse_symbol(symbol, &parsed);
    if (code == 0) {
        memcpy(symbol, parsed.base, CODE);
        memcpy(symbol + CODE, parsed.quote, CODE + 1);
    }
    return code;
}

/* Some brokers name the metals by word. The text has room for 256 bytes. */
static int normalize_currency(char *currency) {
    char upper[8] = "";
    for (size_t i = 0; i < sizeof upper - 1 && currency[i] != 0; i++) {
        upper[i] = upper_of(currency[i]);
    }
    const char *code = strcmp(upper, "GOLD") == 0     ? "XAU"
                       : strcmp(upper, "SILVER") == 0 ? "XAG"
                                                      : upper;
    if (strlen(code) != CODE || saker__find_currency(code) == NULL) {
        return SAKER_INVALID_CURRENCY;
    }
    memmove(currency, code, CODE + 1);
    return 0;
}

static const saker__currency *look_up(const char *text) {
    char code[4];
    return strlen(text) == CODE && read_code(text, code) ? saker__find_currency(code) : NULL;
}

/* A string argument of either kind: its characters, and how to say what was written. */
static char *chars_of_char(char *text) {
    return text;
}

static char *chars_of_Mql4String(Mql4String *text) {
    return text != NULL ? text->string : NULL;
}

static void set_length_char(char *text) {
    (void)text;
}

static void set_length_Mql4String(Mql4String *text) {
    text->length = (long)strlen(text->string);
}

#define IS_NULL(STRING, argument) (chars_of_##STRING(argument) == NULL)
#define PUT(STRING, argument, text)                                                                \
    do {                                                                                           \
        const char *source = (text);                                                               \
        memmove(chars_of_##STRING(argument), source, strlen(source) + 1);                          \
        set_length_##STRING(argument);                                                             \
    } while (0)

#define SYMBOL_PART(PREFIX, STRING, NAME, part)                                                    \
    int PREFIX##_##NAME(STRING *symbol, STRING *out) {                                             \
        if (IS_NULL(STRING, symbol) || IS_NULL(STRING, out)) {                                     \
            return SAKER_NULL_POINTER;                                                             \
        }                                                                                          \
        saker__symbol parsed;                                                                      \
        int code = saker__parse_symbol(chars_of_##STRING(symbol), &parsed);                        \
        if (code == 0) {                                                                           \
            PUT(STRING, out, parsed.part);                                                         \
        }                                                                                          \
        return code;                                                                               \
    }

#define CURRENCY_PART(PREFIX, STRING, NAME, part)                                                  \
    int PREFIX##_##NAME(STRING *code, STRING *out) {                                               \
        if (IS_NULL(STRING, code) || IS_NULL(STRING, out)) {                                       \
            return SAKER_NULL_POINTER;                                                             \
        }                                                                                          \
        const saker__currency *currency = look_up(chars_of_##STRING(code));                        \
        if (currency == NULL) {                                                                    \
            return SAKER_INVALID_CURRENCY;                                                         \
        }                                                                                          \
        PUT(STRING, out, currency->part);                                                          \
        return 0;                                                                                  \
    }

#define SYMBOL_FUNCTIONS(PREFIX, STRING)                                                           \
    int PREFIX##_parseSymbol(STRING *symbol, STRING *prefix, STRING *base, STRING *separator,      \
                             STRING *quote, STRING *suffix) {                                      \
        if (IS_NULL(STRING, symbol) || IS_NULL(STRING, prefix) || IS_NULL(STRING, base)            \
            || IS_NULL(STRING, separator) || IS_NULL(STRING, quote) || IS_NULL(STRING, suffix)) {  \
            return SAKER_NULL_POINTER;                                                             \
        }                                                                                          \
        saker__symbol parsed;                                                                      \
        int code = saker__parse_symbol(chars_of_##STRING(symbol), &parsed);                        \
        if (code == 0) {                                                                           \
            PUT(STRING, prefix, parsed.prefix);                                                    \
            PUT(STRING, base, parsed.base);                                                        \
            PUT(STRING, separator, parsed.separator);                                              \
            PUT(STRING, quote, parsed.quote);                                                      \
            PUT(STRING, suffix, parsed.suffix);                                                    \
        }                                                                                          \
        return code;                                                                               \
    }                                                                                              \
    int PREFIX##_normalizeSymbol(STRING *symbol) {                                                 \
        if (IS_NULL(STRING, symbol)) {                                                             \
            return SAKER_NULL_POINTER;                                                             \
        }                                                                                          \
        int code = normalize_symbol(chars_of_##STRING(symbol));                                    \
        set_length_##STRING(symbol);                                                               \
        return code;                                                                               \
    }                                                                                              \
    int PREFIX##_normalizeCurrency(STRING *currency) {                                             \
        if (IS_NULL(STRING, currency)) {                                                           \
            return SAKER_NULL_POINTER;                                                             \
        }                                                                                          \
        int code = normalize_currency(chars_of_##STRING(currency));                                \
        set_length_##STRING(currency);                                                             \
        return code;                                                                               \
    }                                                                                              \
    int PREFIX##_getConversionSymbols(STRING *symbol, STRING *accountCurrency, STRING *outBase,    \
                                      STRING *outQuote) {                                          \
        if (IS_NULL(STRING, symbol) || IS_NULL(STRING, accountCurrency)                            \
            || IS_NULL(STRING, outBase) || IS_NULL(STRING, outQuote)) {                            \
            return SAKER_NULL_POINTER;                                                             \
        }                                                                                          \
        char base[8], quote[8];                                                                    \
        int code = conversion_symbols(chars_of_##STRING(symbol),                                   \
                                      chars_of_##STRING(accountCurrency), base, quote);            \
        if (code == 0) {                                                                           \
            PUT(STRING, outBase, base);                                                            \
            PUT(STRING, outQuote, quote);                                                          \
        }                                                                                          \
        return code;                                                                               \
    }                                                                                              \
    int PREFIX##_getCurrencyInfo(STRING *code, STRING *number, STRING *digits, STRING *name,       \
                                 STRING *locations) {                                              \
        if (IS_NULL(STRING, code) || IS_NULL(STRING, number) || IS_NULL(STRING, digits)            \
            || IS_NULL(STRING, name) || IS_NULL(STRING, locations)) {                              \
            return SAKER_NULL_POINTER;                                                             \
        }                                                                                          \
        const saker__currency *currency = look_up(chars_of_##STRING(code));                        \
        if (currency == NULL) {                                                                    \
            return SAKER_INVALID_CURRENCY;                                                         \
        }                                                                                          \
        PUT(STRING, number, currency->number);                                                     \
        PUT(STRING, digits, currency->digits);                                                     \
        PUT(STRING, name, currency->name);                                                         \
        PUT(STRING, locations, currency->locations);                                               \
        return 0;                                                                                  \
    }                                                                                              \
    SYMBOL_PART(PREFIX, STRING, getCurrencyPairPrefix, prefix)                                     \
    SYMBOL_PART(PREFIX, STRING, getBaseCurrency, base)                                             \
    SYMBOL_PART(PREFIX, STRING, getCurrencyPairSeparator, separator)                               \
    SYMBOL_PART(PREFIX, STRING, getQuoteCurrency, quote)                                           \
    SYMBOL_PART(PREFIX, STRING, getCurrencyPairSuffix, suffix)                                     \
    CURRENCY_PART(PREFIX, STRING, getCurrencyNumber, number)                                       \
    CURRENCY_PART(PREFIX, STRING, getNumDigitsAfterDecimal, digits)                                \
    CURRENCY_PART(PREFIX, STRING, getCurrencyName, name)                                           \
    CURRENCY_PART(PREFIX, STRING, getCurrencyLocations, locations)

SYMBOL_FUNCTIONS(mql4, Mql4String)
SYMBOL_FUNCTIONS(mql5, char)

int C_getConversionSymbols(char *symbol, char *accountCurrency, char *outBase, char *outQuote) {
    return mql5_getConversionSymbols(symbol, accountCurrency, outBase, outQuote);
}
