package saker.broker.simulated;

import java.time.Instant;
import java.util.List;
import saker.model.FixedPoint;

/** A broker with quotes for all usual instruments on a Tuesday 08:00 London. */
final class BrokerFixture {
    static final long START = ns("2026-01-06T08:00:00Z");

    final SimulatedBroker broker;
    private long timeNs = START;

    BrokerFixture(String currency, String balance, boolean hedging) {
        broker =
                new SimulatedBroker(
                        new AccountSettings(
                                "101-001-1000001-001",
                                currency,
                                e8(balance),
                                hedging,
                                3_330_000_000_000L),
                        InstrumentTerms.usual(),
                        START);
        tick("EUR_USD", "1.10000", "1.10010");
        tick("GBP_USD", "1.27000", "1.27020");
        tick("USD_JPY", "150.000", "150.014");
        tick("EUR_GBP", "0.86610", "0.86626");
        tick("AUD_USD", "0.66000", "0.66015");
        tick("XAU_USD", "2650.000", "2650.350");
    }

    static BrokerFixture hedging() {
        return new BrokerFixture("USD", "100000", true);
    }

    static BrokerFixture netting() {
        return new BrokerFixture("USD", "100000", false);
    }

    static long ns(String instant) {
        return Instant.parse(instant).getEpochSecond() * 1_000_000_000L;
    }

    static long e8(String decimal) {
        return FixedPoint.parse(decimal, 8);
    }

    static long units(long whole) {
        return whole * FixedPoint.E4;
    }

    /** One second after the last price. */
    List<Transaction> tick(String instrument, String bid, String ask) {
        timeNs += 1_000_000_000L;
        return broker.onPrice(instrument, e8(bid), e8(ask), true, timeNs);
    }

    List<Transaction> tickAt(String time, String instrument, String bid, String ask) {
        timeNs = ns(time);
        return broker.onPrice(instrument, e8(bid), e8(ask), true, timeNs);
    }

    Outcome market(String instrument, long units) {
        return broker.createOrder(OrderSpec.market(instrument, units(units)).build(), "r");
    }

    /** Opens a trade and returns its id. */
    long open(OrderSpec.Builder spec) {
        return fill(broker.createOrder(spec.build(), "r")).tradeOpened().tradeId();
    }

    long open(String instrument, long units) {
        return open(OrderSpec.market(instrument, units(units)));
    }

    static Transaction.OrderFill fill(Outcome outcome) {
        return (Transaction.OrderFill) outcome.get(Outcome.Role.ORDER_FILL);
    }

    static CancelReason cancelled(Outcome outcome) {
        return ((Transaction.OrderCancel) outcome.get(Outcome.Role.ORDER_CANCEL)).reason();
    }

    static <T extends Transaction> List<T> only(List<Transaction> all, Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
