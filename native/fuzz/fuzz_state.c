/*
 * .state records. They are long and nearly all zeros, so an input is a list of changes to a fresh
 * one: a place, a length below eight, and that many bytes. The first byte 255 means a file as it is.
 */
#include "abi/state_file.h"
#include "fxs.h"
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void parse(const char *bytes, size_t length) {
    saker__state out, before;
    memset(&out, 0x5A, sizeof out);
    memcpy(&before, &out, sizeof out);
    int code = saker__parse_state(bytes, length, &out);

    REQUIRE(code == 0 || code == FXS_ESNAPSHOT);
    if (code != 0) {
        REQUIRE(memcmp(&out, &before, sizeof out) == 0);
        return;
    }
    REQUIRE(length == sizeof out && memcmp(&out, bytes, length) == 0);
    REQUIRE(out.totalParameters >= 0 && out.totalParameters <= SAKER__PARAMETERS);
    for (int i = 0; i < out.totalParameters; i++) {
        REQUIRE(strlen(out.parameters[i].name) < sizeof out.parameters[i].name);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    reader in = {data, size};
    int isFile = take_byte(&in) == 255;
    if (isFile) {
        parse((const char *)in.at, in.left);
        return 0;
    }
    saker__state state;
    saker__fresh_state(860013, &state);
    while (!is_read(&in)) {
        size_t at = take_short(&in) % sizeof state, length = take_byte(&in) % 8u;
        length = length < sizeof state - at ? length : sizeof state - at;
        take_bytes(&in, (char *)&state + at, length);
    }
    char *bytes = malloc(sizeof state);
    memcpy(bytes, &state, sizeof state);
    parse(bytes, sizeof state);
    free(bytes);
    return 0;
}
