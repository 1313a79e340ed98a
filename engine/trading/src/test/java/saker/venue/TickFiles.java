package saker.venue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes tick files in Lean's layout: {@code ms since midnight,bid,ask}. */
final class TickFiles {
    private TickFiles() {}

    /** Rows of EURUSD on Thursday 2014-05-01. */
    static Path eurUsd(Path folder, List<String> rows) {
        Path file = folder.resolve("tick/eurusd/20140501_quote.zip");
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("20140501_eurusd_tick_quote.csv"));
                zip.write(String.join("\n", rows).getBytes(StandardCharsets.US_ASCII));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
