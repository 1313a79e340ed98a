/**
 * Prices of the past, recorded or generated.
 *
 * <p>{@link saker.history.MarketSource} is a market to be pulled, price by price: {@link
 * saker.history.GeneratedPrices} (seeded) or {@link saker.history.ReplayedTicks} (Lean tick files,
 * read by {@link saker.history.TickFile}). {@link saker.history.CandleHistory} serves candles of
 * every period: feed it every price of the market, in order.
 *
 * <p>Everything generated depends on the seed, the models and the start alone, so a restarted
 * process that pulls the same market up to the same time has the same prices and candles.
 */
package saker.history;
