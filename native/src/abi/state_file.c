#include "state_file.h"

#include <string.h>

#include "fxs.h"

void saker__fresh_state(int instanceId, saker__state *out) {
    memset(out, 0, sizeof *out);
    out->instanceId = instanceId;
    out->lastRunTime = SAKER__NEVER;
    out->lastOrderUpdateTime = SAKER__NEVER;
}

int saker__parse_state(const char *bytes, size_t length, saker__state *out) {
    saker__state state;
    if (length != sizeof state) {
        return FXS_ESNAPSHOT;
    }
    memcpy(&state, bytes, sizeof state);
    if (state.totalParameters < 0 || state.totalParameters > SAKER__PARAMETERS) {
        return FXS_ESNAPSHOT;
    }
    for (int i = 0; i < state.totalParameters; i++) {
        if (memchr(state.parameters[i].name, 0, sizeof state.parameters[i].name) == NULL) {
            return FXS_ESNAPSHOT;
        }
    }
    *out = state;
    return 0;
}
