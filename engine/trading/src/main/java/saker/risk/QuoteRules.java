package saker.risk;

import saker.config.RiskConfig;
import saker.market.Quotes;
import saker.model.FixedPoint;
import saker.model.Instrument;
import saker.model.RiskRule;

/** The quote must be live, young, tradeable and not too wide. */
final class QuoteRules implements EntryRule {
    private static final long NS_PER_MS = 1_000_000L;

    private final RiskConfig config;

    QuoteRules(RiskConfig config) {
        this.config = config;
    }

    @Override
    public Refusal check(Entry entry, RiskState state) {
        int id = entry.instrument().id();
        Quotes quotes = state.quotes();
        if (!state.isPriceStreamLive()) {
            return new Refusal(RiskRule.FEED_STALE, "the price stream is not live");
        }
        if (!quotes.has(id)) {
            return new Refusal(RiskRule.NO_QUOTE, "symbol=" + entry.instrument().symbol());
        }
        long ageMs = (state.nowNs() - quotes.journalTimeNs(id)) / NS_PER_MS;
        if (ageMs > config.quoteAgeMs()) {
            return new Refusal(
                    RiskRule.QUOTE_STALE,
                    "ageMs=%d, quoteAgeMs=%d".formatted(ageMs, config.quoteAgeMs()));
        }
        if (!quotes.isTradeable(id)) {
            return new Refusal(RiskRule.NOT_TRADEABLE, "symbol=" + entry.instrument().symbol());
        }
        return checkSpread(entry.instrument(), quotes.askE8(id) - quotes.bidE8(id));
    }

    private Refusal checkSpread(Instrument instrument, long spreadE8) {
        long limitE8 = FixedPoint.fromDouble(config.maxSpreadPips(), instrument.pipE8());
        if (spreadE8 <= limitE8) {
            return null;
        }
        return new Refusal(
                RiskRule.SPREAD_TOO_WIDE,
                "spread=%s, limit=%s"
                        .formatted(FixedPoint.format(spreadE8, 8), FixedPoint.format(limitE8, 8)));
    }
}
