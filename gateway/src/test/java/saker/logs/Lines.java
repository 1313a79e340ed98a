package saker.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Log files for tests. */
public final class Lines {
    private Lines() {}

    /** A line at a second of a fixed hour, with more members such as {@code "instance":7001}. */
    public static String line(
            int second, String level, String process, String message, String more) {
        return "{\"time\":\"2026-03-02T14:00:%02d.000000Z\",\"level\":\"%s\",\"process\":\"%s\",\"thread\":\"t\",\"logger\":\"saker.live.X\"%s,\"message\":\"%s\"}"
                .formatted(second, level, process, more.isEmpty() ? "" : "," + more, message);
    }

    public static String line(int second, String message) {
        return line(second, "INFO", "engine", message, "");
    }

    public static void write(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
        if (!file.toString().endsWith(".gz")) {
            Files.write(file, bytes);
            return;
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
    }
}
