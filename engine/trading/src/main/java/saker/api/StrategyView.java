package saker.api;

/**
 * One strategy instance.
 *
 * @param status RUNNING, DISABLED, WARMING_UP or ERROR
 * @param profitE8 realised by its trades, account currency
 * @param lastRunNs market time of its last call, 0 for never
 */
public record StrategyView(
        long instanceId,
        int accountId,
        String name,
        String symbol,
        String status,
        String detail,
        long profitE8,
        long openProfitE8,
        int openTrades,
        long runs,
        long signals,
        long lastRunNs) {}
