package saker.venue;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A venue in a JVM of its own, so that it can be killed. */
final class VenueProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private VenueProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static VenueProcess start(Path stateDir, Path history) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                List.of(
                        java,
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VenueProcess.class.getName(),
                        stateDir.toString(),
                        history == null ? "-" : history.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder log = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            log.append(line).append(System.lineSeparator());
            if (line.startsWith("ready ")) {
                return new VenueProcess(process, Integer.parseInt(line.substring(6)));
            }
        }
        throw new IOException("the venue ended before it was ready: " + log);
    }

    VenueClient client() {
        return new VenueClient(port);
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** In the child: state folder, history file or "-". */
    public static void main(String[] arguments) {
        VenueOptions.Builder options =
                RunningVenue.options().stateDir(Path.of(arguments[0])).conflate(false);
        if (!arguments[1].equals("-")) {
            options.history(List.of(Path.of(arguments[1]))).speed(100);
        }
        OandaVenue.start(Vertx.vertx(), options.build())
                .onSuccess(venue -> System.out.println("ready " + venue.port()))
                .onFailure(
                        failure -> {
                            failure.printStackTrace();
                            System.exit(1);
                        });
    }
}
