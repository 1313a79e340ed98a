/*
 * Libraries that are wrong on purpose, for the tests of whoever loads one. One definition chooses:
 * BAD_ABI (another major version), BAD_NAN (rows of NaN), BAD_ABORT (ends the process in a call),
 * BAD_LOOP (never comes back from a call), BAD_MISSING_EXPORT (has no c_runStrategy). Without one
 * it is a library that works and wishes nothing.
 */
#include <math.h>
#include <stdlib.h>

#include "saker_abi.h"

int initInstanceC(int instanceId, int isTesting, char *configPath, char *accountName) {
    (void)instanceId;
    (void)isTesting;
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
    (void)symbol, (void)accountCurrency;
    base[0] = quote[0] = 0;
    return SAKER_SUCCESS;
}

#ifndef BAD_MISSING_EXPORT
int c_runStrategy(SAKER_RUN_PARAMETERS(char, CRates)) {
    (void)symbol, (void)accountCurrency, (void)broker, (void)refBroker, (void)brokerTime;
    (void)openOrdersCount, (void)orders, (void)accountInfo, (void)bidAsk, (void)ratesInfo;
    (void)r0, (void)r1, (void)r2, (void)r3, (void)r4, (void)r5, (void)r6, (void)r7, (void)r8;
    (void)r9, (void)settings, (void)outResults;
#ifdef BAD_NAN
    fxs_result *rows = (fxs_result *)(void *)outResults;
    for (int i = 0; i < (int)settings[FXS_MAX_OPEN_ORDERS]; i++) {
        rows[i] = (fxs_result){.ticketNumber = -1, .tradingSignals = FXS_OPEN_BUY, .lots = NAN,
                               .entryPrice = NAN, .brokerSL = NAN, .brokerTP = NAN};
    }
#endif
#ifdef BAD_ABORT
    abort();
#endif
#ifdef BAD_LOOP
    for (volatile int forever = 1; forever;) {
    }
#endif
    return SAKER_SUCCESS;
}
#endif
