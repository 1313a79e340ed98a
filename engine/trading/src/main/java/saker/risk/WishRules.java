package saker.risk;

import saker.config.RiskConfig;
import saker.market.Quotes;
import saker.model.FixedPoint;
import saker.model.OrderIntent.OrderType;
import saker.model.RiskRule;
import saker.model.Side;

/** The wish must still hold: not too old, and the price not far from where it was made. */
final class WishRules implements EntryRule {
    private static final long NS_PER_MS = 1_000_000L;

    private final RiskConfig config;

    WishRules(RiskConfig config) {
        this.config = config;
    }

    @Override
    public Refusal check(Entry entry, RiskState state) {
        if (state.nowNs() > entry.deadlineNs()) {
            return new Refusal(
                    RiskRule.SIGNAL_EXPIRED,
                    "lateMs=%d, signalTtlMs=%d"
                            .formatted(
                                    (state.nowNs() - entry.deadlineNs()) / NS_PER_MS,
                                    config.signalTtlMs()));
        }
        if (entry.type() != OrderType.MARKET) {
            return null; // It names its own price.
        }
        Quotes quotes = state.quotes();
        int id = entry.instrument().id();
        boolean buy = entry.side() == Side.BUY;
        long wishE8 = buy ? entry.wishAskE8() : entry.wishBidE8();
        long nowE8 = buy ? quotes.askE8(id) : quotes.bidE8(id);
        long limitE8 = FixedPoint.fromDouble(config.maxDeviationPips(), entry.instrument().pipE8());
        if (Math.abs(nowE8 - wishE8) <= limitE8) {
            return null;
        }
        return new Refusal(
                RiskRule.PRICE_MOVED,
                "wish=%s, now=%s, limit=%s"
                        .formatted(
                                FixedPoint.format(wishE8, 8),
                                FixedPoint.format(nowE8, 8),
                                FixedPoint.format(limitE8, 8)));
    }
}
