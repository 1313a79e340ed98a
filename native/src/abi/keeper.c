/* The beginning and the end of a keeper. */
#include "keeper.h"

#include <stdlib.h>

#include "kept_files.h"
#include "saker_abi.h"

static void say_problems(const saker__keeper *keeper, const char *file,
                         const saker__problems *problems) {
    int kept = problems->count < SAKER__PROBLEMS ? problems->count : SAKER__PROBLEMS;
    for (int i = 0; i < kept; i++) {
        if (problems->items[i].line > 0) {
            saker__say(keeper, FXS_ERROR, "%s, line %d: %s", file, problems->items[i].line,
                problems->items[i].text);
        } else {
            saker__say(keeper, FXS_ERROR, "%s: %s", file, problems->items[i].text);
        }
    }
    if (problems->count > kept) {
        saker__say(keeper, FXS_ERROR, "%s: %d more problems", file, problems->count - kept);
    }
}

static int read_files(saker__keeper *keeper, const char *configPath, const char *account) {
    saker__problems problems = {0};
    int code = saker__read_config(configPath, &keeper->config, &problems);
    if (keeper->config.logFolder[0] != 0) {
        keeper->log = saker__open_log(keeper->config.logFolder, account);
    }
    say_problems(keeper, configPath, &problems);
    if (code != 0) {
        return code;
    }
    if (keeper->log == NULL) {
        return SAKER_INIT_LOG_FAILED;
    }
    problems.count = 0;
    code = saker__read_zones(&keeper->config, &keeper->zones, &problems);
    say_problems(keeper, keeper->config.zoneFile, &problems);
    return code;
}

int saker__open_keeper(int id, int isTesting, const char *configPath, const char *account,
                       saker__keeper **out) {
    saker__keeper *keeper = calloc(1, sizeof *keeper);
    *out = NULL;
    if (keeper == NULL) {
        return SAKER_INSUFFICIENT_MEMORY;
    }
    keeper->id = id;
    keeper->isTesting = isTesting != 0;
    keeper->heartbeatMinute = -1;
    keeper->equityDay = -1;
    int code = read_files(keeper, configPath, account);
    if (code != 0) {
        saker__close_log(keeper->log);
        free(keeper);
        return code;
    }
    keeper->report.severityMax = keeper->config.maxSeverity;
    saker__fresh_state(id, &keeper->state);
    *out = keeper;
    return 0;
}

void saker__close_keeper(saker__keeper *keeper) {
    if (keeper == NULL) {
        return;
    }
    (void)saker__save_state(keeper);
    saker__close_log(keeper->log);
    free(keeper);
}
