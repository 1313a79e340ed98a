package saker.broker.oanda;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import saker.broker.oanda.OandaCounters.Count;
import saker.model.FixedPoint;

/** The broker's decimals, which are JSON strings, as exact fixed point. */
final class Decimals {
    private final OandaCounters counters;

    Decimals(OandaCounters counters) {
        this.counters = counters;
    }

    /** Price or money × 10^8; 0 if the member is missing or empty. */
    long e8(JsonNode json, String member) {
        return scaled(json, member, 8);
    }

    /** Units × 10^4; 0 if the member is missing or empty. */
    long e4(JsonNode json, String member) {
        return scaled(json, member, 4);
    }

    /**
     * Exactly where the scale holds it; a longer fraction is rounded half up and counted.
     *
     * @throws NumberFormatException if it is no number, or too large
     */
    private long scaled(JsonNode json, String member, int decimals) {
        String text = json.path(member).asText();
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return FixedPoint.parse(text, decimals);
        } catch (NumberFormatException e) {
            return rounded(text, decimals);
        }
    }

    private long rounded(String text, int decimals) {
        BigDecimal exact = new BigDecimal(text).movePointRight(decimals);
        BigDecimal whole = exact.setScale(0, RoundingMode.HALF_UP);
        if (whole.precision() > 18) {
            throw new NumberFormatException("too large: text=\"" + text + "\"");
        }
        if (whole.compareTo(exact) != 0) {
            counters.increment(Count.INEXACT_DECIMALS);
        }
        return whole.longValueExact();
    }
}
