#include "library.h"

#include <dlfcn.h>

#include "harness.h"
#include "saker_abi.h"

static void *handle;

void library_open(const char *path) {
    handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
}

void *library_find(const char *name) {
    return dlsym(handle, name);
}

static void *look_up(const char *name) {
    void *symbol = library_find(name);
    if (symbol == NULL) {
        fprintf(stderr, "not exported: %s\n", name);
        exit(1);
    }
    return symbol;
}

/* Defines NAME as a call of the library's NAME. */
#define FORWARD(RESULT, NAME, PARAMETERS, ARGUMENTS)                                               \
    RESULT NAME PARAMETERS {                                                                       \
        RESULT(*function) PARAMETERS;                                                              \
        *(void **)&function = look_up(#NAME);                                                      \
        return function ARGUMENTS;                                                                 \
    }

FORWARD(int, initInstanceMQL4, (int id, int isTesting, Mql4String *path), (id, isTesting, path))
FORWARD(int, initInstanceMQL5, (int id, int isTesting, char *path), (id, isTesting, path))
FORWARD(int, initInstanceC, (int id, int isTesting, char *path, char *account),
        (id, isTesting, path, account))
FORWARD(void, deinitInstance, (int id), (id))
FORWARD(void, getFrameworkVersion, (int *major, int *minor, int *bugfix), (major, minor, bugfix))
FORWARD(int, jf_runStrategy, (double *settings, double *outResults), (settings, outResults))
FORWARD(int, fxs_snapshot, (int id, void *buffer, int capacity), (id, buffer, capacity))
FORWARD(int, fxs_restore, (int id, const void *buffer, int length), (id, buffer, length))

#define RUN_ARGUMENTS                                                                              \
    (settings, symbol, accountCurrency, broker, refBroker, brokerTime, openOrdersCount, orders,    \
     accountInfo, bidAsk, ratesInfo, r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, outResults)

FORWARD(int, c_runStrategy, (SAKER_RUN_PARAMETERS(char, CRates)), RUN_ARGUMENTS)
FORWARD(int, mql4_runStrategy, (SAKER_RUN_PARAMETERS(Mql4String, Mql4Rates)), RUN_ARGUMENTS)
FORWARD(int, mql5_runStrategy, (SAKER_RUN_PARAMETERS(char, Mql5Rates)), RUN_ARGUMENTS)

FORWARD(int, C_getConversionSymbols, (char *symbol, char *currency, char *base, char *quote),
        (symbol, currency, base, quote))
FORWARD(int, mql5_getConversionSymbols, (char *symbol, char *currency, char *base, char *quote),
        (symbol, currency, base, quote))
