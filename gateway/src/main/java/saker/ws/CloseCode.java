package saker.ws;

/** Why we close a socket. */
enum CloseCode {
    AUTHENTICATION(4001),
    REVOKED(4003),
    SLOW_CONSUMER(4008),
    PROTOCOL(4010),
    RESTARTING(4012),
    TOO_MANY(4029);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
