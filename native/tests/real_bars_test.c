/*
 * Every strategy trades on real hourly bars: pounds in yen, and bitcoin with its weekends. Needs
 * SAKER_DATA, the folder of sample data, and is skipped without.
 */
#include "harness.h"
#include "market.h"

enum { ID = 81, BARS_MAX = 80000, SKIPPED = 77, YEARS_BARS = 16000 };

static fxs_bar bars[BARS_MAX];
static int count;

/* Days since the epoch of a civil date. */
static int day_of(int year, int month, int day) {
    year -= month <= 2;
    int era = year / 400, ofEra = year - era * 400;
    int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468;
}

static void read_bars(const char *folder, const char *name) {
    char command[1200], line[200];
    snprintf(command, sizeof command, "gzip -dc '%s/bars/%s.csv.gz'", folder, name);
    FILE *pipe = popen(command, "r");
    CHECK(pipe != NULL);
    count = 0;
    while (count < BARS_MAX && fgets(line, sizeof line, pipe) != NULL) {
        int day, month, year, hour, minute;
        fxs_bar b = {0};
        CHECK_INT(sscanf(line, "%d/%d/%d %d:%d,%lf,%lf,%lf,%lf,%lf", &day, &month, &year, &hour,
                         &minute, &b.open, &b.high, &b.low, &b.close, &b.volume), 10);
        b.time = day_of(2000 + year, month, day) * 86400 + hour * 3600 + minute * 60;
        bars[count++] = b;
    }
    CHECK_INT(pclose(pipe), 0);
    CHECK(count > YEARS_BARS);
}

typedef struct {
    int id, timeframe, bars, minTrades;
} kind;

static const kind kinds[] = {
    {29, 60, 60, 20},   {1000, 60, 60, 500},  {1001, 60, 60, 200},  {1002, 60, 130, 50},
    {1003, 60, 60, 20},  {1004, 60, 60, 100},  {1005, 60, 130, 200}, {1006, 60, 60, 50},
    {1007, 60, 100, 50}, {1008, 60, 60, 50},   {1009, 1440, 270, 1},
};

static int trades_of(const kind *k, const char *symbol, double spread, double contract) {
    CHECK_INT(initInstanceC(ID, 1, (char *)market_config(), ""), 0);
    caller c = caller_of(ID, k->id, k->timeframe);
    caller_series(&c, 0, k->timeframe, k->bars, 60);
    caller_series(&c, 4, 1440, 40, 60);
    c.settings[FXS_TREND_MODE] = k->id == 29 ? 102 : 0;
    c.symbol = symbol;
    c.spread = spread;
    c.account[FXS_CONTRACT_SIZE] = contract;
    c.quotes[FXS_QUOTE_CONVERSION_BID] = 109.99;
    c.quotes[FXS_QUOTE_CONVERSION_ASK] = 110;
    int first = count - YEARS_BARS, window = caller_window(&c), trades = 0;
    for (int i = first > window ? first : window; i < count; i++) {
        CHECK_INT(caller_step(&c, bars, i), 0);
        for (int row = 0; row < MARKET_ROWS; row++) {
            const fxs_result *r = &c.rows[row];
            if (((int)r->tradingSignals & (FXS_OPEN_BUY | FXS_OPEN_SELL)) != 0) {
                CHECK(isfinite(r->lots) && r->lots > 0 && r->brokerSL > spread);
                CHECK(r->brokerSL < 0.5 * bars[i].open);
                trades++;
            }
        }
        caller_fill(&c);
    }
    deinitInstance(ID);
    return trades;
}

static void check_market(const char *folder, const char *file, const char *symbol, double spread,
                         double contract) {
    read_bars(folder, file);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        int trades = trades_of(&kinds[i], symbol, spread, contract);
        printf("%s, strategy %d: %d trades in %d hours\n", symbol, kinds[i].id, trades,
               YEARS_BARS);
        CHECK(trades >= kinds[i].minTrades);
    }
}

int main(void) {
    const char *folder = getenv("SAKER_DATA");
    if (folder == NULL || folder[0] == 0) {
        printf("skipped: SAKER_DATA is not set\n");
        return SKIPPED;
    }
    check_market(folder, "GBPJPY_60", "GBPJPY", 0.02, 100000);
    check_market(folder, "BTCUSD_60", "BTCUSD", 5, 1);
    return 0;
}
