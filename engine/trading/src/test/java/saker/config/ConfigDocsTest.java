package saker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** config/README.md is the reference: every key that the loader reads has a row there. */
class ConfigDocsTest {
    private static final Path LOADER = Path.of("src/main/java/saker/config/ConfigLoader.java");
    private static final Path REFERENCE = Path.of("../../config/README.md");
    private static final Pattern READ =
            Pattern.compile(
                    "\\.(?:text|optionalText|texts|integer|decimal|optionalDecimal|unitsE4|bool"
                            + "|choice|section|sections)\\(\\s*\"([a-z_]+)\"");

    /** A key of the reference: in backquotes, in a heading or in the first column of a table. */
    private static final Pattern DESCRIBED =
            Pattern.compile("(?m)^(?:### ([a-z_]+)$|\\| `(?:rates\\[]\\.)?([a-z_]+)` \\|)");

    @Test
    void shouldDescribeEveryKeyThatTheLoaderReads() throws IOException {
        Set<String> read = keysRead(Files.readString(LOADER));

        Set<String> described = keysDescribed(Files.readString(REFERENCE));

        assertThat(read).contains("gateway", "quote_age_ms", "symbols", "instance_id", "rates");
        assertThat(described).containsAll(read);
    }

    @Test
    void shouldDescribeNoKeyThatTheLoaderDoesNotKnow() throws IOException {
        Set<String> read = keysRead(Files.readString(LOADER));

        Set<String> described = keysDescribed(Files.readString(REFERENCE));

        assertThat(read).containsAll(described);
    }

    @Test
    void shouldMissAKeyWithoutARow() {
        Set<String> described = keysDescribed("| `host` | text |\nthe key `port` in a sentence\n");

        assertThat(described).containsExactly("host");
    }

    private static Set<String> keysRead(String source) {
        return READ.matcher(source)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> keysDescribed(String reference) {
        Set<String> keys = new TreeSet<>();
        for (Matcher row = DESCRIBED.matcher(reference); row.find(); ) {
            keys.add(row.group(1) != null ? row.group(1) : row.group(2));
        }
        return keys;
    }
}
