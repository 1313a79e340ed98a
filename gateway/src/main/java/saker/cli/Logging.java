package saker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import saker.live.DataLock;

/**
 * Where logs go, decided before the first logger exists. The console belongs to the commands: a
 * service logs JSON lines into its data folder, a tool logs nothing.
 */
final class Logging {
    private static final List<String> SERVICES = List.of("serve", "demo", "venue");

    private Logging() {}

    static void configure(String[] args) {
        System.setProperty(
                "vertx.logger-delegate-factory-class-name",
                "io.vertx.core.logging.SLF4JLogDelegateFactory");
        if (args.length > 0 && args[0].equals("worker")) {
            System.setProperty("logback.configurationFile", "logback-worker.xml");
            return;
        }
        String folder = args.length > 0 && SERVICES.contains(args[0]) ? dataOf(args) : null;
        if (folder == null) {
            System.setProperty("logback.configurationFile", "logback-quiet.xml");
        } else {
            createFolder(Path.of(folder));
            String process = args[0].equals("venue") ? "venue" : "engine";
            System.setProperty("saker.process", process);
            System.setProperty("saker.log", Path.of(folder, "logs", process + ".jsonl").toString());
        }
    }

    /** Before the log does, which would let others in. */
    private static void createFolder(Path data) {
        try {
            DataLock.createFolder(data);
        } catch (IOException e) {
            System.err.println("cannot make the data folder: data=" + data + ": " + e);
        }
    }

    /** The value of {@code --data}; a demo has a default, a venue may have none. */
    private static String dataOf(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--data") && i + 1 < args.length) {
                return args[i + 1];
            }
            if (args[i].startsWith("--data=")) {
                return args[i].substring("--data=".length());
            }
        }
        return args[0].equals("demo") ? DemoCommand.DEFAULT_DATA : null;
    }
}
