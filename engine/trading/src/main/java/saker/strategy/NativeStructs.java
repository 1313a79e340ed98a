package saker.strategy;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the interface's structures measure on x86-64 Linux, in bytes. A test compares them, and the
 * offsets used, with what the platform's compiler says.
 */
public final class NativeStructs {
    public static final int MQL4_RATES = 44;
    public static final int MQL5_RATES = 64;
    public static final int MQL4_STRING = 16;
    public static final int C_RATES = RatesWindow.RECORD_BYTES;
    public static final int ORDER_INFO = NativeFramework.ORDER_BYTES;
    public static final int RATES_INFO = NativeFramework.RATES_INFO_BYTES;
    public static final int STRATEGY_RESULTS = NativeFramework.RESULT_BYTES;

    private NativeStructs() {}

    /** Name and size of each. */
    public static Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("Mql4Rates", MQL4_RATES);
        sizes.put("Mql5Rates", MQL5_RATES);
        sizes.put("Mql4String", MQL4_STRING);
        sizes.put("CRates", C_RATES);
        sizes.put("COrderInfo", ORDER_INFO);
        sizes.put("CRatesInfo", RATES_INFO);
        sizes.put("StrategyResults", STRATEGY_RESULTS);
        return sizes;
    }
}
