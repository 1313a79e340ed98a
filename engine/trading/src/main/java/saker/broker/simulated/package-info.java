/**
 * An OANDA-like account over the prices it is fed, for paper trading, backtests and the venue.
 *
 * <p>{@link saker.broker.simulated.SimulatedBroker} is a deterministic state machine: prices
 * ({@code onPrice}), time ({@code onTime}) and requests go in, {@link
 * saker.broker.simulated.Transaction}s come out. A request returns an {@link
 * saker.broker.simulated.Outcome} whose entries carry the member of OANDA's answer they belong to.
 * {@link saker.broker.simulated.BrokerStateStore} keeps it in a folder; save before anything is
 * acknowledged, and a kill loses nothing acknowledged.
 *
 * <p>This is the fill model {@code tick}: everything fills wholly at the quote, buys at the ask,
 * sells at the bid.
 *
 * <h2>Money rules</h2>
 *
 * <ul>
 *   <li>Money is E8 in account currency and always a multiple of 0.0001: profit, financing, spread
 *       cost, margin and position value are each rounded once, half-up (ties away from zero), to
 *       four decimals; sums are sums of rounded figures. So {@code NAV = balance + unrealizedPL}
 *       and {@code marginAvailable = max(0, NAV − marginUsed)} hold exactly.
 *   <li>Profit of a trade = units × (close − open) in quote currency, × conversion factor.
 *   <li>A conversion factor is a quote of the pair, its reciprocal, or the product of two legs over
 *       a third currency (dollars first), rounded half-up to 14 decimals after each leg. Gains use
 *       the worse side (the smaller factor), losses the worse side again (the larger one), values
 *       and margins the mid. The factors used stand in the fill.
 *   <li>Financing at 17:00 New York = units × mid price × rate ÷ 365 × days, converted at the worse
 *       side, per trade. Rates are annual, for long and short units. Days: one from Monday to
 *       Friday, three on Wednesday, none on Saturday and Sunday.
 *   <li>Position value and margin of an instrument count its larger side, at mid prices; the margin
 *       rate is the larger of the account's and the instrument's. A trade's own margin is that of
 *       the trade alone.
 *   <li>An order that raises the margin used beyond the net asset value after its fill is cancelled
 *       with INSUFFICIENT_MARGIN. When marginCloseoutPercent (margin ÷ 2 ÷ NAV at mid prices, five
 *       decimals) reaches 1, all tradeable positions are closed.
 * </ul>
 *
 * <h2>Order rules</h2>
 *
 * <ul>
 *   <li>On one tick: stop losses and trailing stops by trade id, then take profits by trade id,
 *       then entries by order id, then trailing levels move, then the margin is looked at. Exits
 *       made by a fill are first looked at on the next tick.
 *   <li>A gapped stop fills at the first tradeable price. Limits and take profits fill at their
 *       price or better.
 *   <li>Reductions take the oldest trade first. A REDUCE_ONLY order fills at most what there is to
 *       reduce, whatever its time in force; if there is nothing, it is cancelled with
 *       POSITION_CLOSEOUT_FAILED. On a netting account OPEN_ONLY against an open side is cancelled
 *       with FIFO_VIOLATION.
 *   <li>Expiries and financing carry the time they were due, however late they are noticed.
 *   <li>A client order id must be free among pending orders, a client trade id among open trades.
 * </ul>
 */
package saker.broker.simulated;
