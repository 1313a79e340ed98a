/*
 * fxs: the core of Saker's native strategy library.
 *
 * An instance turns the bars it is shown into signals, and nothing else: no globals, no clock, no
 * files, no printing. The same calls in the same order give the same signals, bit for bit, and an
 * instance that was saved and loaded goes on as if nothing had happened.
 *
 * One thread at a time per instance; different instances are independent. The caller owns every
 * buffer it passes in. fxs_create allocates once, fxs_destroy frees; nothing is allocated between.
 *
 * Returns: 0 or a count is success, negative is one of FXS_E….
 */
#ifndef FXS_H
#define FXS_H

#include <stddef.h>
#include <stdint.h>

enum {
    FXS_EINVAL = -1,    /* an argument that can never be right */
    FXS_ENOMEM = -2,    /* out of memory in fxs_create or fxs_load */
    FXS_ERATES = -3,    /* too few bars, or too few periods in them */
    FXS_EBARS = -4,     /* a bar with a price that is not a positive number, to FXS_PRICE_MAX */
    FXS_ESTRATEGY = -5, /* no strategy of that id (and trend mode) */
    FXS_EPARAM = -6,    /* a setting, account figure or order outside its range */
    FXS_EQUOTE = -7,    /* bid or ask is zero, or no price */
    FXS_ECONFLICT = -8, /* settings that contradict each other */
    FXS_ESPACE = -9,    /* the caller's buffer is too small */
    FXS_ESNAPSHOT = -10, /* not a snapshot, damaged, or of another version */
    FXS_EINSTANCE = -11  /* no such instance (front end only) */
};

enum { FXS_SERIES_MAX = 10, FXS_SETTINGS = 64, FXS_ACCOUNT_FIGURES = 10, FXS_QUOTES = 6 };
/* Larger prices and volumes of a base bar are refused: nothing that is traded has them. */
#define FXS_PRICE_MAX 1e9
#define FXS_VOLUME_MAX 1e15

enum { FXS_BARS_MAX = 100000, FXS_ROWS_MAX = 200, FXS_ORDERS_MAX = 2000 };

/* Settings the core and its strategies read; the rest belongs to the caller. */
enum {
    FXS_TREND_MODE = 2,
    FXS_MAX_ACCOUNT_RISK = 5,
    FXS_MACRO_TREND = 9,
    FXS_ONE_SIDE = 11,
    FXS_USE_SL = 41,
    FXS_USE_TP = 42,
    FXS_RUN_EVERY_TICK = 43,
    FXS_MAX_OPEN_ORDERS = 45,
    FXS_IS_BACKTESTING = 46,
    FXS_DISABLE_COMPOUNDING = 47,
    FXS_TIMED_EXIT_BARS = 48,
    FXS_ORIGINAL_EQUITY = 49,
    FXS_OPERATIONAL_MODE = 50,
    FXS_INSTANCE_ID = 51,
    FXS_STRATEGY_ID = 52,
    FXS_TIMEFRAME = 53,
    FXS_ACCOUNT_RISK_PERCENT = 57,
    FXS_MAX_SPREAD = 59,
    FXS_SL_ATR_MULTIPLIER = 60,
    FXS_TP_ATR_MULTIPLIER = 61,
    FXS_ATR_PERIOD = 62,
    FXS_ORDER_ROWS = 63
};

enum { FXS_MODE_OFF = 0, FXS_MODE_ON = 1, FXS_MODE_MONITOR = 2 };

/* account[] */
enum {
    FXS_BALANCE = 1,
    FXS_EQUITY = 2,
    FXS_LEVERAGE = 4,
    FXS_CONTRACT_SIZE = 5,
    FXS_MINIMUM_STOP = 6,
    FXS_OPEN_RISK_PERCENT = 8
};

/* quotes[] */
enum { FXS_BID = 0, FXS_ASK = 1, FXS_QUOTE_CONVERSION_BID = 4, FXS_QUOTE_CONVERSION_ASK = 5 };

/* order.type */
enum {
    FXS_ORDER_BUY = 0,
    FXS_ORDER_SELL = 1,
    FXS_ORDER_BUYLIMIT = 2,
    FXS_ORDER_SELLLIMIT = 3,
    FXS_ORDER_BUYSTOP = 4,
    FXS_ORDER_SELLSTOP = 5
};

/* result.tradingSignals, a double that holds these bits */
enum {
    FXS_OPEN_BUY = 0x1,
    FXS_CLOSE_BUY = 0x2,
    FXS_UPDATE_BUY = 0x4,
    FXS_CLOSE_BUYLIMIT = 0x10,
    FXS_CLOSE_BUYSTOP = 0x80,
    FXS_OPEN_SELL = 0x10000,
    FXS_CLOSE_SELL = 0x20000,
    FXS_UPDATE_SELL = 0x40000,
    FXS_CLOSE_SELLLIMIT = 0x100000,
    FXS_CLOSE_SELLSTOP = 0x800000
};

