/* Symbols: prefix, base, separator, quote and suffix, as brokers write them. */
#ifndef SAKER_SYMBOLS_H
#define SAKER_SYMBOLS_H

enum { SAKER__TEXT = 256 };

typedef struct {
    char prefix[SAKER__TEXT], base[4], separator[2], quote[4], suffix[SAKER__TEXT];
} saker__symbol;

/* 0, SAKER_SYMBOL_TOO_SHORT or SAKER_UNKNOWN_SYMBOL. */
int saker__parse_symbol(const char *text, saker__symbol *out);

/* FXS_CONVERT_… from the symbol's quote currency; a symbol that is no currency pair divides by the
 * conversion ask, which its caller sets to 1 where nothing is to convert. */
int saker__conversion_of(const char *symbol, const char *accountCurrency);

#endif
