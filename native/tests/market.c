#include "market.h"

#include "harness.h"

fxs_bar *market_bars(uint64_t seed, int count, int minutes, int32_t start, int gapPercent) {
    fxs_bar *bars = calloc((size_t)count, sizeof *bars);
    double price = 1.1, step = 0.00008 * sqrt(minutes);
    int32_t time = start;
    for (int i = 0; i < count; i++) {
        while (random_below(&seed, 100) < gapPercent) {
            time += 60 * minutes;
        }
        fxs_bar bar = {price, price, price, price, 0, time, 0};
        for (int tick = 0; tick < 4; tick++) {
            price *= 1 + step * (random_unit(&seed) + random_unit(&seed) - 1);
            bar.high = fmax(bar.high, price);
            bar.low = fmin(bar.low, price);
            bar.volume++;
        }
        bar.close = price;
        bars[i] = bar;
        time += 60 * minutes;
    }
    return bars;
}

caller caller_of(int instanceId, int strategyId, int minutes) {
    caller c;
    memset(&c, 0, sizeof c);
    c.settings[FXS_USE_SL] = 1;
    c.settings[FXS_MAX_OPEN_ORDERS] = 1;
    c.settings[FXS_IS_BACKTESTING] = 1;
    c.settings[FXS_ORIGINAL_EQUITY] = 100000;
    c.settings[FXS_OPERATIONAL_MODE] = FXS_MODE_ON;
    c.settings[FXS_INSTANCE_ID] = instanceId;
    c.settings[FXS_STRATEGY_ID] = strategyId;
    c.settings[FXS_TIMEFRAME] = minutes;
    c.settings[FXS_ACCOUNT_RISK_PERCENT] = 1;
    c.settings[FXS_ORDER_ROWS] = 2;
    c.account[FXS_BALANCE] = 100000;
    c.account[FXS_EQUITY] = 100000;
    c.account[FXS_LEVERAGE] = 30;
    c.account[FXS_CONTRACT_SIZE] = 100000;
    for (int i = 2; i < FXS_QUOTES; i++) {
        c.quotes[i] = 1;
    }
    c.spread = 0.0001;
    c.symbol = "EURUSD";
    c.currency = "USD";
    c.broker = "UTC";
    c.reference = "UTC";
    caller_series(&c, 0, minutes, 60, minutes);
    return c;
}

void caller_series(caller *c, int index, int timeframe, int bars, int minutes) {
    CRatesInfo *info = &c->info[index];
    info->isEnabled = 1;
    info->requiredTimeframe = timeframe;
    info->totalBarsRequired = bars;
    info->actualTimeframe = minutes;
    /* 1.2 is what the interface asks for; these bars have weekends, which are dropped. */
    info->ratesArraySize = (int)(bars * 1.5 * timeframe / minutes) + 2880 / minutes;
}

void caller_autobbs(caller *c, int minutes) {
    static const int timeframes[] = {0, 60, 60, 240, 1440, 10080};
    static const int bars[] = {60, 60, 60, 60, 40, 4};
    caller_series(c, 0, minutes, bars[0], minutes);
    for (int i = 1; i < 6; i++) {
        caller_series(c, i, timeframes[i], bars[i], minutes);
    }
    c->settings[FXS_TREND_MODE] = 102;
}

int caller_window(const caller *c) {
    int window = 0;
    for (int i = 0; i < MARKET_SERIES; i++) {
        int size = c->info[i].isEnabled != 0 ? (int)c->info[i].ratesArraySize : 0;
        window = size > window ? size : window;
    }
    return window;
}

int caller_call(caller *c) {
    CRates *w = (CRates *)c->window; /* The interface knows no const. */
    return c_runStrategy(c->settings, (char *)c->symbol, (char *)c->currency, (char *)c->broker,
                         (char *)c->reference, &c->brokerTime, c->openOrders, c->orders,
                         c->account, c->quotes, c->info, w, w, w, w, w, w, w, w, w, w,
                         (double *)c->rows);
}

static void close_at(caller *c, fxs_order *order, double price) {
    order->isOpen = 0;
    order->closePrice = price;
    order->closeTime = c->brokerTime;
}

static void try_levels(caller *c, const fxs_bar *bar) {
    for (int i = 0; i < MARKET_ORDERS; i++) {
        fxs_order *order = &c->orders[i];
        if (order->isOpen == 0) {
            continue;
        }
        int isLong = order->type == FXS_ORDER_BUY;
        double low = isLong ? bar->low : bar->low + c->spread;
        double high = isLong ? bar->high : bar->high + c->spread;
        double below = isLong ? order->stopLoss : order->takeProfit;
        double above = isLong ? order->takeProfit : order->stopLoss;
        if (below > 0 && low <= below) {
            close_at(c, order, below);
        } else if (above > 0 && high >= above) {
            close_at(c, order, above);
        }
    }
}

int caller_step(caller *c, fxs_bar *bars, int i) {
    fxs_bar whole = bars[i];
    bars[i] = (fxs_bar){whole.open, whole.open, whole.open, whole.open, 0, whole.time, 0};
    c->brokerTime = whole.time;
    c->quotes[FXS_BID] = whole.open;
    c->quotes[FXS_ASK] = whole.open + c->spread;
    if (i > 0) {
        try_levels(c, &bars[i - 1]);
    }
    int window = caller_window(c);
    CHECK(i + 1 >= window);
    c->window = bars + i + 1 - window;
    for (int index = 0; index < MARKET_SERIES; index++) {
        c->info[index].ratesArraySize = c->info[index].isEnabled != 0 ? window : 0;
    }
    memset(c->rows, 0, sizeof c->rows);
    int code = caller_call(c);
    bars[i] = whole;
    return code;
}

