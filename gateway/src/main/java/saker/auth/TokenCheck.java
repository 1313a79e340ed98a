package saker.auth;

/** Result of checking an access token. */
public sealed interface TokenCheck {
    record Valid(Principal principal) implements TokenCheck {}

    /**
     * @param reason for the audit log, never for the caller
     */
    record Refused(String reason) implements TokenCheck {}
}
