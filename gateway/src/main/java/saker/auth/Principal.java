package saker.auth;

import java.util.Locale;
import saker.api.UserStore.Role;

/**
 * Who a checked access token speaks for.
 *
 * @param version of the user when the token was issued
 * @param family the refresh session it belongs to
 * @param expiresMs wall time, ms since the Unix epoch
 */
public record Principal(
        String username,
        Role role,
        int version,
        String family,
        boolean mustChangePassword,
        long expiresMs) {

    /** The role as the API writes it. */
    public String roleName() {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
