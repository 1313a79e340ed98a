package saker.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Enumeration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import saker.model.FixedPoint;

/**
 * Rows of a CSV file, plain or all {@code .csv} entries of a zip; LF or CRLF, last end optional.
 */
final class LeanFile {
    static final long DAY_NS = 86_400_000_000_000L;
    private static final Pattern DATE = Pattern.compile("(?<!\\d)((?:19|20)\\d{6})(?!\\d)");

    private LeanFile() {}

    /** Takes one row. */
    interface RowReader {
        void row(Row row) throws TickFileException;
    }

    /** One row, with what is needed to complain about it. */
    record Row(Path file, int line, String[] fields) {
        TickFileException bad(int field, String allowed) {
            String value = field < fields.length ? fields[field] : String.join(",", fields);
            return new TickFileException(file, line, value, allowed);
        }

        long price(int field) throws TickFileException {
            try {
                long priceE8 = FixedPoint.parse(fields[field], 8);
                if (priceE8 > 0) {
                    return priceE8;
                }
            } catch (NumberFormatException e) {
                throw bad(field, "a price above 0 with at most 8 decimals");
            }
            throw bad(field, "a price above 0 with at most 8 decimals");
        }
    }

    static void read(Path file, RowReader reader) throws IOException {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            try (InputStream in = Files.newInputStream(file)) {
                read(file, in, reader);
            }
            return;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".csv")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        read(file, in, reader);
                    }
                }
            }
        }
    }

    private static void read(Path file, InputStream in, RowReader reader) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                reader.row(new Row(file, number, line.trim().split(",", -1)));
            }
        }
    }

    /** Midnight UTC of the date in the file's name, {@code yyyyMMdd}; null if there is none. */
    static Long midnightNs(Path file) {
        Matcher matcher = DATE.matcher(file.getFileName().toString());
        if (!matcher.find()) {
            return null;
        }
        try {
            return LocalDate.parse(matcher.group(1), DateTimeFormatter.BASIC_ISO_DATE).toEpochDay()
                    * DAY_NS;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** {@code yyyyMMdd HH:mm} UTC, in ns since the Unix epoch. */
    static long parseMinute(Row row) throws TickFileException {
        try {
            return java.time.LocalDateTime.parse(row.fields()[0], MINUTE)
                            .toEpochSecond(ZoneOffset.UTC)
                    * 1_000_000_000L;
        } catch (DateTimeParseException e) {
            throw row.bad(0, "yyyyMMdd HH:mm in UTC");
        }
    }

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuuMMdd HH:mm", Locale.ROOT);

    static long parseMillis(Row row, long midnightNs) throws TickFileException {
        try {
            long millis = Long.parseLong(row.fields()[0]);
            if (millis >= 0 && millis < 86_400_000L) {
                return midnightNs + millis * 1_000_000L;
            }
        } catch (NumberFormatException e) {
            throw row.bad(0, "milliseconds since midnight UTC, 0 to 86399999");
        }
        throw row.bad(0, "milliseconds since midnight UTC, 0 to 86399999");
    }
}
