package saker.strategy;

import java.util.ArrayList;
import java.util.List;

/** The names of the framework's C interface, and our two in addition. */
final class DocumentedExports {
    private static final List<String> CALLS =
            List.of(
                    "initInstanceMQL4",
                    "initInstanceMQL5",
                    "initInstanceC",
                    "deinitInstance",
                    "getFrameworkVersion",
                    "mql4_runStrategy",
                    "mql5_runStrategy",
                    "jf_runStrategy",
                    "c_runStrategy",
                    "C_getConversionSymbols");
    private static final List<String> SYMBOL_FUNCTIONS =
            List.of(
                    "parseSymbol",
                    "normalizeSymbol",
                    "normalizeCurrency",
                    "getConversionSymbols",
                    "getCurrencyInfo",
                    "getCurrencyPairPrefix",
                    "getBaseCurrency",
                    "getCurrencyPairSeparator",
                    "getQuoteCurrency",
                    "getCurrencyPairSuffix",
                    "getCurrencyNumber",
                    "getNumDigitsAfterDecimal",
                    "getCurrencyName",
                    "getCurrencyLocations");

    static final String SNAPSHOT = "fxs_snapshot";
    static final String RESTORE = "fxs_restore";

    private DocumentedExports() {}

    /** All 40. */
    static List<String> all() {
        List<String> names = new ArrayList<>(CALLS);
        for (String prefix : List.of("mql4_", "mql5_")) {
            SYMBOL_FUNCTIONS.forEach(name -> names.add(prefix + name));
        }
        names.add(SNAPSHOT);
        names.add(RESTORE);
        return names;
    }
}
