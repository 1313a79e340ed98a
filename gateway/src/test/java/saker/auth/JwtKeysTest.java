package saker.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtKeysTest {
    @TempDir private Path data;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "super-secret",
                "0123456789abcdef0123456789abcde",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void shouldRefuseAShortOrEvenSecret(String secret) {
        assertThatThrownBy(() -> JwtKeys.load(data, Map.of("SAKER_JWT_SECRET", secret)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SAKER_JWT_SECRET")
                .hasMessageContaining("allowed=at least");
    }

    @Test
    void shouldMakeAKeyOfItsOwnThatOnlyTheOwnerReads() throws IOException {
        JwtKeys first = JwtKeys.load(data, Map.of());
        JwtKeys second = JwtKeys.load(data, Map.of());

        Path file = data.resolve("jwt.key");
        assertThat(Files.size(file)).isEqualTo(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(second.signingKid()).isEqualTo(first.signingKid());
    }

    @Test
    void shouldRefuseAKeyThatOthersCanRead() throws IOException {
        JwtKeys.load(data, Map.of());
        Files.setPosixFilePermissions(
                data.resolve("jwt.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> JwtKeys.load(data, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mode=rw-r--r--");
    }
}
