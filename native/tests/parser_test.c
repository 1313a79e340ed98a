/* The files of the existing front ends, from memory: what is read, and what is refused and why. */
#include "abi/config.h"
#include "abi/state_file.h"
#include "harness.h"
#include "saker_abi.h"
#include "set_file.h"

static saker__problems problems;
static saker__config config;
static saker__zones zones;
static saker__set set;

static const char CONFIG[] =
    "junk & <b>stray\n<RatesBufferExtension>20</RatesBufferExtension>"
    "<TempFileFolderPath>\n ./tmp&amp;more \n</TempFileFolderPath><ConfigPaths>"
    "<!-- <ConfigFolderPath>old</ConfigFolderPath> --><ConfigFolderPath a='b'>.</ConfigFolderPath>"
    "<BrokerTZFilename>z.csv</BrokerTZFilename>"
    "<ParamSpaceFilenameExtension>.set</ParamSpaceFilenameExtension></ConfigPaths>"
    "<Logging><Folder>log</Folder><MaxSeverity>9</MaxSeverity><EnableEquityLog>1</EnableEquityLog>"
    "<EnableEntryLog>0</EnableEntryLog><barsToLog>5</barsToLog></Logging>"
    "<NTP><UpdateInterval>60</UpdateInterval><Timeout>500</Timeout>"
    "<TotalReferenceTimes>10</TotalReferenceTimes><TimeSource>none</TimeSource></NTP>"
    "<TradingWeekBoundaries><CropMondayHours>4.5</CropMondayHours></TradingWeekBoundaries>";

static int parse_config(const char *text) {
    memset(&problems, 0, sizeof problems);
    return saker__parse_config(text, strlen(text), &config, &problems);
}

static int parse_zones(const char *text) {
    memset(&problems, 0, sizeof problems);
    return saker__parse_zones(text, strlen(text), &zones, &problems);
}

static int parse_set(const char *text) {
    memset(&problems, 0, sizeof problems);
    return saker__parse_set(text, strlen(text), &set, &problems);
}

static void shouldReadAConfiguration(void) {
    CHECK_INT(parse_config(CONFIG), 0);

    CHECK_TEXT(config.tempFolder, "./tmp&more");
    CHECK_TEXT(config.configFolder, ".");
    CHECK_TEXT(config.zoneFile, "z.csv");
    CHECK_TEXT(config.logFolder, "log");
    CHECK_INT(config.maxSeverity, 7);
    CHECK_INT(config.enableEquityLog, 1);
    CHECK_INT(config.barsToLog, 5);
    CHECK_INT(config.checkSeconds, 60);
    CHECK_INT(config.ntpReferenceTimes, 10);
    CHECK_INT(config.timeSource, SAKER__TIME_NONE);
    CHECK_NEAR(config.cropMondayHours, 4.5, 0);
    CHECK_NEAR(config.ratesBufferExtension, 20, 0);
    CHECK_INT(problems.count, 0);
}

/* CONFIG with another text in the place of one of its own; the code. */
static int parse_changed(const char *from, const char *to) {
    char text[sizeof CONFIG + 200];
    const char *at = strstr(CONFIG, from);
    CHECK(at != NULL);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - CONFIG), CONFIG, to, at + strlen(from));
    return parse_config(text);
}

static void shouldReadElementsWithoutContent(void) {
    CHECK_INT(parse_changed("<TradingWeekBoundaries><CropMondayHours>4.5</CropMondayHours>"
                            "</TradingWeekBoundaries>", "<TradingWeekBoundaries/>"), 0);
    CHECK_NEAR(config.cropMondayHours, 0, 0);
    CHECK_INT(parse_changed("<RatesBufferExtension>", "<TradingWeekBoundaries a='b' /><Old>"), 0);
    CHECK_INT(parse_changed("<Folder>log</Folder>", "<Folder/>not its text<b>"),
              SAKER_INVALID_CONFIG);
    CHECK_TEXT(problems.items[0].text, "Folder is missing or empty");
}

static void should_refuse_config(const char *from, const char *to, int code, const char *reason) {
    CHECK_INT(parse_changed(from, to), code);
    CHECK_INT(problems.count, 1);
    CHECK_TEXT(problems.items[0].text, reason);
}

static void shouldSayWhatIsWrongWithAConfiguration(void) {
    should_refuse_config("<Folder>log", "<Folder>", SAKER_INVALID_CONFIG,
                         "Folder is missing or empty");
    should_refuse_config("EnableEntryLog>0", "EnableEntryLog>no", SAKER_INVALID_CONFIG,
                         "EnableEntryLog is not a whole number in its range");
    should_refuse_config("Times>10<", "Times>11<", SAKER_INVALID_CONFIG,
                         "TotalReferenceTimes is not a whole number in its range");
    should_refuse_config("none", "ntp", SAKER_INVALID_CONFIG,
                         "TimeSource is neither host nor none");
    should_refuse_config("4.5", "four", SAKER_INVALID_CONFIG, "CropMondayHours is not a number");
    should_refuse_config("<TradingWeekBoundaries>", "<Week>", SAKER_NULL_POINTER,
                         "TradingWeekBoundaries is missing");
    CHECK_INT(parse_config(""), SAKER_INIT_XML_FAILED);
    CHECK_INT(saker__parse_config("a\0b", 3, &config, NULL), SAKER_INIT_XML_FAILED);
    CHECK_INT(parse_config("<!-- never closed"), SAKER_INVALID_CONFIG);
    CHECK(problems.count > 8);
}

