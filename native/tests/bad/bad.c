/*
 * Libraries that are wrong on purpose, for the tests of whoever loads one. Without a definition it
 * is a library that works and wishes nothing; one definition chooses what is wrong:
 *
 *   at loading   BAD_MISSING_EXPORT  no c_runStrategy
 *                BAD_ABI             another major version
 *                BAD_INIT_FAILS      initInstanceC answers 3023
 *                BAD_LATE_INIT=n     initInstanceC answers 3028 n times, then works (not wrong)
 *                BAD_STRINGS         conversion symbols of 256 bytes without an end
 *                BAD_LONG_STRINGS    conversion symbols longer than the caller's 256 bytes
 *   in the rows  BAD_NAN, BAD_INF    lots, entry and distances that are no numbers
 *                BAD_NEGATIVE        lots, ticket and distances below zero
 *                BAD_HUGE            lots and prices far beyond any market
 *                BAD_BITS            signal bits that mean nothing
 *                BAD_FRACTION        signal bits that are no whole number
 *                BAD_RANDOM          other lots at each run of the same calls
 *   in memory    BAD_ROWS            writes rows of 88 bytes, so beyond the results
 *                BAD_MORE_ROWS       writes one row more than MAX_OPEN_ORDERS
 *                BAD_INPUTS          changes settings, rates and orders
 *                BAD_LEAK=bytes      keeps that much at each call
 *   in the call  BAD_ABORT, BAD_SEGFAULT, BAD_STACK (endless recursion), BAD_EXIT (exit(0)),
 *                BAD_LOOP            never comes back
 *                BAD_CRASH_AT=n, BAD_LOOP_AT=n   works, and does it at the nth call of the process
 *                BAD_CRASH_OF=id     does it at each call of that instance; of others it works, and
 *                                    each call of theirs wishes
 *                BAD_SLOW=ms         takes that long
 *                BAD_NOISE           prints a line on stdout and on stderr
 *                BAD_NULL            reads what it was given without looking whether it is null
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "saker_abi.h"

int initInstanceC(int instanceId, int isTesting, char *configPath, char *accountName) {
    (void)instanceId;
    (void)isTesting;
#ifdef BAD_INIT_FAILS
    return SAKER_INVALID_CONFIG;
#endif
#ifdef BAD_LATE_INIT
    static int tries;
    if (__atomic_fetch_add(&tries, 1, __ATOMIC_RELAXED) < BAD_LATE_INIT) {
        return 3028;
    }
#endif
    return configPath == NULL || accountName == NULL ? SAKER_NULL_POINTER : SAKER_SUCCESS;
}

void deinitInstance(int instanceId) {
    (void)instanceId;
}

void getFrameworkVersion(int *major, int *minor, int *bugfix) {
#ifdef BAD_ABI
    *major = 3;
    *minor = 0;
    *bugfix = 0;
#else
    *major = 4;
    *minor = 5;
    *bugfix = 10;
#endif
}

int C_getConversionSymbols(char *symbol, char *accountCurrency, char *base, char *quote) {
    if (symbol == NULL || accountCurrency == NULL || base == NULL || quote == NULL) {
        return SAKER_NULL_POINTER;
    }
#if defined BAD_STRINGS
    memset(base, 0xA7, 256);
    memset(quote, 'Q', 256);
#elif defined BAD_LONG_STRINGS
    for (volatile int i = 0; i < 300; i++) {
        base[i] = quote[i] = 'L';
    }
    base[300] = quote[300] = 0;
#else
    base[0] = quote[0] = 0;
#endif
    return SAKER_SUCCESS;
}

#ifndef BAD_MISSING_EXPORT

/* The nth call of the process, from 1. */
static inline int nth_call(void) {
    static int calls;
    return __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
}

static inline void segfault(void) {
    volatile int *volatile nowhere = NULL;
    *nowhere = 1;
}

static inline void loop(void) {
    for (volatile int forever = 1; forever;) {
    }
}

#ifdef BAD_STACK
static int (*volatile again)(int);
static int recurse(int depth) {
    volatile char frame[256];
    frame[depth & 255] = (char)depth;
    return again(depth + 1) + frame[0];
}
#endif

