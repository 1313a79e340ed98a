package saker.broker.simulated;

import saker.model.Instrument;

/** Which orders are refused before they exist, and the defaults of those that are not. */
final class OrderRules {
    private final BrokerState state;
    private final Conversion conversion;
    private final ExtensionRules extensions;
    private final OnFillRules onFill;

    OrderRules(BrokerState state, Conversion conversion) {
        this.state = state;
        this.conversion = conversion;
        this.extensions = new ExtensionRules(state);
        this.onFill = new OnFillRules(state, this);
    }

    ExtensionRules extensions() {
        return extensions;
    }

    /** The specification with its defaults set; an exit gets its trade's id and instrument. */
    OrderSpec complete(OrderSpec spec) {
        OrderSpec.Builder b = spec.toBuilder();
        if (spec.timeInForce() == null) {
            b.timeInForce(spec.type() == OrderType.MARKET ? TimeInForce.FOK : TimeInForce.GTC);
        }
        if (spec.type() != OrderType.MARKET && spec.triggerCondition() == null) {
            b.triggerCondition(TriggerCondition.DEFAULT);
        }
        if (spec.type().isExit()) {
            Trade trade = tradeOf(spec);
            b.tradeId(trade.id()).instrument(trade.instrument()).clientTradeId(trade.clientId());
            if (spec.type() == OrderType.STOP_LOSS && spec.priceE8() == null) {
                b.priceE8(levelAtDistance(trade, spec.distanceE8()));
            }
        } else if (spec.positionFill() == null) {
            b.positionFill(PositionFill.DEFAULT);
        }
        return b.takeProfitOnFill(complete(spec.takeProfitOnFill()))
                .stopLossOnFill(complete(spec.stopLossOnFill()))
                .trailingStopLossOnFill(complete(spec.trailingStopLossOnFill()))
                .build();
    }

    static long levelAtDistance(Trade trade, long distanceE8) {
        return trade.initialUnitsE4() > 0
                ? trade.priceE8() - distanceE8
                : trade.priceE8() + distanceE8;
    }

    private static ExitSpec complete(ExitSpec exit) {
        return exit == null || exit.timeInForce() != null
                ? exit
                : new ExitSpec(
                        exit.priceE8(),
                        exit.distanceE8(),
                        TimeInForce.GTC,
                        exit.gtdTimeNs(),
                        exit.triggerCondition(),
                        exit.clientExtensions());
    }

    /** The order of one exit of a trade. */
    static OrderSpec exit(OrderType type, ExitSpec exit, long tradeId) {
        return OrderSpec.of(type)
                .tradeId(tradeId)
                .priceE8(exit.priceE8())
                .distanceE8(exit.distanceE8())
                .timeInForce(exit.timeInForce())
                .gtdTimeNs(exit.gtdTimeNs())
                .triggerCondition(exit.triggerCondition())
                .clientExtensions(exit.clientExtensions())
                .build();
    }

    /** The open trade of an exit, or null. */
    Trade tradeOf(OrderSpec spec) {
        if (spec.tradeId() != null) {
            return state.open().get(spec.tradeId());
        }
        if (spec.clientTradeId() != null) {
            for (Trade trade : state.open().values()) {
                if (spec.clientTradeId().equals(trade.clientId())) {
                    return trade;
                }
            }
        }
        return null;
    }

    /**
     * Why the order is refused, or null.
     *
     * @param replaced the order it replaces, whose client id and exit place are free; or null
     */
    RejectReason check(OrderSpec spec, Order replaced) {
        RejectReason reason = spec.type().isExit() ? checkExit(spec, replaced) : checkEntry(spec);
        if (reason == null) {
            reason = checkTimeInForce(spec);
        }
        if (reason == null) {
            reason = extensions.check(spec, replaced);
        }
        return reason;
    }

    private RejectReason checkEntry(OrderSpec spec) {
        if (spec.instrument() == null) {
            return RejectReason.INSTRUMENT_MISSING;
        }
        InstrumentTerms terms = state.instruments.get(spec.instrument());
        if (terms == null) {
            return RejectReason.INSTRUMENT_UNKNOWN;
        }
        Instrument instrument = terms.instrument();
        RejectReason reason = checkUnits(spec.unitsE4(), instrument);
        if (reason == null && spec.type() != OrderType.MARKET) {
            reason = checkPrice(spec.priceE8(), instrument);
        }
        if (reason == null && spec.priceBoundE8() != null) {
            reason = checkBound(spec.priceBoundE8(), instrument);
        }
        if (reason == null) {
            reason = onFill.check(spec, terms);
        }
        if (reason == null
                && state.quotes.get(spec.instrument()) != null
                && conversion.factors(instrument.quoteCurrency()) == null) {
            return RejectReason.INSTRUMENT_PRICE_UNKNOWN;
        }
        return reason;
    }

    static RejectReason checkUnits(Long unitsE4, Instrument instrument) {
        if (unitsE4 == null) {
            return RejectReason.UNITS_MISSING;
        }
        long size = Math.abs(unitsE4);
        if (size <= 0) {
            return RejectReason.UNITS_INVALID;
        }
        if (size % instrument.unitsStepE4() != 0) {
            return RejectReason.UNITS_PRECISION_EXCEEDED;
        }
        if (size < instrument.minimumUnitsE4()) {
            return RejectReason.UNITS_MIMIMUM_NOT_MET;
        }
        return size > instrument.maximumUnitsE4() ? RejectReason.UNITS_LIMIT_EXCEEDED : null;
    }