#define HEADER "\"Broker\";\"DSTStartMonth\"\r\n"
#define ROW ";3;0;0;\"02:00\";10;0;0;\"3:00\";2;3;1;\"00:00\";5;\"22:00\"\r\n"

static void shouldReadTimeZones(void) {
    CHECK_INT(parse_zones(HEADER "\"TradeMax; Group\"" ROW "\n ;;;\nPlain;0;0;0;;0;0;0;;5.5;5.5"),
              0);

    CHECK_INT(zones.count, 2);
    CHECK_TEXT(zones.zones[0].name, "TradeMax; Group");
    CHECK_INT(zones.zones[0].zone.startMonth, 3);
    CHECK_INT(zones.zones[0].zone.daylightSeconds, 10800);
    CHECK_INT(zones.zones[1].zone.standardSeconds, 19800);
    CHECK(saker__find_zone(&zones, "Plain") == &zones.zones[1].zone);
    CHECK(saker__find_zone(&zones, "plain") == NULL);
}

static void shouldNameEveryMalformedZone(void) {
    CHECK_INT(parse_zones(HEADER "\"Good\"" ROW "\"A\";13;0;0;\"\";0;0;0;\"\";0;0\n"
                                 "\"B\";1;0;0;\"25:00\";4;5;0;\"\";0;x\nshort;1\n\"\"" ROW),
              SAKER_INVALID_CONFIG);

    CHECK_INT(zones.count, 1);
    CHECK_INT(problems.count, 6);
    CHECK_INT(problems.items[0].line, 3);
    CHECK_TEXT(problems.items[0].text, "DSTStartMonth \"13\" is out of range");
    CHECK_INT(problems.items[1].line, 4);
    CHECK_TEXT(problems.items[1].text, "DSTStartTime \"25:00\" is no time");
    CHECK_TEXT(problems.items[2].text, "DSTEndNth \"5\" is out of range");
    CHECK_TEXT(problems.items[3].text, "GMTOffsetDST \"x\" is no offset in hours");
    CHECK_TEXT(problems.items[4].text, "fewer than 11 columns");
    CHECK_INT(problems.items[5].line, 6);
    CHECK_TEXT(problems.items[5].text, "Broker \"\" is empty or too long");
}

static void shouldTakeAHundredTimeZones(void) {
    static char text[20000];
    size_t used = (size_t)snprintf(text, sizeof text, HEADER);
    for (int i = 0; i < 100; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "\"Z%d\"" ROW, i);
    }
    CHECK_INT(parse_zones(text), 0);
    CHECK_INT(zones.count, 100);

    snprintf(text + used, sizeof text - used, "\"Z100\"" ROW);
    CHECK_INT(parse_zones(text), SAKER_INVALID_CONFIG);
    CHECK_INT(problems.items[0].line, 102);
    CHECK_TEXT(problems.items[0].text, "more than 100 records");
}

static void shouldReadASetFile(void) {
    CHECK_INT(parse_set("; a comment = 1\r\n"
                        "SECTION_2=### Common Strategy Settings ###\r\n"
                        "OPERATIONAL_MODE = 1\t \r\nSTRATEGY_INSTANCE_ID=860013\r\n\r\n"
                        "RUN_EVERY_TICK=true\nSTRATEGY_TIMEFRAME=60\nACCOUNT_RISK_PERCENT=1.25\n"
                        "ACCOUNT_RISK_PERCENT,F=1\nACCOUNT_RISK_PERCENT,1=0.5\n"
                        "ACCOUNT_RISK_PERCENT,2=0.25\nACCOUNT_RISK_PERCENT,3=2\n"
                        "COMMENTS=mine\nUI_COLOR=Red\nCOMMENTS,9=x\n"
                        "SECTION_3=### Additional ###\n"
                        "TIMED_EXIT_BARS=5\nAUTOBBS_TREND_MODE=23\nAUTOBBS_MACD_LEVEL=-3.5e-4\n"
                        "AUTOBBS_UNHEARD_OF=x\nADDITIONAL_PARAM_40=7\nADDITIONAL_PARAM_41=8\n"
                        "AUTOBBS_BBS_ENABLE_WEEKLY_ATR_VALIDATION=1"),
              0);

    CHECK_NEAR(set.settings[FXS_OPERATIONAL_MODE], 1, 0);
    CHECK_NEAR(set.settings[FXS_INSTANCE_ID], 860013, 0);
    CHECK_NEAR(set.settings[FXS_RUN_EVERY_TICK], 1, 0);
    CHECK_NEAR(set.settings[FXS_TIMEFRAME], 60, 0);
    CHECK_NEAR(set.settings[FXS_MAX_OPEN_ORDERS], 1, 0);
    CHECK_INT(set.isGiven[FXS_MAX_OPEN_ORDERS], 0);
    CHECK_NEAR(set.settings[FXS_ACCOUNT_RISK_PERCENT], 1.25, 0);
    CHECK_NEAR(set.settings[FXS_TIMED_EXIT_BARS], 0, 0); /* Not in the main block. */
    CHECK_NEAR(set.settings[FXS_TREND_MODE], 23, 0);
    CHECK_NEAR(set.settings[24], -0.00035, 0);
    CHECK_NEAR(set.settings[22], 1, 0);
    CHECK_NEAR(set.settings[39], 7, 0);
    const saker__sweep *sweep = &set.sweeps[FXS_ACCOUNT_RISK_PERCENT];
    CHECK(sweep->isGiven && sweep->isOn);
    CHECK_NEAR(sweep->start, 0.5, 0);
    CHECK_NEAR(sweep->step, 0.25, 0);
    CHECK_NEAR(sweep->stop, 2, 0);
    CHECK_INT(problems.count, 0);
}

