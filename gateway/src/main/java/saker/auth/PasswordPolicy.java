package saker.auth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which passwords may be chosen: long enough, not common, not our own words. No composition rules.
 */
public final class PasswordPolicy {
    public static final int MINIMUM_CHARS = 8;
    public static final int MAXIMUM_CHARS = 256;

    private final Set<String> common;

    public PasswordPolicy() {
        this.common = commonPasswords();
    }

    /** What is wrong with it; empty if it will do. */
    public Optional<String> violation(String username, String password) {
        if (password.length() < MINIMUM_CHARS || password.length() > MAXIMUM_CHARS) {
            return Optional.of("%d to %d characters".formatted(MINIMUM_CHARS, MAXIMUM_CHARS));
        }
        String lower = password.toLowerCase(Locale.ROOT);
        String bare = lower.replaceAll("[^a-z]+$", "");
        if (common.contains(lower) || common.contains(bare)) {
            return Optional.of("no common password");
        }
        if (bare.equals(username) || bare.equals("saker") || lower.chars().distinct().count() < 4) {
            return Optional.of(
                    "no name of a user or of the program, at least 4 different characters");
        }
        return Optional.empty();
    }

    private static Set<String> commonPasswords() {
        try (InputStream in = PasswordPolicy.class.getResourceAsStream("common-passwords.txt");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
