package saker.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a new strategy into a {@code native/} tree: its source, which works as it is, its place in
 * the lists, a golden run and a test of its rules. Everything is worked out before anything is
 * written, and what was written is taken back if the rest cannot be: there is never half a
 * strategy.
 */
final class NewStrategy {
    static final int FIRST_ID = 1100; // Below are those that come with the library.
    private static final int LOWEST_ID = 1000; // Below are the existing framework's.
    private static final int LAST_ID = 999_999;
    private static final String NAME = "[a-z][a-z0-9]*(_[a-z0-9]+)*";
    private static final int MAX_LENGTH = 40;

    private final NativeTree tree;
    private final String name;
    private final int id;

    private NewStrategy(NativeTree tree, String name, int id) {
        this.tree = tree;
        this.name = name;
        this.id = id;
    }

    /**
     * @param files made or changed, below the tree
     */
    record Made(int id, List<String> files) {}

    /**
     * @param id wanted, or null for the next free one
     * @throws IllegalArgumentException saying what is wrong with the name, the id or the tree
     */
    static Made write(Path root, String name, Integer id) throws IOException {
        if (!name.matches(NAME) || name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "bad name: NAME=%s, allowed=lower_case_words of letters and digits, up to %d"
                            .formatted(name, MAX_LENGTH));
        }
        NativeTree tree = NativeTree.open(root);
        NewStrategy strategy = new NewStrategy(tree, name, idOf(tree, id));
        strategy.demandFreeName();
        Map<String, String> files = strategy.files();
        writeAll(tree, files);
        return new Made(strategy.id, List.copyOf(files.keySet()));
    }

    private static int idOf(NativeTree tree, Integer wanted) throws IOException {
        Set<Integer> taken = tree.ids();
        if (wanted == null) {
            int free = FIRST_ID;
            while (taken.contains(free)) {
                free++;
            }
            return free;
        }
        if (wanted < LOWEST_ID || wanted > LAST_ID) {
            throw new IllegalArgumentException(
                    "bad id: --id=%d, allowed=%d to %d".formatted(wanted, LOWEST_ID, LAST_ID));
        }
        if (taken.contains(wanted)) {
            throw new IllegalArgumentException("the id is taken: --id=%d".formatted(wanted));
        }
        return wanted;
    }

    private void demandFreeName() throws IOException {
        for (String file : List.of(source(), test(), goldenFile())) {
            if (tree.has(file)) {
                throw new IllegalArgumentException("exists already: " + tree.path(file));
            }
        }
        if (tree.uses("fxs__" + name)) {
            throw new IllegalArgumentException("the name is taken: fxs__" + name);
        }
        if (tree.tests().contains(name)) {
            throw new IllegalArgumentException(
                    "a test has the name: NAME=%s, file=%s"
                            .formatted(name, tree.path(NativeTree.TESTS)));
        }
    }

    private String source() {
        return "src/strategy/" + name + ".c";
    }

    private String test() {
        return "tests/" + name + "_test.c";
    }

    private String goldenFile() {
        return "tests/golden/" + dashed() + ".txt";
    }

    private String dashed() {
        return name.replace('_', '-');
    }

    /** Every file with its new text. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(source(), filled("strategy.c"));
        files.put(test(), filled("strategy_test.c"));
        edit(files, NativeTree.LIST, NativeTree.listed(name));
        edit(files, NativeTree.SOURCES, NativeTree.compiled(name));
        edit(files, NativeTree.TESTS, NativeTree.tested(name));
        edit(files, NativeTree.GOLDEN, NativeTree.golden(goldenRun()));
        return files;
    }

    private void edit(
            Map<String, String> files, String file, java.util.function.UnaryOperator<String> how)
            throws IOException {
        files.put(file, how.apply(tree.text(file)));
    }

    private String goldenRun() {
        return """
                    caller %1$s = caller_of(ID, %2$d, 5);
                    caller_series(&%1$s, 0, 5, 60, 5);
                    run(%1$s, 5, 5000, %2$d);
                    compare(argv[1], "%3$s", writes);
                """
                .formatted(name, id, dashed());
    }

    private String filled(String template) throws IOException {
        try (InputStream in = NewStrategy.class.getResourceAsStream("/templates/" + template)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@NAME@", name)
                    .replace("@TITLE@", title())
                    .replace("@ID@", Integer.toString(id));
        }
    }

    private String title() {
        String words = name.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static void writeAll(NativeTree tree, Map<String, String> files) throws IOException {
        Map<Path, byte[]> before = new LinkedHashMap<>();
        List<Path> spares = new ArrayList<>();
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = tree.path(file.getKey());
                before.put(path, Files.exists(path) ? Files.readAllBytes(path) : null);
                Path spare = path.resolveSibling(path.getFileName() + ".new");
                spares.add(spare);
                Files.writeString(spare, file.getValue(), StandardCharsets.UTF_8);
            }
            int next = 0;
            for (Path path : before.keySet()) {
                Files.move(spares.get(next++), path, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            takeBack(before, spares);
            throw e;
        }
    }

    private static void takeBack(Map<Path, byte[]> before, List<Path> spares) throws IOException {
        for (Path spare : spares) {
            Files.deleteIfExists(spare);
        }
        for (Map.Entry<Path, byte[]> file : before.entrySet()) {
            if (file.getValue() == null) {
                Files.deleteIfExists(file.getKey());
            } else {
                Files.write(file.getKey(), file.getValue());
            }
        }
    }
}