static void shouldRefuseASettingThatIsNoNumber(void) {
    const char *const bad[] = {"", "1x", "--1", "1e", "0x10", "1e999", "nan", "1,5", "."};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[100];
        snprintf(text, sizeof text, "\nMAX_OPEN_ORDERS=%s\nTIMED_EXIT_BARS=5", bad[i]);
        CHECK_INT(parse_set(text), SAKER_INVALID_PARAMETER);
        CHECK_INT(problems.items[0].line, 2);
        CHECK_TEXT(problems.items[0].text, "MAX_OPEN_ORDERS is not a number");
        CHECK_NEAR(set.settings[FXS_TIMED_EXIT_BARS], 5, 0);
    }
}

/* Every number as the C library reads it. */
static void shouldReadNumbersExactly(void) {
    uint64_t seed = 4;
    for (int i = 0; i < 200000; i++) {
        char text[40];
        double number;
        snprintf(text, sizeof text, "%.*f", random_below(&seed, 9),
                 (random_unit(&seed) - 0.5) * pow(10, random_below(&seed, 7)));
        CHECK(saker__to_number(saker__span_of(text, strlen(text)), &number));
        CHECK_NEAR(number, strtod(text, NULL), 0);
    }
}

static void shouldReadAState(void) {
    saker__state state, read;
    saker__fresh_state(900002, &state);
    const unsigned char start[] = {0xa2, 0xbb, 0x0d, 0, 0xff, 0xff, 0xff, 0xff,
                                   0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0};
    CHECK(memcmp(&state, start, sizeof start) == 0);
    state.totalParameters = 1;
    strcpy(state.parameters[0].name, "AUTOBBS_RANGE");

    CHECK_INT(saker__parse_state((char *)&state, sizeof state, &read), 0);
    CHECK(memcmp(&state, &read, sizeof state) == 0);
    CHECK_INT(saker__parse_state((char *)&state, sizeof state - 1, &read), FXS_ESNAPSHOT);
    state.totalParameters = 201;
    CHECK_INT(saker__parse_state((char *)&state, sizeof state, &read), FXS_ESNAPSHOT);
    state.totalParameters = 1;
    memset(state.parameters[0].name, 'x', 40);
    CHECK_INT(saker__parse_state((char *)&state, sizeof state, &read), FXS_ESNAPSHOT);
}

/* Damaged texts end in an answer, whatever it is; the sanitizers watch. */
static void shouldSurviveDamage(void) {
    uint64_t seed = 1;
    for (int i = 0; i < 3000; i++) {
        size_t length = sizeof CONFIG - 1;
        char *text = malloc(length);
        memcpy(text, CONFIG, length);
        for (int k = random_below(&seed, 9); k >= 0; k--) {
            text[random_below(&seed, (int)length)] = (char)random_bits(&seed);
        }
        length -= (size_t)random_below(&seed, (int)length);
        (void)saker__parse_config(text, length, &config, &problems);
        (void)saker__parse_zones(text, length, &zones, &problems);
        (void)saker__parse_set(text, length, &set, &problems);
        free(text);
    }
    CHECK_INT(saker__parse_zones(NULL, 0, &zones, NULL), 0);
    CHECK_INT(saker__parse_set(NULL, 0, &set, NULL), 0);
}

int main(void) {
    RUN(shouldReadAConfiguration);
    RUN(shouldReadElementsWithoutContent);
    RUN(shouldSayWhatIsWrongWithAConfiguration);
    RUN(shouldReadTimeZones);
    RUN(shouldNameEveryMalformedZone);
    RUN(shouldTakeAHundredTimeZones);
    RUN(shouldReadASetFile);
    RUN(shouldRefuseASettingThatIsNoNumber);
    RUN(shouldReadNumbersExactly);
    RUN(shouldReadAState);
    RUN(shouldSurviveDamage);
    return 0;
}
