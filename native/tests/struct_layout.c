/*
 * Prints what this platform's compiler makes of the interface's structures: "Name size", and
 * "Name.field offset" for each field. The Java tests hold what they write and read against it.
 */
#include <stdio.h>

#include "saker_abi.h"

#define SIZE(S) printf(#S " %zu\n", sizeof(S))
#define AT(S, F) printf(#S "." #F " %zu\n", offsetof(S, F))

int main(void) {
    SIZE(CRates);
    AT(CRates, open), AT(CRates, high), AT(CRates, low), AT(CRates, close), AT(CRates, volume);
    AT(CRates, time);

    SIZE(Mql4Rates);
    AT(Mql4Rates, time), AT(Mql4Rates, open), AT(Mql4Rates, low), AT(Mql4Rates, high);
    AT(Mql4Rates, close), AT(Mql4Rates, volume);

    SIZE(Mql5Rates);
    AT(Mql5Rates, time), AT(Mql5Rates, open), AT(Mql5Rates, high), AT(Mql5Rates, low);
    AT(Mql5Rates, close), AT(Mql5Rates, tick_volume), AT(Mql5Rates, spread);
    AT(Mql5Rates, real_volume);

    SIZE(Mql4String);
    AT(Mql4String, length), AT(Mql4String, string);

    SIZE(COrderInfo);
    AT(COrderInfo, ticket), AT(COrderInfo, instanceId), AT(COrderInfo, type);
    AT(COrderInfo, openTime), AT(COrderInfo, closeTime), AT(COrderInfo, stopLoss);
    AT(COrderInfo, takeProfit), AT(COrderInfo, expiration), AT(COrderInfo, openPrice);
    AT(COrderInfo, closePrice), AT(COrderInfo, lots), AT(COrderInfo, profit);
    AT(COrderInfo, commission), AT(COrderInfo, swap), AT(COrderInfo, isOpen);

    SIZE(CRatesInfo);
    AT(CRatesInfo, isEnabled), AT(CRatesInfo, requiredTimeframe);
    AT(CRatesInfo, totalBarsRequired), AT(CRatesInfo, actualTimeframe);
    AT(CRatesInfo, ratesArraySize), AT(CRatesInfo, point), AT(CRatesInfo, digits);

    SIZE(StrategyResults);
    AT(StrategyResults, ticketNumber), AT(StrategyResults, tradingSignals);
    AT(StrategyResults, lots), AT(StrategyResults, entryPrice), AT(StrategyResults, brokerSL);
    AT(StrategyResults, brokerTP), AT(StrategyResults, internalSL);
    AT(StrategyResults, internalTP), AT(StrategyResults, useTrailingSL);
    AT(StrategyResults, expirationTime);
    return 0;
}
