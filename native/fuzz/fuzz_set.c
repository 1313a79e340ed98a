/* .set files. */
#include "reader.h"
#include "saker_abi.h"
#include "set_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const saker__set *set) {
    for (int i = 0; i < FXS_SETTINGS; i++) {
        const saker__sweep *sweep = &set->sweeps[i];
        REQUIRE(set->isGiven[i] == 0 || set->isGiven[i] == 1);
        REQUIRE(isfinite(set->settings[i]));
        REQUIRE(set->isGiven[i] || set->settings[i] == (i == FXS_MAX_OPEN_ORDERS));
        REQUIRE(isfinite(sweep->start) && isfinite(sweep->step) && isfinite(sweep->stop));
    }
}

/* A comment at the end, and a line's end before it, change nothing. */
static void parse_with_comment(const uint8_t *data, size_t size, int code,
                               const saker__set *expected) {
    static const char comment[] = "\n; MAX_OPEN_ORDERS=9";
    char *text = malloc(size + sizeof comment - 1);
    saker__set set;
    memcpy(text, data, size);
    memcpy(text + size, comment, sizeof comment - 1);
    memset(&set, 0xFF, sizeof set);
    REQUIRE(saker__parse_set(text, size + sizeof comment - 1, &set, NULL) == code);
    REQUIRE(memcmp(&set, expected, sizeof set) == 0);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    saker__set set;
    saker__problems problems = {0};
    int code = saker__parse_set((const char *)data, size, &set, &problems);

    REQUIRE(code == 0 || code == SAKER_INVALID_PARAMETER);
    REQUIRE((problems.count > 0) == (code != 0));
    check(&set);
    parse_with_comment(data, size, code, &set);
    return 0;
}
