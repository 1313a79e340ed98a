/* Symbols and currencies as a caller may write them; both forms of the interface answer alike. */
#include <ctype.h>

#include "reader.h"
#include "saker_abi.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT = 256, PARTS = 5 };

/* A caller's buffers: 256 bytes each, or as many as a longer text needs, and not one more. */
typedef struct {
    char *text[PARTS + 1];
    Mql4String string[PARTS + 1];
} buffers;

static char *buffer_of(const char *text) {
    size_t length = strlen(text) + 1;
    char *out = malloc(length > TEXT ? length : TEXT);
    memset(out, 'x', length > TEXT ? length : TEXT);
    memcpy(out, text, length);
    return out;
}

static void open_buffers(buffers *b, const char *input, const char *second) {
    for (int i = 0; i <= PARTS; i++) {
        b->text[i] = buffer_of(i == 0 ? input : i == 1 ? second : "");
        b->string[i] = (Mql4String){(long)strlen(b->text[i]), b->text[i]};
    }
}

static void close_buffers(buffers *b) {
    for (int i = 0; i <= PARTS; i++) {
        free(b->text[i]);
    }
}

static int is_documented(int code) {
    return code == SAKER_SUCCESS || code == SAKER_INVALID_CURRENCY || code == SAKER_UNKNOWN_SYMBOL
        || code == SAKER_SYMBOL_TOO_SHORT;
}

/* Both forms were called with equal buffers: equal codes, equal texts, lengths that are true. */
static void compare(int code, buffers *plain, int otherCode, buffers *wrapped) {
    REQUIRE(is_documented(code));
    REQUIRE(code == otherCode);
    for (int i = 0; i <= PARTS; i++) {
        REQUIRE(strcmp(plain->text[i], wrapped->text[i]) == 0);
        REQUIRE(wrapped->string[i].length == (long)strlen(wrapped->text[i]));
    }
}

/* The parts put together are the symbol, but for upper and lower case. */
static void check_parts(const char *symbol, char *const parts[PARTS]) {
    size_t at = 0;
    for (int i = 0; i < PARTS; i++) {
        for (const char *c = parts[i]; *c != 0; c++, at++) {
            REQUIRE(toupper((unsigned char)symbol[at]) == toupper((unsigned char)*c));
        }
    }
    REQUIRE(symbol[at] == 0);
    REQUIRE(strlen(parts[1]) == 3 && strlen(parts[3]) == 3 && strlen(parts[2]) <= 1);
}

static void parse(const char *symbol) {
    buffers a, b;
    open_buffers(&a, symbol, "");
    open_buffers(&b, symbol, "");
    char **t = a.text;
    Mql4String *s = b.string;
    int code = mql5_parseSymbol(t[0], t[1], t[2], t[3], t[4], t[5]);
    compare(code, &a, mql4_parseSymbol(&s[0], &s[1], &s[2], &s[3], &s[4], &s[5]), &b);
    if (code == 0) {
        check_parts(symbol, t + 1);
    }
    close_buffers(&a);
    close_buffers(&b);
}

/* Normalising again changes nothing. */
static void normalize(const char *text, int (*plain)(char *), int (*wrapped)(Mql4String *)) {
    buffers a, b;
    open_buffers(&a, text, "");
    open_buffers(&b, text, "");
    int code = plain(a.text[0]);
    compare(code, &a, wrapped(&b.string[0]), &b);
    if (code == 0) {
        REQUIRE(plain(b.text[0]) == 0);
        REQUIRE(strcmp(a.text[0], b.text[0]) == 0);
    } else {
        REQUIRE(strcmp(a.text[0], text) == 0);
    }
    close_buffers(&a);
    close_buffers(&b);
}

/* What is to be quoted is a symbol itself. */
static void convert(const char *symbol, const char *currency) {
    buffers a, b;
    open_buffers(&a, symbol, currency);
    open_buffers(&b, symbol, currency);
    char **t = a.text;
    Mql4String *s = b.string;
    int code = mql5_getConversionSymbols(t[0], t[1], t[2], t[3]);
    compare(code, &a, mql4_getConversionSymbols(&s[0], &s[1], &s[2], &s[3]), &b);
    REQUIRE(C_getConversionSymbols(t[0], t[1], t[2], t[3]) == code);
    for (int i = 2; i < 4 && code == 0; i++) {
        REQUIRE(t[i][0] == 0 || (strlen(t[i]) == 6 && mql5_normalizeSymbol(t[i]) == 0));
    }
    close_buffers(&a);
    close_buffers(&b);
}

static void describe(const char *code) {
    buffers a, b;
    open_buffers(&a, code, "");
    open_buffers(&b, code, "");
    char **t = a.text;
    Mql4String *s = b.string;
    int result = mql5_getCurrencyInfo(t[0], t[1], t[2], t[3], t[4]);
    compare(result, &a, mql4_getCurrencyInfo(&s[0], &s[1], &s[2], &s[3], &s[4]), &b);
    close_buffers(&a);
    close_buffers(&b);
}

static void take_apart(const char *text) {
    static int (*const plain[])(char *, char *) = {
        mql5_getCurrencyPairPrefix, mql5_getBaseCurrency, mql5_getCurrencyPairSeparator,
        mql5_getQuoteCurrency, mql5_getCurrencyPairSuffix, mql5_getCurrencyNumber,
        mql5_getNumDigitsAfterDecimal, mql5_getCurrencyName, mql5_getCurrencyLocations,
    };
    static int (*const wrapped[])(Mql4String *, Mql4String *) = {
        mql4_getCurrencyPairPrefix, mql4_getBaseCurrency, mql4_getCurrencyPairSeparator,
        mql4_getQuoteCurrency, mql4_getCurrencyPairSuffix, mql4_getCurrencyNumber,
        mql4_getNumDigitsAfterDecimal, mql4_getCurrencyName, mql4_getCurrencyLocations,
    };
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        buffers a, b;
        open_buffers(&a, text, "");
        open_buffers(&b, text, "");
        compare(plain[i](a.text[0], a.text[1]), &a, wrapped[i](&b.string[0], &b.string[1]), &b);
        /* In place: a caller may pass one buffer for both. */
        (void)plain[i](b.text[0], b.text[0]);
        close_buffers(&a);
        close_buffers(&b);
    }
}

/* The input is two texts, parted by a line's end. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *symbol = malloc(size + 1);
    memcpy(symbol, data, size);
    symbol[size] = 0;
    char *end = strchr(symbol, '\n');
    const char *currency = end != NULL ? end + 1 : "";
    if (end != NULL) {
        *end = 0;
    }
    parse(symbol);
    normalize(symbol, mql5_normalizeSymbol, mql4_normalizeSymbol);
    normalize(currency, mql5_normalizeCurrency, mql4_normalizeCurrency);
    convert(symbol, currency);
    describe(currency);
    take_apart(symbol);
    take_apart(currency);
    free(symbol);
    return 0;
}
