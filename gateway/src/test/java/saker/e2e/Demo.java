package saker.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Command lines of a demo on free ports. */
final class Demo {
    private Demo() {}

    static SakerProcess start(DataFolder data, String... more) {
        return start(SakerProcess.jdk(), data, more);
    }

    static SakerProcess start(Path javaHome, DataFolder data, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "demo",
                                "--port",
                                "0",
                                "--management-port",
                                "0",
                                "--data",
                                data.text()));
        args.addAll(Arrays.asList(more));
        return SakerProcess.start(javaHome, Map.of(), args.toArray(String[]::new));
    }

    /** Library made for tests, such as {@code libbad-nan.so}. */
    static Path library(String name) {
        return Path.of(System.getProperty("saker.e2e.native"))
                .resolve("test-classes/native/linux-x86-64/test")
                .resolve(name);
    }

    /** A file of the sample data, or null where there is none. */
    static Path sample(String name) {
        String folder = System.getenv("SAKER_DATA");
        Path file = folder == null ? null : Path.of(folder).resolve(name);
        return file != null && java.nio.file.Files.exists(file) ? file : null;
    }
}
