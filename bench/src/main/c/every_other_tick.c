/*
 * The least a framework library can be: it opens a BUY on every tick whose bid ends in an even
 * digit of the fifth place. So the sender of the ticks says which of them are to be answered.
 */
#include <math.h>

enum { RESULT_FIELDS = 10, OPEN_BUY = 1, ALL_TICKETS = -1 };

typedef struct rates rates;

#pragma GCC visibility push(default)

int initInstanceC(int instance_id, int is_testing, char *config_path, char *account_name)
{
    (void)instance_id, (void)is_testing, (void)config_path, (void)account_name;
    return 0;
}

void deinitInstance(int instance_id)
{
    (void)instance_id;
}

void getFrameworkVersion(int *major, int *minor, int *bugfix)
{
    *major = 4;
    *minor = 5;
    *bugfix = 10;
}

int C_getConversionSymbols(char *symbol, char *currency, char *out_base, char *out_quote)
{
    (void)symbol, (void)currency;
    *out_base = '\0';
    *out_quote = '\0';
    return 0;
}

int c_runStrategy(double *settings, char *symbol, char *currency, char *broker, char *ref_broker,
                  int *broker_time, int *open_orders, void *orders, double *account,
                  double *bid_ask, void *rates_info, rates *r0, rates *r1, rates *r2, rates *r3,
                  rates *r4, rates *r5, rates *r6, rates *r7, rates *r8, rates *r9, double *results)
{
    (void)settings, (void)symbol, (void)currency, (void)broker, (void)ref_broker;
    (void)broker_time, (void)open_orders, (void)orders, (void)account, (void)rates_info;
    (void)r0, (void)r1, (void)r2, (void)r3, (void)r4, (void)r5, (void)r6, (void)r7, (void)r8;
    (void)r9;
    for (int i = 0; i < RESULT_FIELDS; i++) {
        results[i] = 0;
    }
    if (lround(bid_ask[0] * 1e5) % 2 == 0) {
        results[0] = ALL_TICKETS;
        results[1] = OPEN_BUY;
        results[2] = 0.01;   /* lots */
        results[4] = 0.0045; /* stop, as a distance */
    }
    return 0;
}

#pragma GCC visibility pop
