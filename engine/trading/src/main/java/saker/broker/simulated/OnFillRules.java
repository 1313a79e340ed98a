package saker.broker.simulated;

import saker.model.Instrument;

/** Which exits an entry may carry. */
final class OnFillRules {
    private final BrokerState state;
    private final OrderRules rules;

    OnFillRules(BrokerState state, OrderRules rules) {
        this.state = state;
        this.rules = rules;
    }

    /** Why the exits of an entry are refused, or null. */
    RejectReason check(OrderSpec spec, InstrumentTerms terms) {
        RejectReason reason = checkTakeProfitOnFill(spec.takeProfitOnFill(), terms.instrument());
        if (reason == null) {
            reason = checkStopLossOnFill(spec.stopLossOnFill(), terms);
        }
        return reason == null ? checkTrailingOnFill(spec.trailingStopLossOnFill(), terms) : reason;
    }

    private RejectReason checkTakeProfitOnFill(ExitSpec exit, Instrument instrument) {
        if (exit == null) {
            return null;
        }
        if (exit.priceE8() == null) {
            return RejectReason.TAKE_PROFIT_ON_FILL_PRICE_MISSING;
        }
        if (exit.priceE8() <= 0) {
            return RejectReason.TAKE_PROFIT_ON_FILL_PRICE_INVALID;
        }
        if (OrderRules.imprecise(exit.priceE8(), instrument)) {
            return RejectReason.TAKE_PROFIT_ON_FILL_PRICE_PRECISION_EXCEEDED;
        }
        return rules.time(
                exit.timeInForce(),
                exit.gtdTimeNs(),
                RejectReason.TAKE_PROFIT_ON_FILL_TIME_IN_FORCE_INVALID,
                RejectReason.TAKE_PROFIT_ON_FILL_GTD_TIMESTAMP_MISSING,
                RejectReason.TAKE_PROFIT_ON_FILL_GTD_TIMESTAMP_IN_PAST);
    }

    private RejectReason checkStopLossOnFill(ExitSpec exit, InstrumentTerms terms) {
        Instrument instrument = terms.instrument();
        Quote quote = state.quotes.get(terms.name());
        if (exit == null) {
            return null;
        }
        if (exit.priceE8() != null && exit.distanceE8() != null) {
            return RejectReason.STOP_LOSS_ON_FILL_PRICE_AND_DISTANCE_BOTH_SPECIFIED;
        }
        if (exit.priceE8() == null && exit.distanceE8() == null) {
            return RejectReason.STOP_LOSS_ON_FILL_PRICE_AND_DISTANCE_BOTH_MISSING;
        }
        if (exit.priceE8() != null) {
            if (exit.priceE8() <= 0) {
                return RejectReason.STOP_LOSS_ON_FILL_PRICE_INVALID;
            }
            if (OrderRules.imprecise(exit.priceE8(), instrument)) {
                return RejectReason.STOP_LOSS_ON_FILL_PRICE_PRECISION_EXCEEDED;
            }
        } else if (exit.distanceE8() <= 0) {
            return RejectReason.STOP_LOSS_ON_FILL_DISTANCE_INVALID;
        } else if (OrderRules.imprecise(exit.distanceE8(), instrument)) {
            return RejectReason.STOP_LOSS_ON_FILL_DISTANCE_PRECISION_EXCEEDED;
        } else if (quote != null && exit.distanceE8() >= quote.bidE8()) {
            return RejectReason.STOP_LOSS_ON_FILL_PRICE_DISTANCE_MAXIMUM_EXCEEDED;
        }
        return rules.time(
                exit.timeInForce(),
                exit.gtdTimeNs(),
                RejectReason.STOP_LOSS_ON_FILL_TIME_IN_FORCE_INVALID,
                RejectReason.STOP_LOSS_ON_FILL_GTD_TIMESTAMP_MISSING,
                RejectReason.STOP_LOSS_ON_FILL_GTD_TIMESTAMP_IN_PAST);
    }

    private RejectReason checkTrailingOnFill(ExitSpec exit, InstrumentTerms terms) {
        if (exit == null) {
            return null;
        }
        RejectReason reason = OrderRules.checkTrailing(exit.distanceE8(), terms);
        if (reason != null) {
            return RejectReason.valueOf("TRAILING_STOP_LOSS_ON_FILL_" + reason);
        }
        return rules.time(
                exit.timeInForce(),
                exit.gtdTimeNs(),
                RejectReason.TRAILING_STOP_LOSS_ON_FILL_TIME_IN_FORCE_INVALID,
                RejectReason.TRAILING_STOP_LOSS_ON_FILL_GTD_TIMESTAMP_MISSING,
                RejectReason.TRAILING_STOP_LOSS_ON_FILL_GTD_TIMESTAMP_IN_PAST);
    }
}
