package saker.risk;

import saker.config.RiskConfig;
import saker.market.Quotes;
import saker.model.FixedPoint;
import saker.model.OrderIntent.OrderType;
import saker.model.RiskRule;
import saker.model.Side;

/**
 * A stop must lie behind the price that triggers it. Beyond the entry it is on the wrong side;
 * between bid and ask it would trigger at once, which is too close.
 */
final class StopRules implements EntryRule {
    private final RiskConfig config;

    StopRules(RiskConfig config) {
        this.config = config;
    }

    @Override
    public Refusal check(Entry entry, RiskState state) {
        if (entry.stopLossE8() == 0 && config.requireStop()) {
            return new Refusal(RiskRule.STOP_REQUIRED, "stopLoss=none");
        }
        Quotes quotes = state.quotes();
        int id = entry.instrument().id();
        boolean buy = entry.side() == Side.BUY;
        boolean market = entry.type() == OrderType.MARKET;
        long spreadE8 = quotes.askE8(id) - quotes.bidE8(id);
        long openE8 = !market ? entry.priceE8() : buy ? quotes.askE8(id) : quotes.bidE8(id);
        long triggerE8 = buy ? openE8 - spreadE8 : openE8 + spreadE8;
        int sign = entry.side().sign();

        long stopE8 = entry.stopLossE8();
        if (stopE8 < 0 || stopE8 > 0 && (openE8 - stopE8) * sign <= 0) {
            return refuse(RiskRule.STOP_ON_WRONG_SIDE, "stopLoss", stopE8, openE8);
        }
        if (stopE8 > 0 && (triggerE8 - stopE8) * sign <= 0) {
            return refuse(RiskRule.STOP_TOO_CLOSE, "stopLoss", stopE8, triggerE8);
        }
        long targetE8 = entry.takeProfitE8();
        if (targetE8 < 0 || targetE8 > 0 && (targetE8 - openE8) * sign <= 0) {
            return refuse(RiskRule.STOP_ON_WRONG_SIDE, "takeProfit", targetE8, openE8);
        }
        return null;
    }

    private static Refusal refuse(RiskRule rule, String level, long levelE8, long againstE8) {
        return new Refusal(
                rule,
                "%s=%s, against=%s"
                        .formatted(
                                level,
                                FixedPoint.format(levelE8, 8),
                                FixedPoint.format(againstE8, 8)));
    }
}
