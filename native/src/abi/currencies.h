#ifndef SAKER_CURRENCIES_H
#define SAKER_CURRENCIES_H

typedef struct {
    const char *code, *number, *digits, *name, *locations;
} saker__currency;

/* By the first three characters, upper case; null if unknown. */
const saker__currency *saker__find_currency(const char *code);

#endif
