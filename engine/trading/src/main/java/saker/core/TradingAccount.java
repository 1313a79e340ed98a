package saker.core;

/**
 * An account as the core sees it.
 *
 * @param index as in the records
 * @param name of our own
 * @param currency of the account: {@code USD}
 * @param hedging whether it holds long and short trades of one instrument at a time
 */
public record TradingAccount(int index, String name, String currency, boolean hedging) {}
