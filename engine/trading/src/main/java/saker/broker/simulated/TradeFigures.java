package saker.broker.simulated;

/** What an open trade is worth at the last price; E8 in account currency, four decimals. */
public record TradeFigures(long unrealizedPlE8, long marginUsedE8) {}