/* One period. Prices in quote currency; time is the period's start, s since the Unix epoch on the
 * reference broker's wall clock. */
typedef struct {
    double open, high, low, close, volume;
    int32_t time;
    int32_t reserved; /* always 0 in what we write */
} fxs_bar;

#pragma pack(push, 1)
/* The same period as MetaTrader lays it out: before build 600, and since. */
typedef struct {
    uint32_t time;
    double open, low, high, close, volume; /* low before high */
} fxs_mql4_bar;

typedef struct {
    uint64_t time;
    double open, high, low, close;
    int64_t tick_volume;
    long spread;
    int64_t real_volume;
} fxs_mql5_bar;
#pragma pack(pop)

/* One order of the account as the caller knows it; unused rows are all zero. */
typedef struct {
    double ticket, instanceId, type, openTime, closeTime;
    double stopLoss, takeProfit, expiration, openPrice, closePrice;
    double lots, profit, commission, swap, isOpen;
} fxs_order;

/* One wish. brokerSL and brokerTP are distances in price, 0 means none. */
typedef struct {
    double ticketNumber, tradingSignals, lots, entryPrice;
    double brokerSL, brokerTP, internalSL, internalTP;
    double useTrailingSL, expirationTime;
} fxs_result;

/* How the caller's bars lie in memory: fxs_bar, fxs_mql5_bar or fxs_mql4_bar. */
enum { FXS_LAYOUT_C = 0, FXS_LAYOUT_MQL5 = 1, FXS_LAYOUT_MQL4 = 2 };

/* A window of base bars, oldest first, the forming bar last; read only, never kept. */
typedef struct {
    const void *bars;
    int32_t layout;
    int32_t count;
    int32_t timeframeMinutes;
} fxs_rates;

/* Daylight saving by calendar days: the nth (0 = last) weekday (0 = Sunday) of a month. Month 0
 * means none. A day has one offset. */
typedef struct {
    int32_t startMonth, startNth, startDay;
    int32_t endMonth, endNth, endDay;
    int32_t standardSeconds, daylightSeconds;
} fxs_zone;

/* timeframeMinutes 0 turns a series off. */
typedef struct {
    int32_t timeframeMinutes; /* 1 to 43200 */
    int32_t bars;             /* periods kept, 1 to FXS_BARS_MAX */
} fxs_series_spec;

enum { FXS_KEEP_WEEKENDS = 1, FXS_GOLD = 2 };

/* How an amount in quote currency becomes account currency. */
enum {
    FXS_CONVERT_NONE = 0,           /* the quote currency is the account's */
    FXS_CONVERT_DIVIDE_BY_ASK = 1,  /* account/quote, such as USDJPY: 1 / conversion ask */
    FXS_CONVERT_TIMES_BID = 2,      /* quote/account, such as GBPUSD: conversion bid */
    FXS_CONVERT_DIVIDE_BY_PRICE = 3 /* the base currency is the account's: 1 / ask */
};

/* What an instance is made for; it never changes afterwards. */
typedef struct {
    int32_t strategyId;
    int32_t trendMode;
    int32_t flags;
    int32_t conversion;
    fxs_zone broker, reference; /* bar times are moved from the first to the second */
    fxs_series_spec series[FXS_SERIES_MAX];
} fxs_setup;

/* Severities of events, numbered as syslog does. */
enum {
    FXS_EMERGENCY = 0,
    FXS_ALERT = 1,
    FXS_CRITICAL = 2,
    FXS_ERROR = 3,
    FXS_WARNING = 4,
    FXS_NOTICE = 5,
    FXS_INFO = 6,
    FXS_DEBUG = 7
};

/* Why fxs_on_bar answered 1 or 0. */
enum {
    FXS_RAN = 1,
    FXS_NOT_DUE = 2,
    FXS_NO_TRADING_DAY = 3,
    FXS_GOLD_REOPENS = 4
};

enum {
    FXS_REPORT_VALUES = 20,
    FXS_REPORT_NAME = 64,
    FXS_REPORT_EVENTS = 16,
    FXS_REPORT_TEXT = 240
};

/* How a recorded bar's time is to be written. */
enum { FXS_RECORD_SECONDS = 0, FXS_RECORD_HISTORY = 1, FXS_RECORD_ISO = 2 };

typedef struct {
    char name[FXS_REPORT_NAME];
    double value;
} fxs_report_value;

typedef struct {
    int32_t severity;
    char text[FXS_REPORT_TEXT]; /* one line */
} fxs_report_event;

/*
 * What a call has to say beside its wishes: figures to show, lines to log, a bar to record. The
 * core only fills it in; who called decides what becomes of it. Strings end with a zero; what does
 * not fit is cut off, or counted in eventsDropped.
 */
