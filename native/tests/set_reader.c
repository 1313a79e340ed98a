/* The .set parser for callers that cannot link it: tests in Python. */
#include <string.h>

#include "set_file.h"

__attribute__((visibility("default"))) int test_parse_set(const char *text, int length,
                                                          double settings[FXS_SETTINGS]);

int test_parse_set(const char *text, int length, double settings[FXS_SETTINGS]) {
    saker__set set;
    int code = saker__parse_set(text, (size_t)length, &set, NULL);
    memcpy(settings, set.settings, sizeof set.settings);
    return code;
}