/* What one row says, with what is wrong in it. */
static inline fxs_result bad_row(void) {
    fxs_result row = {.ticketNumber = -1, .tradingSignals = FXS_OPEN_BUY, .lots = 0.1,
                      .entryPrice = 1.1, .brokerSL = 0.005, .brokerTP = 0.01};
#if defined BAD_NAN
    row.lots = row.entryPrice = row.brokerSL = row.brokerTP = NAN;
#elif defined BAD_INF
    row.lots = row.entryPrice = row.brokerSL = row.brokerTP = INFINITY;
#elif defined BAD_NEGATIVE
    row.ticketNumber = -7;
    row.lots = -0.1;
    row.brokerSL = row.brokerTP = -0.005;
#elif defined BAD_HUGE
    row.ticketNumber = 1e300;
    row.lots = row.entryPrice = row.brokerSL = row.brokerTP = 1e18;
#elif defined BAD_BITS
    row.tradingSignals = 0x40000000;
#elif defined BAD_FRACTION
    row.tradingSignals = 1.5;
#elif defined BAD_RANDOM
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    row.lots = 0.01 * (double)(1 + now.tv_nsec / 100 % 97);
#endif
    return row;
}

static inline void fill(double *settings, double *outResults) {
    int count = (int)settings[FXS_MAX_OPEN_ORDERS];
    size_t stride = sizeof(fxs_result);
#ifdef BAD_MORE_ROWS
    count++;
#endif
#ifdef BAD_ROWS
    stride += sizeof(double);
#endif
    for (int i = 0; i < count; i++) {
        char row[sizeof(fxs_result) + sizeof(double)] = {0};
        fxs_result bad = bad_row();
        bad.tradingSignals = i == 0 ? bad.tradingSignals : 0;
        memcpy(row, &bad, sizeof bad);
        memset(row + sizeof bad, 0x5A, sizeof row - sizeof bad);
        memcpy((char *)outResults + (size_t)i * stride, row, stride);
    }
}

int c_runStrategy(SAKER_RUN_PARAMETERS(char, CRates)) {
    (void)symbol, (void)accountCurrency, (void)broker, (void)refBroker, (void)brokerTime;
    (void)openOrdersCount, (void)orders, (void)accountInfo, (void)bidAsk, (void)ratesInfo;
    (void)r1, (void)r2, (void)r3, (void)r4, (void)r5, (void)r6, (void)r7, (void)r8, (void)r9;
#ifndef BAD_NULL
    if (settings == NULL || symbol == NULL || accountCurrency == NULL || broker == NULL
        || refBroker == NULL || brokerTime == NULL || openOrdersCount == NULL || orders == NULL
        || accountInfo == NULL || bidAsk == NULL || ratesInfo == NULL || r0 == NULL
        || r1 == NULL || r2 == NULL || r3 == NULL || r4 == NULL || r5 == NULL || r6 == NULL
        || r7 == NULL || r8 == NULL || r9 == NULL || outResults == NULL) {
        return SAKER_NULL_POINTER;
    }
#endif
    int call = nth_call();
    (void)call;

#if defined BAD_NAN || defined BAD_INF || defined BAD_NEGATIVE || defined BAD_HUGE                 \
    || defined BAD_BITS || defined BAD_FRACTION || defined BAD_RANDOM || defined BAD_ROWS          \
    || defined BAD_MORE_ROWS || defined BAD_CRASH_OF
    fill(settings, outResults);
#else
    (void)fill, (void)segfault, (void)loop;
#endif

#if defined BAD_INPUTS
    settings[FXS_ACCOUNT_RISK_PERCENT] += 1;
    r0[0].close += 0.001;
    orders[0].lots = 99;
#elif defined BAD_LEAK
    static char *volatile kept;
    kept = malloc(BAD_LEAK);
    if (kept != NULL) {
        memset(kept, call, BAD_LEAK);
    }
#elif defined BAD_ABORT
    abort();
#elif defined BAD_SEGFAULT
    segfault();
#elif defined BAD_STACK
    again = recurse;
    return again(call) == 0 ? SAKER_SUCCESS : SAKER_INVALID_PARAMETER;
#elif defined BAD_EXIT
    exit(0);
#elif defined BAD_LOOP
    loop();
#elif defined BAD_CRASH_AT
    if (call == BAD_CRASH_AT) {
        segfault();
    }
#elif defined BAD_CRASH_OF
    if ((int)settings[FXS_INSTANCE_ID] == BAD_CRASH_OF) {
        segfault();
    }
#elif defined BAD_LOOP_AT
    if (call == BAD_LOOP_AT) {
        loop();
    }
#elif defined BAD_SLOW
    nanosleep(&(struct timespec){.tv_nsec = BAD_SLOW * 1000000L}, NULL);
#elif defined BAD_NOISE
    printf("call %d\n", call);
    fflush(stdout);
    fprintf(stderr, "still at call %d\n", call);
#elif defined BAD_NULL
    outResults[0] = 0 * (settings[0] + bidAsk[0] + accountInfo[0] + orders[0].lots
                         + ratesInfo[0].isEnabled + r0[0].close + *brokerTime + *symbol
                         + *accountCurrency + *broker + *refBroker + *openOrdersCount);
#endif
    return SAKER_SUCCESS;
}
#endif