typedef struct {
    int32_t severityMax; /* set by the caller: events with a greater number are not made */
    int32_t outcome;     /* FXS_RAN …, 0 after a negative code */
    int32_t valueCount, eventCount, eventsDropped;
    int32_t hasBar, recordFormat;
    int32_t reserved;
    fxs_bar bar; /* a completed primary bar, if hasBar */
    fxs_report_value values[FXS_REPORT_VALUES];
    fxs_report_event events[FXS_REPORT_EVENTS];
} fxs_report;

/* One call. All pointers but the report's are read only; none is kept. */
typedef struct {
    const double *settings; /* FXS_SETTINGS */
    const double *account;  /* FXS_ACCOUNT_FIGURES */
    const double *quotes;   /* FXS_QUOTES */
    const fxs_order *orders;
    int32_t orderCount;
    int32_t brokerTime; /* s since the Unix epoch on the broker's wall clock */
    int32_t isForced;   /* live: run although the bar was run already */
    fxs_report *report; /* filled in by the call; may be null */
    fxs_rates rates[FXS_SERIES_MAX];
} fxs_call;

/* When an instance last ran: the start of that primary period, and when it last moved a stop, both
 * in s of reference time, or FXS_NEVER. */
typedef struct {
    int64_t lastRunTime, lastOrderUpdateTime;
} fxs_progress;

#define FXS_NEVER INT64_C(-1)

typedef struct fxs fxs;

/*
 * Makes an instance. Returns 0, FXS_EINVAL, FXS_ESTRATEGY, FXS_EPARAM (a bad series, zone, flag or
 * conversion), FXS_ERATES (a series shorter than the strategy's lookback) or FXS_ENOMEM; *out is
 * null unless 0.
 */
int fxs_create(const fxs_setup *setup, fxs **out);

/* Frees an instance; null is allowed. */
void fxs_destroy(fxs *instance);

/* What the instance was made for. */
const fxs_setup *fxs_setup_of(const fxs *instance);

/*
 * Shows the instance the newest base bars and lets the strategy decide, once per primary bar
 * (or per call with RUN_EVERY_TICK).
 *
 * rows      room for MAX_OPEN_ORDERS rows; cleared and filled only when the strategy runs
 * returns   1 if the strategy ran, 0 if it was not due, or a negative code. After a negative code
 *           the rows hold no wish.
 */
int fxs_on_bar(fxs *instance, const fxs_call *call, fxs_result *rows);

fxs_progress fxs_progress_of(const fxs *instance);

/* Makes an instance go on from where another one stopped: a bar that was run is not run again. */
void fxs_resume(fxs *instance, const fxs_progress *progress);

/* Bars of series `index` held now, and the bar `shift` periods ago (0 is forming); null outside. */
int fxs_bar_count(const fxs *instance, int index);
const fxs_bar *fxs_bar_at(const fxs *instance, int index, int shift);

/*
 * Writes the whole state of an instance.
 *
 * buffer    null to learn the size
 * returns   bytes written or needed, or FXS_EINVAL, FXS_ESPACE
 */
int fxs_save(const fxs *instance, void *buffer, int capacity);

/*
 * Makes an instance from what fxs_save wrote. Returns 0 or FXS_EINVAL, FXS_ESNAPSHOT,
 * FXS_ESTRATEGY, FXS_ENOMEM; *out is null unless 0.
 */
int fxs_load(const void *buffer, int length, fxs **out);

/* CRC-32C of `length` bytes, continued from `crc` (0 at the start). */
uint32_t fxs_crc32c(uint32_t crc, const void *bytes, size_t length);

/* Seconds to add to a broker's time to get the reference broker's, by that day's offsets. */
int32_t fxs_zone_shift_seconds(const fxs_zone *broker, const fxs_zone *reference, int64_t time);

/* 1 unless that day is Saturday, Sunday (kept with FXS_KEEP_WEEKENDS), 25 December or 1 January. */
int fxs_is_trading_day(int64_t time, int flags);

_Static_assert(sizeof(fxs_bar) == 48, "fxs_bar is CRates and mirrored in Java");
_Static_assert(sizeof(fxs_mql4_bar) == 44, "fxs_mql4_bar is packed");
_Static_assert(offsetof(fxs_mql4_bar, low) == 12, "fxs_mql4_bar has low before high");
_Static_assert(sizeof(fxs_mql5_bar) == 56 + sizeof(long), "fxs_mql5_bar: 64 bytes on Linux");
_Static_assert(sizeof(fxs_order) == 120, "fxs_order is COrderInfo and mirrored in Java");
_Static_assert(sizeof(fxs_result) == 80, "fxs_result is StrategyResults and mirrored in Java");
_Static_assert(offsetof(fxs_bar, time) == 40, "fxs_bar.time");
_Static_assert(offsetof(fxs_order, openPrice) == 64, "fxs_order.openPrice");
_Static_assert(offsetof(fxs_order, isOpen) == 112, "fxs_order.isOpen");
_Static_assert(offsetof(fxs_result, brokerSL) == 32, "fxs_result.brokerSL");

#endif
