package saker.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The configuration of a service that trades EURUSD at a broker, and its management port. */
final class Practice {
    private Practice() {}

    /**
     * @param broker address of REST and streams
     * @param metrics management port
     * @param more of saker.yaml, lines that end with a new line
     */
    static void writeConfig(
            DataFolder data, String brokerToken, String broker, int metrics, String more)
            throws IOException {
        Path config = data.resolve("config");
        Files.createDirectories(config.resolve("accounts"));
        Path token = config.resolve("token");
        Files.createFile(
                token,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(token, brokerToken);
        Files.writeString(
                config.resolve("saker.yaml"),
                "gateway: {port: 0, management_port: %d}\n".formatted(metrics)
                        + "journal: {low_water_mb: 512, floor_mb: 256}\n"
                        + more);
        Files.writeString(
                config.resolve("accounts/practice.yaml"),
                """
                name: practice
                broker: oanda
                environment: PRACTICE
                account_id: 101-001-1000001-001
                rest_url: %s
                stream_url: %s
                token: file:%s
                symbols: [EURUSD]
                durability: POWER
                """
                        .formatted(broker, broker, token));
    }

    static SakerProcess serve(DataFolder data) {
        String config = data.resolve("config").toString();
        return SakerProcess.start("serve", "--config", config, "--data", data.text());
    }

    static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    /**
     * @param name with its labels, as it is written
     */
    static double metric(int port, String name) {
        return metrics(port)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric: " + name));
    }

    private static String metrics(int port) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError("no metrics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
