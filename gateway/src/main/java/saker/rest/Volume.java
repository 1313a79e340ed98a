package saker.rest;

import saker.api.QuoteView;
import saker.json.BadRequest;
import saker.json.RequestBody;
import saker.json.ViewJson;
import saker.model.FixedPoint;

/** Lots and prices of a request in the engine's units, checked against the instrument. */
final class Volume {
    private Volume() {}

    /** The member {@code volume} in units, E4: at least the minimum and a multiple of the step. */
    static long unitsE4(RequestBody body, QuoteView quote) {
        String step = ViewJson.REST.quote(quote).getString("volume_step");
        String minimum = ViewJson.REST.quote(quote).getString("min_volume");
        String allowed = "lots, at least %s, a multiple of %s".formatted(minimum, step);
        long lotsE8 = body.decimalE8("volume", 8, allowed);
        long unitsE4 =
                FixedPoint.mulDiv(
                        lotsE8, quote.contractUnits(), FixedPoint.E4, FixedPoint.Rounding.DOWN);
        boolean exact =
                unitsE4 != FixedPoint.OVERFLOW
                        && FixedPoint.mulDiv(
                                        unitsE4,
                                        FixedPoint.E4,
                                        quote.contractUnits(),
                                        FixedPoint.Rounding.CEILING)
                                == lotsE8;
        if (!exact || unitsE4 < quote.minimumUnitsE4() || unitsE4 % quote.unitsStepE4() != 0) {
            throw new BadRequest("volume", FixedPoint.format(lotsE8, 8), allowed);
        }
        return unitsE4;
    }

    /**
     * A price member with no more decimals than the instrument has, E8; {@code absent} if missing.
     */
    static long priceE8(RequestBody body, String name, QuoteView quote, long absent) {
        return body.optionalDecimalE8(
                        name,
                        quote.digits(),
                        "a price above 0 with at most %d decimals".formatted(quote.digits()))
                .orElse(absent);
    }
}
