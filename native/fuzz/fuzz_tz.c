/* broker-tz.csv, and the clocks of the zones it gives. */
#include "abi/config.h"
#include "reader.h"
#include "saker_abi.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HALF_DAYS = 14 * 3600 };

static void check_zone(const saker__named_zone *named) {
    const fxs_zone *zone = &named->zone;
    REQUIRE(memchr(named->name, 0, sizeof named->name) != NULL && named->name[0] != 0);
    REQUIRE(zone->startMonth >= 0 && zone->startMonth <= 12);
    REQUIRE(zone->endMonth >= 0 && zone->endMonth <= 12);
    REQUIRE(zone->standardSeconds >= -HALF_DAYS && zone->standardSeconds <= HALF_DAYS);
    REQUIRE(zone->daylightSeconds >= -HALF_DAYS && zone->daylightSeconds <= HALF_DAYS);
}

/* From one zone to another and back is no way at all, on any day. */
static void check_shift(const fxs_zone *from, const fxs_zone *to) {
    static const int64_t times[] = {INT32_MIN, -1, 0, 951782400, 1000000000, INT32_MAX};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        int32_t shift = fxs_zone_shift_seconds(from, to, times[i]);
        REQUIRE(shift >= -2 * HALF_DAYS && shift <= 2 * HALF_DAYS);
        REQUIRE(fxs_zone_shift_seconds(to, from, times[i]) == -shift);
        REQUIRE(fxs_zone_shift_seconds(from, from, times[i]) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static saker__zones zones, again;
    saker__problems problems = {0};
    int code = saker__parse_zones((const char *)data, size, &zones, &problems);

    REQUIRE(code == 0 || code == SAKER_INVALID_CONFIG);
    REQUIRE((problems.count > 0) == (code != 0));
    REQUIRE(zones.count >= 0 && zones.count <= SAKER__ZONES_MAX);
    for (int i = 0; i < zones.count; i++) {
        check_zone(&zones.zones[i]);
        check_shift(&zones.zones[0].zone, &zones.zones[i].zone);
        const fxs_zone *found = saker__find_zone(&zones, zones.zones[i].name);
        REQUIRE(found != NULL && found <= &zones.zones[i].zone);
    }

    REQUIRE(saker__parse_zones((const char *)data, size, &again, NULL) == code);
    REQUIRE(again.count == zones.count);
    REQUIRE(memcmp(again.zones, zones.zones, (size_t)zones.count * sizeof *zones.zones) == 0);
    return 0;
}
