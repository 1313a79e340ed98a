package saker.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import saker.model.Sha256;

/**
 * The keys that sign access tokens, found by key id. The first one signs; the others still verify.
 * Thread-safe.
 */
public final class JwtKeys {
    /** Environment variable that takes the place of the key file. */
    public static final String SECRET_VARIABLE = "SAKER_JWT_SECRET";

    static final int MINIMUM_BYTES = 32;
    private static final int MINIMUM_DISTINCT_BYTES = 8;

    private final String signingKid;
    private final Map<String, SecretKeySpec> keys;

    private JwtKeys(byte[] secret) {
        this.signingKid = kidOf(secret);
        this.keys = Map.of(signingKid, new SecretKeySpec(secret, "HmacSHA256"));
    }

    /**
     * The key of {@code SAKER_JWT_SECRET}, else of {@code <data>/jwt.key}, which is made with 256
     * random bits and mode 0600 if it is missing.
     *
     * @throws IllegalArgumentException if the secret is too short or its file is open to others
     */
    public static JwtKeys load(Path dataFolder, Map<String, String> environment)
            throws IOException {
        String secret = environment.get(SECRET_VARIABLE);
        if (secret != null) {
            return ofSecret(SECRET_VARIABLE, secret.getBytes(StandardCharsets.UTF_8));
        }
        Path file = dataFolder.resolve("jwt.key");
        if (!Files.exists(file)) {
            create(file);
        }
        checkMode(file);
        return ofSecret(file.toString(), Files.readAllBytes(file));
    }

    /** Keys of one secret; {@code source} is named in the message if it will not do. */
    public static JwtKeys ofSecret(String source, byte[] secret) {
        if (secret.length < MINIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "bad JWT secret: source=%s, bytes=%d, allowed=at least %d"
                            .formatted(source, secret.length, MINIMUM_BYTES));
        }
        int distinct =
                (int) new String(secret, StandardCharsets.ISO_8859_1).chars().distinct().count();
        if (distinct < MINIMUM_DISTINCT_BYTES) {
            throw new IllegalArgumentException(
                    "bad JWT secret: source=%s, distinct bytes=%d, allowed=at least %d"
                            .formatted(source, distinct, MINIMUM_DISTINCT_BYTES));
        }
        return new JwtKeys(secret.clone());
    }

    String signingKid() {
        return signingKid;
    }

    /** Signs with the newest key. */
    byte[] sign(byte[] content) {
        return hmac(keys.get(signingKid), content);
    }

    /** The signature that {@code content} must carry; empty for an unknown key id. */
    Optional<byte[]> signature(String kid, byte[] content) {
        return Optional.ofNullable(keys.get(kid)).map(key -> hmac(key, content));
    }

    private static void create(Path file) throws IOException {
        byte[] secret = new byte[MINIMUM_BYTES];
        new SecureRandom().nextBytes(secret);
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        try {
            if (hasModes(folder)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
            } else {
                Files.createFile(file); // Windows: the folder's access list counts.
            }
        } catch (FileAlreadyExistsException e) {
            return; // Another start made it first; theirs counts.
        }
        Files.write(file, secret, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    }

    private static boolean hasModes(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    private static void checkMode(Path file) throws IOException {
        if (!hasModes(file)) {
            return;
        }
        Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        mode.remove(PosixFilePermission.OWNER_READ);
        mode.remove(PosixFilePermission.OWNER_WRITE);
        if (!mode.isEmpty()) {
            throw new IllegalArgumentException(
                    "JWT key is open to others: file=%s, mode=%s, allowed=0600"
                            .formatted(
                                    file,
                                    PosixFilePermissions.toString(
                                            Files.getPosixFilePermissions(file))));
        }
    }

    private static String kidOf(byte[] secret) {
        return HexFormat.of().formatHex(Sha256.of(secret), 0, 8);
    }

    private static byte[] hmac(SecretKeySpec key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(content);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException("no HmacSHA256", e);
        }
    }
}
