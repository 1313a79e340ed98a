package saker.risk;

import saker.model.Instrument;
import saker.model.OrderIntent.OrderType;
import saker.model.Side;

/**
 * An order to open, as risk judges it: rounded to what the broker takes. It may be meant to take
 * the place of one that waits; then only what it adds to that one is new.
 *
 * @param instanceId 0 for a manual order
 * @param unitsE4 unsigned
 * @param priceE8 of a LIMIT or STOP, 0 for a MARKET order
 * @param stopLossE8 0 for none, {@link Levels#INVALID} for one that is no price
 * @param takeProfitE8 like {@code stopLossE8}
 * @param wishBidE8 the quote the wish was made at
 * @param wishAskE8 the quote the wish was made at
 * @param expiryNs market time at which a LIMIT or STOP ends unfilled, 0 for never
 * @param replacedUnitsE4 unsigned units of the waiting order whose place it takes, as they are
 *     among the pending; 0 for a new one
 * @param deadlineNs journal time after which it must not be sent
 */
public record Entry(
        Instrument instrument,
        long instanceId,
        Side side,
        OrderType type,
        long unitsE4,
        long priceE8,
        long stopLossE8,
        long takeProfitE8,
        long wishBidE8,
        long wishAskE8,
        long expiryNs,
        long replacedUnitsE4,
        long deadlineNs) {}
