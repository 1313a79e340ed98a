package saker.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sources of a framework library, as {@code native/} lays them out: where a strategy is written
 * down, and which names and ids are taken. Edits keep everything else as it is; one that does not
 * find its place refuses.
 */
final class NativeTree {
    static final String LIST = "src/strategy/list.c";
    static final String SOURCES = "CMakeLists.txt";
    static final String TESTS = "tests/CMakeLists.txt";
    static final String GOLDEN = "tests/golden_test.c";

    private static final Pattern SOURCE = Pattern.compile("  src/strategy/(\\w+)\\.c(\\)?)");
    private static final Pattern STRATEGY =
            Pattern.compile("const fxs__strategy fxs__\\w+ = \\{\\s*(\\d+)\\s*,");
    private static final Pattern TEST_LIST =
            Pattern.compile("foreach\\(test\\s([^)]*\\bgolden\\b[^)]*)\\)");
    private static final Pattern TEST =
            Pattern.compile("(?:add_test\\(\\s*NAME|add_library_test\\()\\s*(\\w+)");
    private static final Pattern GOLDEN_END = Pattern.compile("    return 0;\\n\\}\\s*\\z");

    private final Path root;

    private NativeTree(Path root) {
        this.root = root;
    }

    /**
     * @throws IllegalArgumentException if the folder is no such tree
     */
    static NativeTree open(Path root) {
        for (String file : List.of(LIST, SOURCES, TESTS, GOLDEN)) {
            if (!Files.isRegularFile(root.resolve(file))) {
                throw new IllegalArgumentException(
                        "no native/ tree: --dir=%s, absent=%s".formatted(root, file));
            }
        }
        return new NativeTree(root);
    }

    Path path(String file) {
        return root.resolve(file);
    }

    boolean has(String file) {
        return Files.exists(root.resolve(file));
    }

    String text(String file) throws IOException {
        return Files.readString(root.resolve(file), StandardCharsets.UTF_8);
    }

    /** Ids of all strategies. */
    Set<Integer> ids() throws IOException {
        Set<Integer> ids = new TreeSet<>();
        for (String text : sources("src/strategy")) {
            Matcher matcher = STRATEGY.matcher(text);
            while (matcher.find()) {
                ids.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return ids;
    }

    /** Names of all tests, be they listed or made one by one. */
    Set<String> tests() throws IOException {
        String text = text(TESTS);
        Set<String> tests = new TreeSet<>();
        Matcher list = TEST_LIST.matcher(text);
        if (list.find()) {
            tests.addAll(List.of(list.group(1).trim().split("\\s+")));
        }
        Matcher test = TEST.matcher(text);
        while (test.find()) {
            tests.add(test.group(1));
        }
        return tests;
    }

    /** Whether any source uses the name. */
    boolean uses(String identifier) throws IOException {
        Pattern word = Pattern.compile("\\b" + identifier + "\\b");
        for (String folder : List.of("src", "include", "tests")) {
            if (sources(folder).stream().anyMatch(text -> word.matcher(text).find())) {
                return true;
            }
        }
        return false;
    }

    private List<String> sources(String folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            for (Path file : files.filter(f -> f.toString().matches(".*\\.[ch]")).toList()) {
                texts.add(Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    /** The list of strategies with one more at its end. */
    static UnaryOperator<String> listed(String name) {
        return text -> {
            int extern = text.lastIndexOf("extern const fxs__strategy ");
            int end = extern < 0 ? -1 : text.indexOf(";\n", extern);
            int table = text.indexOf("strategies[] = {", Math.max(0, end));
            int close = table < 0 ? -1 : text.indexOf("\n};", table);
            if (end < 0 || close < 0) {
                throw noPlace(LIST);
            }
            return text.substring(0, end + 2)
                    + "extern const fxs__strategy fxs__%s;\n".formatted(name)
                    + text.substring(end + 2, close)
                    + "\n    &fxs__%s,".formatted(name)
                    + text.substring(close);
        };
    }

    /** The list of sources with one more, in alphabetical order. */
    static UnaryOperator<String> compiled(String name) {
        return text -> {
            List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
            int last = -1;
            for (int i = 0; i < lines.size(); i++) {
                Matcher source = SOURCE.matcher(lines.get(i));
                if (source.matches()) {
                    if (source.group(1).compareTo(name) > 0) {
                        lines.add(i, "  src/strategy/%s.c".formatted(name));
                        return String.join("\n", lines);
                    }
                    last = i;
                }
            }
            if (last < 0) {
                throw noPlace(SOURCES);
            }
            String closing = lines.get(last).endsWith(")") ? ")" : "";
            lines.set(last, lines.get(last).replace(")", ""));
            lines.add(last + 1, "  src/strategy/%s.c%s".formatted(name, closing));
            return String.join("\n", lines);
        };
    }

    /** The list of tests with one more at its end. */
    static UnaryOperator<String> tested(String name) {
        return text -> {
            Matcher list = TEST_LIST.matcher(text);
            if (!list.find()) {
                throw noPlace(TESTS);
            }
            int end = list.end() - 1;
            String before = text.substring(0, end);
            int column = end - before.lastIndexOf('\n');
            String between = column + name.length() > 96 ? "\n    " : " ";
            return before + between + name + text.substring(end);
        };
    }

    /** The golden runs with one more at their end. */
    static UnaryOperator<String> golden(String run) {
        return text -> {
            Matcher end = GOLDEN_END.matcher(text);
            if (!end.find()) {
                throw noPlace(GOLDEN);
            }
            return text.substring(0, end.start()) + "\n" + run + text.substring(end.start());
        };
    }

    private static IllegalArgumentException noPlace(String file) {
        return new IllegalArgumentException(
                "no place for a strategy found: file=" + file + "; its lists were changed by hand");
    }
}
