package saker.core;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import saker.config.RiskConfig;
import saker.market.Quotes;
import saker.model.BrokerEvent.PendingOrder;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.OrderIntent.OrderType;
import saker.model.RiskRule;
import saker.model.Side;
import saker.model.Signal;
import saker.risk.Entry;
import saker.risk.Levels;
import saker.risk.Refusal;
import saker.time.BrokerClock;

/** The order that a row of a signal asks for: prices from distances, units from lots, times. */
final class WishedEntries {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final RiskConfig config;
    private final Moment moment;
    private final BrokerClock clock = new BrokerClock();

    WishedEntries(RiskConfig config, Moment moment) {
        this.config = config;
        this.moment = moment;
    }

    /** A new order; a MARKET one ignores entry price and expiry. */
    Entry opening(
            Signal signal,
            SignalRows.Instance instance,
            Signal.Row row,
            Side side,
            OrderType type) {
        boolean market = type == OrderType.MARKET;
        long quoteE8 = side == Side.BUY ? signal.askE8() : signal.bidE8();
        long priceE8 = market ? 0 : Levels.price(row.entryPriceE8(), instance.instrument());
        return new Entry(
                instance.instrument(),
                instance.id(),
                side,
                type,
                Levels.unitsE4(row.lotsE8(), instance.instrument()),
                priceE8,
                stop(row, side, market ? quoteE8 : priceE8, instance.instrument()),
                target(row, side, market ? quoteE8 : priceE8, instance.instrument()),
                signal.bidE8(),
                signal.askE8(),
                market ? 0 : expiryNs(row),
                0,
                deadlineNs(instance));
    }

    /** What a waiting order is to be: without a price or lots of the row it keeps its own. */
    Entry replacing(
            PendingOrder waiting,
            Signal signal,
            SignalRows.Instance instance,
            Signal.Row row,
            Side side,
            OrderType type) {
        Instrument instrument = instance.instrument();
        boolean resized = instance.meansLots() && row.lotsE8() != 0;
        long priceE8 =
                row.entryPriceE8() == 0
                        ? waiting.priceE8()
                        : Levels.price(row.entryPriceE8(), instrument);
        return new Entry(
                instrument,
                instance.id(),
                side,
                type,
                resized ? Levels.unitsE4(row.lotsE8(), instrument) : Math.abs(waiting.unitsE4()),
                priceE8,
                stop(row, side, priceE8, instrument),
                target(row, side, priceE8, instrument),
                signal.bidE8(),
                signal.askE8(),
                expiryNs(row),
                instance.desk().orders().waitingUnitsE4(waiting.orderId()),
                deadlineNs(instance));
    }

    /** Whether it can be such an order at all: of a LIMIT or STOP, its price and expiry. */
    Refusal check(Entry entry, Quotes quotes) {
        if (entry.type() != OrderType.MARKET && entry.priceE8() <= 0) {
            return new Refusal(
                    RiskRule.UNSUPPORTED_SIGNAL,
                    "type=%s, entryPrice=none, allowed=%s and more"
                            .formatted(
                                    entry.type(),
                                    FixedPoint.format(entry.instrument().pointE8(), 8)));
        }
        long nowNs = Math.max(moment.marketNs, quotes.marketTimeNs(entry.instrument().id()));
        if (entry.expiryNs() != 0 && entry.expiryNs() <= nowNs) {
            return new Refusal(
                    RiskRule.EXPIRY_PASSED,
                    "expiry=%s, now=%s, broker's clock"
                            .formatted(brokerTime(entry.expiryNs()), brokerTime(nowNs)));
        }
        return null;
    }

    private String brokerTime(long utcNs) {
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(clock.toBrokerNs(utcNs), NS_PER_SECOND), 0, ZoneOffset.UTC)
                .toString();
    }

    /** The worst price a market order may fill at, 0 for any. */
    long boundE8(Entry entry) {
        long fromE8 = entry.side() == Side.BUY ? entry.wishAskE8() : entry.wishBidE8();
        long deviationE8 =
                FixedPoint.fromDouble(config.maxDeviationPips(), entry.instrument().pipE8());
        return Math.max(0, Levels.bound(entry.side(), fromE8, deviationE8, entry.instrument()));
    }

    /** The row's stop from a price, 0 for none. */
    static long stop(Signal.Row row, Side side, long fromE8, Instrument instrument) {
        long distanceE8 = row.stopDistanceE8();
        return distanceE8 == 0 ? 0 : Levels.stopAt(side, fromE8, distanceE8, instrument);
    }

    /** The row's target from a price, 0 for none. */
    static long target(Signal.Row row, Side side, long fromE8, Instrument instrument) {
        long distanceE8 = row.targetDistanceE8();
        return distanceE8 == 0 ? 0 : Levels.targetAt(side, fromE8, distanceE8, instrument);
    }

    /** A row says it by the broker's wall clock, in seconds; 0 is never. */
    private long expiryNs(Signal.Row row) {
        return row.expirySeconds() == 0 ? 0 : clock.toUtcNs(row.expirySeconds() * NS_PER_SECOND);
    }

    /**
     * The time to live runs from the record. A worker that caught up after a restart may have made
     * the signal long before that: what the market's own clock says went by in between counts too.
     */
    private long deadlineNs(SignalRows.Instance instance) {
        AccountDesk desk = instance.desk();
        long ttlNs = config.signalTtlMs() * NS_PER_MS;
        long quoteNs = desk.quotes().marketTimeNs(instance.instrument().id());
        long lateNs = (long) ((quoteNs - moment.marketNs) / desk.marketRate());
        return moment.recordNs + (lateNs > ttlNs ? ttlNs - lateNs : ttlNs);
    }
}
