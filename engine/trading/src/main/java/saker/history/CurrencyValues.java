package saker.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values every currency in dollars, so that all pairs agree: a price is the base's value over the
 * quote's. A currency moves with the dollar as a whole and by itself.
 */
final class CurrencyValues {
    /** Standard deviation of a day's change that all currencies share. */
    static final double DOLLAR_VOLATILITY = 0.0036;

    private static final double USUAL_VOLATILITY = 0.005;
    private static final double SHARE = 0.8;

    /**
     * @param shared how much of the dollar's move it takes
     * @param ownVolatility of a day, besides
     * @param logValue natural logarithm of its value in dollars at the anchor
     */
    record Currency(String name, double shared, double ownVolatility, double logValue) {}

    private final Map<String, Currency> currencies = new LinkedHashMap<>();

    /** Anchored at the given mid prices by instrument, else at the models' start prices. */
    CurrencyValues(List<PriceModel> models, Map<String, Long> midE8) {
        put("USD", 0, 0);
        for (PriceModel model : models) {
            anchor(model, midE8.get(model.instrument()));
        }
        for (PriceModel model : PriceModel.usual()) {
            anchor(model, null);
        }
        for (PriceModel model : models) {
            anchorCross(model, midE8.get(model.instrument()));
        }
    }

    private void anchor(PriceModel model, Long midE8) {
        double price = (midE8 == null ? model.startE8() : midE8) / 1e8;
        if (model.quote().equals("USD")) {
            put(model.base(), StrictMath.log(price), model.dailyVolatility());
        } else if (model.base().equals("USD")) {
            put(model.quote(), -StrictMath.log(price), model.dailyVolatility());
        }
    }

    private void anchorCross(PriceModel model, Long midE8) {
        double price = StrictMath.log((midE8 == null ? model.startE8() : midE8) / 1e8);
        if (!currencies.containsKey(model.base())) {
            put(model.quote(), 0, USUAL_VOLATILITY);
            put(model.base(), price + logValue(model.quote()), model.dailyVolatility());
        } else if (!currencies.containsKey(model.quote())) {
            put(model.quote(), logValue(model.base()) - price, model.dailyVolatility());
        }
    }

    private void put(String name, double logValue, double dailyVolatility) {
        double sharedPart = Math.min(SHARE * dailyVolatility, DOLLAR_VOLATILITY);
        double own = StrictMath.sqrt(dailyVolatility * dailyVolatility - sharedPart * sharedPart);
        currencies.putIfAbsent(
                name, new Currency(name, sharedPart / DOLLAR_VOLATILITY, own, logValue));
    }

    private double logValue(String name) {
        return currencies.get(name).logValue();
    }

    Currency get(String name) {
        return currencies.get(name);
    }

    Iterable<Currency> all() {
        return currencies.values();
    }
}
