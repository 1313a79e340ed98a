/*
 * The first init of a process stands alone: others that come meanwhile wait for it, at most a
 * tenth of a second, and are then told to try again, as callers of the existing framework expect.
 * After it, inits run side by side.
 */
#ifndef SAKER_FIRST_INIT_H
#define SAKER_FIRST_INIT_H

/* 0 or SAKER_WAIT_FOR_INIT. After 0 saker__leave_init must follow. */
int saker__enter_init(int *isFirst);

/* code: what the init came to; the first must succeed for there to be no other first. */
void saker__leave_init(int isFirst, int code);

#endif
