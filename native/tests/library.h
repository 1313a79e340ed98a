/*
 * A library under test, opened by path as a front end opens it. library.c defines the exported
 * names as calls into that library, so that a test reads like the C it describes; such a test links
 * nothing of ours.
 */
#ifndef SAKER_LIBRARY_H
#define SAKER_LIBRARY_H

/* Ends the test with a message if it cannot be opened. */
void library_open(const char *path);

/* Null if it is not exported. */
void *library_find(const char *name);

#endif
