package saker.venue;

/**
 * A request refused at the border, before the account saw it: no transaction is made. The answer's
 * body is {@code {"errorMessage": …, "errorCode": …}}.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * @param status HTTP status, 4xx
     * @param code the broker's error code, or null
     */
    Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    static Refusal invalid(String parameter) {
        return new Refusal(
                400,
                "oanda::rest::core::InvalidParameterException",
                "Invalid value specified for '" + parameter + "'");
    }

    static Refusal missing() {
        return new Refusal(400, null, "The request was missing required data");
    }

    static Refusal forbidden() {
        return new Refusal(403, null, "The provided request was forbidden.");
    }

    static Refusal unauthorised() {
        return new Refusal(401, null, "Insufficient authorization to perform request.");
    }
}
