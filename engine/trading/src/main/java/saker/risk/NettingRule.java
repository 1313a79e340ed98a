package saker.risk;

import java.util.List;
import saker.model.RiskRule;
import saker.position.Trade;

/** On a netting account an order must not eat into trades of another owner or of the other side. */
final class NettingRule implements EntryRule {

    @Override
    public Refusal check(Entry entry, RiskState state) {
        if (state.isHedging()) {
            return null;
        }
        List<Trade> trades = state.ledger().trades();
        for (Trade trade : trades) {
            boolean foreign = trade.instanceId() != entry.instanceId();
            if (trade.instrumentId() == entry.instrument().id()
                    && (foreign || trade.side() != entry.side())) {
                return new Refusal(
                        RiskRule.NOT_PERMITTED_IN_NETTING,
                        "tradeId=%d, instanceId=%d, side=%s"
                                .formatted(trade.tradeId(), trade.instanceId(), trade.side()));
            }
        }
        return null;
    }
}
