package saker.model;

/**
 * Why a wish was refused. The code is stable: scripts, the API and stored rows use it. A code is
 * never given to another rule.
 */
public enum RiskRule {
    NONE(0),
    ENGINE_HALTED(100),
    ACCOUNT_RECONCILING(101),
    ACCOUNT_HALTED(102),
    INSTANCE_DISABLED(103),
    INSTRUMENT_REDUCE_ONLY(104),
    DISK_LOW(105),
    FEED_STALE(110),
    QUOTE_STALE(111),
    NO_QUOTE(112),
    NOT_TRADEABLE(113),
    SPREAD_TOO_WIDE(114),
    PRICE_MOVED(115),
    SIGNAL_EXPIRED(116),
    UNKNOWN_INSTRUMENT(120),
    SIZE_BELOW_MINIMUM(121),
    SIZE_ABOVE_MAXIMUM(122),
    SIZE_NOT_REPRESENTABLE(123),
    STOP_REQUIRED(124),
    STOP_ON_WRONG_SIDE(125),
    STOP_TOO_CLOSE(126),
    EXPIRY_PASSED(127),
    MARGIN(130),
    MAX_OPEN_TRADES(131),
    MAX_ORDERS_PER_MINUTE(132),
    MAX_POSITION(133),
    DAILY_LOSS(134),
    NO_CONVERSION_RATE(135),
    ARITHMETIC_OVERFLOW(136),
    UNKNOWN_TICKET(140),
    REQUEST_PENDING(141),
    NOT_PERMITTED_IN_NETTING(142),
    UNSUPPORTED_SIGNAL(143),
    BROKER_REJECTED(150),
    BROKER_CANCELLED(151),
    NOT_SENT(152),
    OUTCOME_UNKNOWN(153),
    INVALID_STRATEGY_RESULT(160),
    STRATEGY_ERROR(161),
    /** Its calls crashed, hung or broke its process too often. */
    STRATEGY_FAILED(162);

    private static final RiskRule[] BY_CODE = byCode();
    private final int code;

    RiskRule(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The rule of a code. */
    public static RiskRule ofCode(int code) {
        RiskRule rule = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        if (rule == null) {
            throw new IllegalArgumentException("unknown risk rule: code=" + code);
        }
        return rule;
    }

    private static RiskRule[] byCode() {
        RiskRule[] rules = new RiskRule[256];
        for (RiskRule rule : values()) {
            rules[rule.code] = rule;
        }
        return rules;
    }
}