static fxs_order *find_ticket(caller *c, double ticket) {
    for (int i = 0; i < MARKET_ORDERS; i++) {
        if (c->orders[i].isOpen != 0 && c->orders[i].ticket == ticket) {
            return &c->orders[i];
        }
    }
    return NULL;
}

/* Open orders first, then the latest closed; the oldest falls out. */
static fxs_order *new_order(caller *c) {
    int rows = (int)c->settings[FXS_ORDER_ROWS];
    memmove(&c->orders[1], &c->orders[0], (size_t)(rows - 1) * sizeof c->orders[0]);
    memset(&c->orders[0], 0, sizeof c->orders[0]);
    return &c->orders[0];
}

static void open_order(caller *c, const fxs_result *row, int isLong) {
    fxs_order *order = new_order(c);
    double price = c->quotes[isLong ? FXS_ASK : FXS_BID], sign = isLong ? 1 : -1;
    order->ticket = ++c->tickets;
    order->instanceId = c->settings[FXS_INSTANCE_ID];
    order->type = isLong ? FXS_ORDER_BUY : FXS_ORDER_SELL;
    order->openTime = c->brokerTime;
    order->openPrice = price;
    order->lots = row->lots;
    order->stopLoss = row->brokerSL > 0 ? price - sign * row->brokerSL : 0;
    order->takeProfit = row->brokerTP > 0 ? price + sign * row->brokerTP : 0;
    order->isOpen = 1;
}

void caller_fill(caller *c) {
    for (int i = 0; i < (int)c->settings[FXS_MAX_OPEN_ORDERS]; i++) {
        const fxs_result *row = &c->rows[i];
        int signals = (int)row->tradingSignals;
        fxs_order *order = find_ticket(c, row->ticketNumber);
        if ((signals & (FXS_CLOSE_BUY | FXS_CLOSE_SELL)) != 0 && order != NULL) {
            if (row->lots < order->lots) {
                order->lots -= row->lots;
            } else {
                close_at(c, order, c->quotes[(signals & FXS_CLOSE_BUY) != 0 ? FXS_BID : FXS_ASK]);
            }
        }
        if ((signals & FXS_UPDATE_BUY) != 0 && order != NULL) {
            order->stopLoss = c->quotes[FXS_ASK] - row->brokerSL;
        }
        if ((signals & FXS_UPDATE_SELL) != 0 && order != NULL) {
            order->stopLoss = c->quotes[FXS_BID] + row->brokerSL;
        }
        if ((signals & (FXS_OPEN_BUY | FXS_OPEN_SELL)) != 0) {
            open_order(c, row, (signals & FXS_OPEN_BUY) != 0);
        }
    }
}

/* Left alone if it is so already: writing a file anew may wait for the disk. */
static int is_written(const char *path, const char *text) {
    char found[4096];
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return 0;
    }
    size_t length = fread(found, 1, sizeof found, file);
    fclose(file);
    return length == strlen(text) && memcmp(found, text, length) == 0;
}

static void write_text(const char *path, const char *text) {
    if (is_written(path, text)) {
        return;
    }
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    CHECK(fputs(text, file) >= 0);
    CHECK(fclose(file) == 0);
}

const char *market_config(void) {
    write_text("test-broker-tz.csv",
               "\"Broker\";\"M\";\"N\";\"D\";\"T\";\"M\";\"N\";\"D\";\"T\";\"S\";\"D\";\"W\";\"H\";"
               "\"W\";\"H\"\n"
               "\"Local\";10;0;0;\"02:00\";4;0;0;\"02:00\";10;11;1;\"00:00\";5;\"22:00\"\n"
               "\"UTC\";0;0;0;\"00:00\";0;0;0;\"00:00\";0;0;1;\"00:00\";6;\"00:00\"\n"
               "\"Europe East\";3;0;0;\"02:00\";10;0;0;\"3:00\";2;3;1;\"00:00\";5;\"22:00\"\n"
               "\"New York\";3;2;0;\"02:00\";11;1;0;\"02:00\";-5;-4;0;\"17:00\";5;\"17:00\"\n");
    write_text("test-config.xml",
               "<?xml version=\"1.0\"?>\n<!-- <Folder> in a comment -->\n<Config>\n"
               "<TempFileFolderPath>tmp</TempFileFolderPath>\n"
               "<ConfigPaths>\n <ConfigFolderPath> . </ConfigFolderPath>\n"
               " <BrokerTZFilename>test-broker-tz.csv</BrokerTZFilename>\n"
               " <ParamSpaceFilenameExtension>.set</ParamSpaceFilenameExtension></ConfigPaths>\n"
               "<Logging><Folder>log</Folder><MaxSeverity>2</MaxSeverity>\n"
               "<EnableEquityLog>0</EnableEquityLog><EnableEntryLog>0</EnableEntryLog>\n"
               "<barsToLog>1</barsToLog></Logging> stray & text\n"
               "<NTP><TimeSource>none</TimeSource></NTP>\n"
               "<TradingWeekBoundaries><CropMondayHours>4</CropMondayHours>"
               "</TradingWeekBoundaries>\n");
    return "test-config.xml";
}
