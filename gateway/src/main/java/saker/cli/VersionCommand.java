package saker.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** {@code saker version}. */
@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    private static final String VERSION = read();

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (json) {
            Json.print(
                    java.util.Map.of(
                            "name", "saker", "version", VERSION, "java", Runtime.version() + ""));
        } else {
            System.out.println("saker " + VERSION + " on Java " + Runtime.version());
        }
        return 0;
    }

    /** Such as {@code 0.1.0}. */
    static String version() {
        return VERSION;
    }

    private static String read() {
        try (InputStream in = VersionCommand.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"saker " + VERSION};
        }
    }
}
