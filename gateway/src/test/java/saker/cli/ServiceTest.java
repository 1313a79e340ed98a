package saker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {
    @TempDir private Path folder;

    @Test
    void shouldRefuseATakenPortBeforeTheEngineStarts() throws IOException {
        Path data = folder.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();

            assertThatThrownBy(
                            () -> Service.start(DemoConfig.of(port, 0, 1, data, List.of()), data))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "gateway.port=%d is in use: choose another with --port or gateway.port",
                            port);
            assertThatThrownBy(
                            () -> Service.start(DemoConfig.of(0, port, 1, data, List.of()), data))
                    .hasMessageContaining("gateway.management_port=%d is in use", port);
        }
        assertThat(data.resolve("journal")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }
}
