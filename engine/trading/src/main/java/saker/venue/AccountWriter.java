package saker.venue;

import java.time.DayOfWeek;
import saker.broker.simulated.AccountSummary;
import saker.broker.simulated.InstrumentTerms;
import saker.model.FixedPoint;
import saker.model.Instrument;

/** Account figures and instruments as OANDA's JSON. */
final class AccountWriter {
    private static final String NOTHING = "0.0000";

    private AccountWriter() {}

    /** The members of an AccountSummary, without the braces. */
    static void members(JsonLine json, AccountSummary account, long userId) {
        json.text("id", account.id())
                .text("alias", account.alias() == null ? "Primary" : account.alias())
                .text("currency", account.currency())
                .number("createdByUserID", userId)
                .time("createdTime", account.createdTimeNs())
                .text("guaranteedStopLossOrderMode", "DISABLED")
                .time("resettablePLTime", account.createdTimeNs())
                .rate("marginRate", account.marginRateE14())
                .number("openTradeCount", account.openTradeCount())
                .number("openPositionCount", account.openPositionCount())
                .number("pendingOrderCount", account.pendingOrderCount())
                .flag("hedgingEnabled", account.hedging());
        OrderWriter.optionalTime(json, "lastOrderFillTimestamp", account.lastOrderFillTimeNs());
        json.money("balance", account.balanceE8())
                .money("pl", account.plE8())
                .money("resettablePL", account.plE8())
                .money("financing", account.financingE8())
                .money("commission", account.commissionE8())
                .text("guaranteedExecutionFees", NOTHING);
        calculated(json, account);
        json.id("lastTransactionID", account.lastTransactionId());
    }

    /** The figures that move with the prices. */
    static void calculated(JsonLine json, AccountSummary account) {
        json.money("unrealizedPL", account.unrealizedPlE8())
                .money("NAV", account.navE8())
                .money("marginUsed", account.marginUsedE8())
                .money("marginAvailable", account.marginAvailableE8())
                .money("positionValue", account.positionValueE8())
                .money("marginCloseoutUnrealizedPL", account.marginCloseoutUnrealizedPlE8())
                .money("marginCloseoutNAV", account.marginCloseoutNavE8())
                .money("marginCloseoutMarginUsed", account.marginCloseoutMarginUsedE8())
                .money("marginCloseoutPositionValue", account.marginCloseoutPositionValueE8())
                .share("marginCloseoutPercent", account.marginCloseoutPercentE8())
                .money("withdrawalLimit", account.withdrawalLimitE8())
                .money("marginCallMarginUsed", account.marginCallMarginUsedE8())
                .share("marginCallPercent", account.marginCallPercentE8());
    }

    static void instrument(JsonLine json, InstrumentTerms terms) {
        Instrument instrument = terms.instrument();
        int digits = instrument.displayDigits();
        json.beginElement()
                .text("name", terms.name())
                .text("type", terms.type())
                .text("displayName", terms.displayName())
                .number("pipLocation", instrument.pipExponent())
                .number("displayPrecision", digits)
                .number("tradeUnitsPrecision", instrument.unitsDigits())
                .units("minimumTradeSize", instrument.minimumUnitsE4())
                .price("maximumTrailingStopDistance", terms.maximumTrailingStopE8(), digits)
                .price("minimumTrailingStopDistance", terms.minimumTrailingStopE8(), digits)
                .text("maximumPositionSize", "0")
                .units("maximumOrderUnits", instrument.maximumUnitsE4())
                .rate("marginRate", instrument.marginRateE14());
        json.beginArray("tags")
                .beginElement()
                .text("type", "ASSET_CLASS")
                .text("name", terms.type())
                .end()
                .endArray();
        financing(json, terms);
        json.end();
    }

    /** Charged Monday to Friday; Wednesday counts for the weekend too. */
    private static void financing(JsonLine json, InstrumentTerms terms) {
        json.begin("financing")
                .text("longRate", rate(terms.longRateE14()))
                .text("shortRate", rate(terms.shortRateE14()))
                .beginArray("financingDaysOfWeek");
        for (DayOfWeek day : DayOfWeek.values()) {
            json.beginElement()
                    .text("dayOfWeek", day.name())
                    .number("daysCharged", daysCharged(day))
                    .end();
        }
        json.endArray().end();
    }

    private static int daysCharged(DayOfWeek day) {
        return switch (day) {
            case WEDNESDAY -> 3;
            case SATURDAY, SUNDAY -> 0;
            default -> 1;
        };
    }

    private static String rate(long rateE14) {
        return FixedPoint.format(rateE14, 14, 4);
    }
}
