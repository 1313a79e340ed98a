/* AsirikuyConfig.xml. */
#include "abi/config.h"
#include "reader.h"
#include "saker_abi.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_path(const char path[SAKER__PATH]) {
    REQUIRE(memchr(path, 0, SAKER__PATH) != NULL && path[0] != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    saker__config config, again;
    saker__problems problems = {0};
    int code = saker__parse_config(text, size, &config, &problems);

    REQUIRE(code == 0 || code == SAKER_INIT_XML_FAILED || code == SAKER_INVALID_CONFIG
            || code == SAKER_NULL_POINTER);
    REQUIRE((problems.count > 0) == (code != 0));
    for (int i = 0; i < problems.count && i < SAKER__PROBLEMS; i++) {
        REQUIRE(memchr(problems.items[i].text, 0, SAKER__PROBLEM_TEXT) != NULL);
    }
    if (code == 0) {
        check_path(config.tempFolder);
        check_path(config.configFolder);
        check_path(config.zoneFile);
        check_path(config.parameterExtension);
        check_path(config.logFolder);
        REQUIRE(config.maxSeverity >= -1 && config.maxSeverity <= FXS_DEBUG);
        REQUIRE(config.checkSeconds >= 1 && config.ntpTimeoutMs >= 1);
        REQUIRE(config.ntpReferenceTimes >= 1 && config.ntpReferenceTimes <= 10);
        REQUIRE(config.timeSource == SAKER__TIME_HOST || config.timeSource == SAKER__TIME_NONE);
        REQUIRE(isfinite(config.cropMondayHours) && isfinite(config.cropFridayHours));
        REQUIRE(isfinite(config.ratesBufferExtension));
    }

    /* Who listens to the complaints makes no difference. */
    memset(&again, 0xFF, sizeof again);
    REQUIRE(saker__parse_config(text, size, &again, NULL) == code);
    REQUIRE(memcmp(&again, &config, sizeof config) == 0);
    return 0;
}
