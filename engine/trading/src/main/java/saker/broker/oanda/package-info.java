/**
 * OANDA v20: REST and chunked streams on the Vert.x HTTP client.
 *
 * <p>Price lines go from the chunk to the journal without an allocation: {@link
 * saker.broker.oanda.LineBuffer} cuts lines, {@link saker.broker.oanda.PriceLineParser} reads one,
 * {@link saker.broker.oanda.TickGate} judges it, {@link saker.broker.oanda.JournalTickSink} appends
 * it. Orders, transactions and accounts use Jackson. Transactions reach the journal through one
 * {@link saker.broker.oanda.TransactionSequencer}, whichever way they arrive.
 */
package saker.broker.oanda;
