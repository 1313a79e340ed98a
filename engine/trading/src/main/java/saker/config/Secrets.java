package saker.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** Finds secrets where the configuration says they are: the environment or a private file. */
public final class Secrets {
    private Secrets() {}

    /**
     * @param source {@code env:NAME} or {@code file:PATH}
     * @throws ConfigException if it is absent, empty, or a file that others can read
     */
    public static String read(String source) {
        int colon = source.indexOf(':');
        String name = source.substring(colon + 1);
        String value = source.startsWith("env:") ? System.getenv(name) : readFile(Path.of(name));
        if (value == null || value.isBlank()) {
            throw new ConfigException(List.of("secret " + source + ": absent or empty"));
        }
        return value.strip();
    }

    private static String readFile(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ)) {
                throw new ConfigException(
                        List.of(
                                "secret file:"
                                        + file
                                        + ": readable by others, allowed: mode 0600"));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(List.of("secret file:" + file + ": cannot be read"));
        }
    }
}
