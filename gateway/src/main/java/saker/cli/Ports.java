package saker.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import saker.config.SakerConfig.GatewayConfig;

/** Whether the service can listen where it is told to, asked before anything trades. */
final class Ports {
    private Ports() {}

    /**
     * @throws IllegalStateException if one of them is taken or cannot be listened on
     */
    static void check(GatewayConfig config) {
        // Held together, so that the two are not the same.
        try (ServerSocket gateway = bind("port", config.host(), config.port());
                ServerSocket management =
                        bind("management_port", config.managementHost(), config.managementPort())) {
            gateway.getLocalPort();
            management.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("a port cannot be given back", e);
        }
    }

    private static ServerSocket bind(String key, String host, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        if (port == 0) {
            return socket;
        }
        try {
            socket.bind(new InetSocketAddress(host, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new IllegalStateException(message(key, host, port, e), e);
        }
    }

    private static String message(String key, String host, int port, IOException cause) {
        boolean taken =
                cause instanceof BindException
                        && String.valueOf(cause.getMessage()).contains("in use");
        return taken
                ? "gateway.%s=%d is in use: choose another with --%s or gateway.%s"
                        .formatted(key, port, key.replace('_', '-'), key)
                : "gateway.%s=%d cannot be listened on: host=%s: %s"
                        .formatted(key, port, host, cause.getMessage());
    }
}
