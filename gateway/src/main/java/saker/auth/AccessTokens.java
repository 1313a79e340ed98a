package saker.auth;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import saker.api.UserStore.Role;
import saker.api.UserStore.User;

/**
 * Issues and checks access tokens: JWTs signed with HS256 and nothing else. A token's header may
 * hold {@code alg}, {@code typ} and {@code kid} only, so it can neither choose its algorithm nor
 * bring a key; the signature is checked before a claim is read. Thread-safe, does not block.
 */
public final class AccessTokens {
    public static final long LIFETIME_MS = 15 * 60_000L;

    static final String ISSUER = "saker";
    static final String AUDIENCE = "saker-gateway";
    static final String TYPE = "at+jwt"; // RFC 9068: no other token of ours has it.

    /** Difference between the clocks of two of our own machines. */
    static final long SKEW_MS = 60_000L;

    private static final int MAX_CHARS = 2_048;
    private static final Set<String> HEADER_MEMBERS = Set.of("alg", "typ", "kid");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final JwtKeys keys;
    private final Revocations revocations;
    private final InstantSource clock;

    public AccessTokens(JwtKeys keys, Revocations revocations, InstantSource clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** A token for 15 minutes. */
    public String issue(User user, String family) {
        long nowS = clock.millis() / 1_000;
        ObjectNode header = STRICT.createObjectNode();
        header.put("alg", "HS256").put("typ", TYPE).put("kid", keys.signingKid());
        ObjectNode claims = STRICT.createObjectNode();
        claims.put("iss", ISSUER).put("aud", AUDIENCE).put("sub", user.username());
        claims.put("role", user.role().name()).put("ver", user.version()).put("sid", family);
        claims.put("mcp", user.mustChange());
        claims.put("iat", nowS).put("nbf", nowS).put("exp", nowS + LIFETIME_MS / 1_000);
        claims.put("jti", UUID.randomUUID().toString());
        String content = encode(header) + "." + encode(claims);
        return content + "." + ENCODER.encodeToString(keys.sign(bytes(content)));
    }

    /** Whom the token speaks for, or why it is refused. */
    public TokenCheck check(String token) {
        if (token.length() > MAX_CHARS) {
            return refused("oversized");
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return refused("not three parts");
        }
        Optional<JsonNode> header = decode(parts[0]);
        if (header.isEmpty() || !isOurHeader(header.get())) {
            return refused("header");
        }
        if (!isSigned(header.get().get("kid").textValue(), parts)) {
            return refused("signature");
        }
        Optional<JsonNode> claims = decode(parts[1]);
        return claims.isEmpty() ? refused("claims") : checkClaims(claims.get());
    }

    private boolean isOurHeader(JsonNode header) {
        for (Iterator<String> names = header.fieldNames(); names.hasNext(); ) {
            if (!HEADER_MEMBERS.contains(names.next())) {
                return false;
            }
        }
        return "HS256".equals(text(header, "alg"))
                && TYPE.equals(text(header, "typ"))
                && text(header, "kid") != null;
    }

    private boolean isSigned(String kid, String[] parts) {
        Optional<byte[]> expected = keys.signature(kid, bytes(parts[0] + "." + parts[1]));
        // Compared as text: base64 has several spellings of the same bytes, and we write only one.
        return expected.isPresent()
                && MessageDigest.isEqual(
                        bytes(ENCODER.encodeToString(expected.get())), bytes(parts[2]));
    }

    private TokenCheck checkClaims(JsonNode claims) {
        long nowMs = clock.millis();
        if (!ISSUER.equals(text(claims, "iss"))) {
            return refused("issuer");
        }
        if (!AUDIENCE.equals(text(claims, "aud"))) {
            return refused("audience");
        }
        long notBeforeMs = seconds(claims, "nbf");
        long expiresMs = seconds(claims, "exp");
        if (notBeforeMs < 0 || nowMs + SKEW_MS < notBeforeMs) {
            return refused("not yet valid");
        }
        if (expiresMs < 0 || nowMs - SKEW_MS >= expiresMs) {
            return refused("expired");
        }
        Optional<Role> role = role(text(claims, "role"));
        JsonNode version = claims.path("ver");
        String username = text(claims, "sub");
        String family = text(claims, "sid");
        if (role.isEmpty() || username == null || family == null || !version.canConvertToInt()) {
            return refused("identity");
        }
        boolean mustChange = claims.path("mcp").asBoolean(true);
        Principal who =
                new Principal(
                        username, role.get(), version.intValue(), family, mustChange, expiresMs);
        return revocations.isRevoked(who) ? refused("revoked") : new TokenCheck.Valid(who);
    }

    private static Optional<Role> role(String name) {
        for (Role role : Role.values()) {
            if (role.name().equals(name)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    private static long seconds(JsonNode claims, String name) {
        JsonNode value = claims.path(name);
        boolean sane = value.isIntegralNumber() && value.canConvertToLong();
        long seconds = sane ? value.longValue() : -1;
        return seconds < 0 || seconds > 1L << 40 ? -1 : seconds * 1_000;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).textValue();
    }

    private static String encode(ObjectNode node) {
        try {
            return ENCODER.encodeToString(STRICT.writeValueAsBytes(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot encode a token", e);
        }
    }

    private static Optional<JsonNode> decode(String part) {
        try {
            JsonNode node = STRICT.readTree(DECODER.decode(part));
            return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // Not base64, not JSON, or a member twice: all the same.
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static TokenCheck refused(String reason) {
        return new TokenCheck.Refused(reason);
    }
}
