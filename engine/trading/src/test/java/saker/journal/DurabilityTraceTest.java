package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code durability: power}: before the durable index is published, the kernel was asked to write
 * the record, and said it did. Seen from outside, in the system calls of a child.
 */
class DurabilityTraceTest {
    private static final Pattern MAPPED =
            Pattern.compile("mmap\\(.*?, (\\d+), .*MAP_SHARED.*<(.*)>, .*\\) += (0x[0-9a-f]+)");
    private static final Pattern MSYNC =
            Pattern.compile("msync\\((0x[0-9a-f]+), \\d+, MS_SYNC\\) += 0");
    private static final Pattern SYNCED = Pattern.compile("(fsync|fdatasync)\\(\\d+<(.*)>\\) += 0");

    @TempDir Path data;

    @Test
    void shouldWriteToDiskBeforeTheDurableIndexIsPublished() throws Exception {
        assumeTrue(ChildJvm.works("strace", "-f", "-e", "trace=msync", "true"), "no strace here");
        Path trace = data.resolve("trace");
        List<String> strace =
                List.of(
                        "strace",
                        "-f",
                        "-y",
                        "-s",
                        "64",
                        "-e",
                        "trace=mmap,msync,fsync,fdatasync,write",
                        "-o",
                        trace.toString());
        try (ChildJvm child = ChildJvm.start(strace, "durable", data.toString())) {
            assertThat(child.lines())
                    .containsExactly(
                            "APPEND FIRST", "DURABLE FIRST", "APPEND ROLLED", "DURABLE ROLLED");
            assertThat(child.exitCode()).isZero();
        }

        List<String> calls = calls(Files.readAllLines(trace));
        List<String> first = syncs(calls, "FIRST");
        List<String> rolled = syncs(calls, "ROLLED");

        String firstFile = QueueFile.list(data.resolve("journal")).get(0).getFileName().toString();
        String rolledFile = QueueFile.list(data.resolve("journal")).get(1).getFileName().toString();
        assertThat(first)
                .containsSubsequence(
                        "msync " + firstFile, "fdatasync " + firstFile, "fdatasync metadata.cq4t");
        assertThat(rolled)
                .containsSubsequence(
                        "fsync " + firstFile,
                        "fsync journal",
                        "msync " + rolledFile,
                        "fdatasync " + rolledFile,
                        "fdatasync metadata.cq4t");
    }

    /** Calls that succeeded between the append and the publication, as "call file". */
    private static List<String> syncs(List<String> calls, String name) {
        Map<Long, String> mappings = new HashMap<>();
        Map<Long, Long> lengths = new HashMap<>();
        List<String> syncs = new ArrayList<>();
        boolean inside = false;
        for (String call : calls) {
            if (call.contains("\"DURABLE " + name)) {
                return syncs;
            }
            inside |= call.contains("\"APPEND " + name);
            Matcher mapped = MAPPED.matcher(call);
            if (mapped.find()) {
                long address = Long.decode(mapped.group(3));
                mappings.put(address, fileName(mapped.group(2)));
                lengths.put(address, Long.parseLong(mapped.group(1)));
            }
            if (inside) {
                addSync(call, mappings, lengths, syncs);
            }
        }
        throw new AssertionError("never published: " + name);
    }

    private static void addSync(
            String call, Map<Long, String> mappings, Map<Long, Long> lengths, List<String> syncs) {
        Matcher msync = MSYNC.matcher(call);
        if (msync.find()) {
            long at = Long.decode(msync.group(1));
            mappings.forEach(
                    (address, file) -> {
                        if (at >= address && at < address + lengths.get(address)) {
                            syncs.add("msync " + file);
                        }
                    });
        }
        Matcher synced = SYNCED.matcher(call);
        if (synced.find()) {
            syncs.add(synced.group(1) + " " + fileName(synced.group(2)));
        }
    }

    /** Whole calls in the order they returned: strace splits those that others interrupt. */
    private static List<String> calls(List<String> lines) throws IOException {
        Map<String, String> unfinished = new HashMap<>();
        List<String> calls = new ArrayList<>();
        for (String line : lines) {
            String thread = line.substring(0, line.indexOf(' '));
            int cut = line.indexOf(" <unfinished ...>");
            int resumed = line.indexOf(" resumed>");
            if (cut >= 0) {
                unfinished.put(thread, line.substring(0, cut));
            } else if (resumed >= 0) {
                calls.add(unfinished.remove(thread) + line.substring(resumed + 9));
            } else {
                calls.add(line);
            }
        }
        return calls;
    }

    private static String fileName(String path) {
        return Path.of(path).getFileName().toString();
    }
}
