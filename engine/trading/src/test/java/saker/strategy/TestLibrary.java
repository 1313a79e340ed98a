package saker.strategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Our library, unpacked once per test JVM: one library per process is all there is. */
public final class TestLibrary {
    private static final Path PATH = unpack();

    private TestLibrary() {}

    public static Path path() {
        return PATH;
    }

    private static Path unpack() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "framework");
            return FrameworkFiles.unpackLibrary(folder.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
