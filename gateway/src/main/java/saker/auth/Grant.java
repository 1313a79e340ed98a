package saker.auth;

import saker.api.UserStore.User;

/**
 * What a login, a refresh or a new password gives.
 *
 * @param refreshToken for the cookie only
 * @param refreshExpiresMs wall time, ms since the Unix epoch
 */
public record Grant(
        User user, String accessToken, String refreshToken, long refreshExpiresMs, long nowMs) {}
