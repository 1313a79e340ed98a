package saker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A new strategy in a copy of our own sources. */
class NewStrategyTest {
    private static final Path SOURCES = Path.of("../native");

    @TempDir private Path folder;
    private Path tree;

    @BeforeEach
    void copy() throws IOException {
        tree = folder.resolve("native");
        for (String part : new String[] {"CMakeLists.txt", "include", "src", "tests"}) {
            try (Stream<Path> files = Files.walk(SOURCES.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = tree.resolve(SOURCES.relativize(file));
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
    }

    @Test
    void shouldTakeTheNextFreeIdAndItsPlaceInEveryList() throws IOException {
        NewStrategy.Made first = NewStrategy.write(tree, "my_first", null);
        NewStrategy.Made second = NewStrategy.write(tree, "zz_last", null);

        assertThat(first.id()).isEqualTo(1100);
        assertThat(second.id()).isEqualTo(1101);
        assertThat(text("src/strategy/my_first.c")).contains("(id 1100)").doesNotContain("@");
        assertThat(text("src/strategy/list.c"))
                .contains("extern const fxs__strategy fxs__my_first;\n")
                .contains("    &fxs__my_first,\n    &fxs__zz_last,\n};");
        assertThat(text("CMakeLists.txt"))
                .contains("  src/strategy/my_first.c\n")
                .contains("  src/strategy/zz_last.c)");
        assertThat(text("tests/CMakeLists.txt")).containsPattern("golden[^)]* my_first zz_last\\)");
        assertThat(text("tests/golden_test.c"))
                .contains("compare(argv[1], \"my-first\", writes);")
                .endsWith("compare(argv[1], \"zz-last\", writes);\n    return 0;\n}\n");
        assertThat(text("tests/my_first_test.c")).contains("STRATEGY = 1100");
    }

    @Test
    void shouldTakeAGivenIdOnceOnly() throws IOException {
        assertThat(NewStrategy.write(tree, "my_first", 4711).id()).isEqualTo(4711);

        assertRefused("my_second", 4711, "the id is taken: --id=4711");
        assertRefused("my_second", 1000, "the id is taken: --id=1000");
        assertRefused("my_second", 999, "bad id: --id=999, allowed=1000 to 999999");
        assertRefused("my_second", 1_000_000, "bad id: --id=1000000, allowed=1000 to 999999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "My_strategy",
                "9lives",
                "a-b",
                "a__b",
                "_a",
                "a_",
                "../x",
                "ä",
                "a b",
                "a_name_that_is_far_too_long_to_be_good_for_anything"
            })
    void shouldRefuseABadName(String name) throws IOException {
        assertRefused(name, null, "bad name: NAME=" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "macd_cross, exists already: ",
        "golden,     exists already: ",
        "run,        exists already: ",
        "ema,        the name is taken: fxs__ema",
        "exports,    a test has the name: NAME=exports",
        "python_front_end, a test has the name: NAME=python_front_end",
    })
    void shouldRefuseANameThatIsTaken(String name, String problem) throws IOException {
        assertRefused(name, null, problem);
    }

    @Test
    void shouldRefuseAFolderThatIsNoNativeTree() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));

        assertThatThrownBy(() -> NewStrategy.write(other, "my_first", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no native/ tree: --dir=" + other);
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void shouldRefuseListsItDoesNotKnow() throws IOException {
        Path golden = tree.resolve("tests/golden_test.c");
        Files.writeString(golden, text("tests/golden_test.c").replace("    return 0;\n}", "}"));

        assertRefused("my_first", null, "no place for a strategy found: file=tests/golden_test.c");
    }

    /** The last file cannot be written: what was written before is taken back. */
    @Test
    void shouldLeaveNothingHalfWritten() throws IOException {
        Path blocked = tree.resolve("tests/golden_test.c.new");
        Files.createDirectories(blocked.resolve("in the way"));
        Map<Path, String> before = texts();

        assertThatThrownBy(() -> NewStrategy.write(tree, "my_first", null))
                .isInstanceOf(IOException.class);

        assertThat(texts()).isEqualTo(before);
    }

    /** Builds the library with it, and all of that strategy's tests: some 20 s. */
    @Test
    @Tag("nightly")
    void shouldBuildAndPassItsOwnTests() throws Exception {
        NewStrategy.write(tree, "my_first", null);

        run("cmake", "-S", ".", "-B", "build");
        run("cmake", "--build", "build", "--parallel", "2", "--target", "saker-framework");
        run("cmake", "--build", "build", "--parallel", "2", "--target", "golden_test");
        run("cmake", "--build", "build", "--parallel", "2", "--target", "my_first_test");
        run("cmake", "--build", "build", "--target", "golden-write");
        run("ctest", "--test-dir", "build", "-R", "^(my_first|golden)$", "--no-tests=error");

        assertThat(text("tests/golden/my-first.txt")).contains(" 0x1 ").contains(" 0x10000 ");
        for (String name : new String[] {"asi", "bollinger-breakout", "macd-cross"}) {
            assertThat(text("tests/golden/" + name + ".txt"))
                    .isEqualTo(Files.readString(SOURCES.resolve("tests/golden/" + name + ".txt")));
        }
        Path changed = tree.resolve("src/strategy/my_first.c");
        Files.writeString(
                changed,
                Files.readString(changed)
                        .replace("int up = state->distance > 0", "int up = state->distance < 0"));
        run("cmake", "--build", "build", "--parallel", "2", "--target", "my_first_test");
        assertThat(start("ctest", "--test-dir", "build", "-R", "^my_first$").waitFor()).isNotZero();
    }

    private void run(String... command) throws Exception {
        Process process = start(command);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(folder.resolve("output.txt"))).isZero();
    }

    private Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(tree.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }

    private void assertRefused(String name, Integer id, String problem) throws IOException {
        Map<Path, String> before = texts();
        assertThatThrownBy(() -> NewStrategy.write(tree, name, id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
        assertThat(texts()).isEqualTo(before);
    }

    private Map<Path, String> texts() throws IOException {
        Map<Path, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(file, Files.readString(file));
            }
        }
        return texts;
    }

    private String text(String file) throws IOException {
        return Files.readString(tree.resolve(file));
    }
}