    private static RejectReason checkPrice(Long priceE8, Instrument instrument) {
        if (priceE8 == null) {
            return RejectReason.PRICE_MISSING;
        }
        if (priceE8 <= 0) {
            return RejectReason.PRICE_INVALID;
        }
        return imprecise(priceE8, instrument) ? RejectReason.PRICE_PRECISION_EXCEEDED : null;
    }

    private static RejectReason checkBound(long priceE8, Instrument instrument) {
        if (priceE8 <= 0) {
            return RejectReason.PRICE_BOUND_INVALID;
        }
        return imprecise(priceE8, instrument) ? RejectReason.PRICE_BOUND_PRECISION_EXCEEDED : null;
    }

    static boolean imprecise(long priceE8, Instrument instrument) {
        return priceE8 % instrument.pointE8() != 0;
    }

    private RejectReason checkExit(OrderSpec spec, Order replaced) {
        if (spec.tradeId() == null && spec.clientTradeId() == null) {
            return RejectReason.TRADE_ID_UNSPECIFIED;
        }
        Trade trade = tradeOf(spec);
        if (trade == null) {
            return RejectReason.TRADE_DOESNT_EXIST;
        }
        if (spec.clientTradeId() != null && !spec.clientTradeId().equals(trade.clientId())) {
            return RejectReason.TRADE_IDENTIFIER_INCONSISTENCY;
        }
        Long waiting = trade.exitOrderId(spec.type());
        if (waiting != null && (replaced == null || replaced.id() != waiting)) {
            return switch (spec.type()) {
                case TAKE_PROFIT -> RejectReason.TAKE_PROFIT_ORDER_ALREADY_EXISTS;
                case STOP_LOSS -> RejectReason.STOP_LOSS_ORDER_ALREADY_EXISTS;
                default -> RejectReason.TRAILING_STOP_LOSS_ORDER_ALREADY_EXISTS;
            };
        }
        InstrumentTerms terms = state.instruments.get(trade.instrument());
        return switch (spec.type()) {
            case TAKE_PROFIT -> checkPrice(spec.priceE8(), terms.instrument());
            case STOP_LOSS -> checkStopLoss(spec, trade, terms.instrument());
            default -> checkTrailing(spec.distanceE8(), terms);
        };
    }

    private static RejectReason checkStopLoss(OrderSpec spec, Trade trade, Instrument instrument) {
        if (spec.priceE8() != null && spec.distanceE8() != null) {
            return RejectReason.STOP_LOSS_ORDER_PRICE_AND_DISTANCE_BOTH_SPECIFIED;
        }
        if (spec.priceE8() == null && spec.distanceE8() == null) {
            return RejectReason.STOP_LOSS_ORDER_PRICE_AND_DISTANCE_BOTH_MISSING;
        }
        if (spec.priceE8() != null) {
            return checkPrice(spec.priceE8(), instrument);
        }
        if (spec.distanceE8() <= 0 || levelAtDistance(trade, spec.distanceE8()) <= 0) {
            return RejectReason.PRICE_DISTANCE_INVALID;
        }
        return imprecise(spec.distanceE8(), instrument)
                ? RejectReason.PRICE_DISTANCE_PRECISION_EXCEEDED
                : null;
    }

    static RejectReason checkTrailing(Long distanceE8, InstrumentTerms terms) {
        if (distanceE8 == null) {
            return RejectReason.PRICE_DISTANCE_MISSING;
        }
        if (distanceE8 <= 0) {
            return RejectReason.PRICE_DISTANCE_INVALID;
        }
        if (imprecise(distanceE8, terms.instrument())) {
            return RejectReason.PRICE_DISTANCE_PRECISION_EXCEEDED;
        }
        if (distanceE8 < terms.minimumTrailingStopE8()) {
            return RejectReason.PRICE_DISTANCE_MINIMUM_NOT_MET;
        }
        return distanceE8 > terms.maximumTrailingStopE8()
                ? RejectReason.PRICE_DISTANCE_MAXIMUM_EXCEEDED
                : null;
    }

    private RejectReason checkTimeInForce(OrderSpec spec) {
        TimeInForce given = spec.timeInForce();
        boolean immediate = given == TimeInForce.FOK || given == TimeInForce.IOC;
        if (spec.type() == OrderType.MARKET) {
            return given == null || immediate ? null : RejectReason.TIME_IN_FORCE_INVALID;
        }
        boolean mayBeImmediate = spec.type() == OrderType.LIMIT || spec.type() == OrderType.STOP;
        if (immediate && mayBeImmediate) {
            return null;
        }
        return time(
                given,
                spec.gtdTimeNs(),
                RejectReason.TIME_IN_FORCE_INVALID,
                RejectReason.TIME_IN_FORCE_GTD_TIMESTAMP_MISSING,
                RejectReason.TIME_IN_FORCE_GTD_TIMESTAMP_IN_PAST);
    }

    /** Why a waiting order's life is refused, by the reasons given; or null. */
    RejectReason time(
            TimeInForce given,
            Long gtdTimeNs,
            RejectReason invalid,
            RejectReason missing,
            RejectReason past) {
        if (given == TimeInForce.FOK || given == TimeInForce.IOC) {
            return invalid;
        }
        if (given != TimeInForce.GTD) {
            return null;
        }
        if (gtdTimeNs == null) {
            return missing;
        }
        return gtdTimeNs <= state.account.timeNs() ? past : null;
    }
}
