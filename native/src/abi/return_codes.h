/* The names of the return codes, and which one a core's code becomes. */
#ifndef SAKER_RETURN_CODES_H
#define SAKER_RETURN_CODES_H

/* "UNKNOWN" for a number that is none. */
const char *saker__code_name(int code);

int saker__code_of(int coreCode);

#endif
