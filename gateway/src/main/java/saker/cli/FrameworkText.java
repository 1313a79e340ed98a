package saker.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What {@code framework check} prints about a good library, for people. */
final class FrameworkText {
    private static final double KIB = 1024;

    private FrameworkText() {}

    /**
     * @param noise what the library printed
     */
    static List<String> of(JsonNode report, List<String> noise) {
        List<String> lines = new ArrayList<>();
        lines.add("good: version " + report.get("version").asText());
        lines.add("exports    " + exports(report.get("exports")));
        lines.add(
                "replayable "
                        + (report.get("replayable").asBoolean()
                                ? "yes: fxs_snapshot and fxs_restore"
                                : "no: a replay takes its recorded signals"));
        lines.add("memory     kept to its structures: " + structs(report.get("structBytes")));
        lines.add("null       " + nulls(report.get("nullPointers")));
        report.get("strategies").forEach(strategy -> lines.add(strategy(strategy)));
        report.get("warnings").forEach(warning -> lines.add("warning: " + warning.asText()));
        noise.forEach(text -> lines.add("warning: " + text));
        return lines;
    }

    private static String exports(JsonNode exports) {
        List<String> missing = new ArrayList<>();
        exports.fields()
                .forEachRemaining(
                        entry -> {
                            if (!entry.getValue().asBoolean()) {
                                missing.add(entry.getKey());
                            }
                        });
        String count = (exports.size() - missing.size()) + " of " + exports.size() + " names";
        return missing.isEmpty() ? count : count + ", without " + String.join(" ", missing);
    }

    private static String structs(JsonNode sizes) {
        List<String> texts = new ArrayList<>();
        sizes.fields()
                .forEachRemaining(
                        entry -> texts.add(entry.getKey() + " " + entry.getValue().asInt()));
        return String.join(", ", texts);
    }

    private static String nulls(JsonNode codes) {
        List<String> distinct = new ArrayList<>();
        codes.forEach(
                code -> {
                    if (!distinct.contains(code.asText())) {
                        distinct.add(code.asText());
                    }
                });
        return codes.size() + " arguments tried, code " + String.join(", ", distinct);
    }

    private static String strategy(JsonNode s) {
        JsonNode restored = s.get("restored");
        boolean measured = s.get("leakCalls").asInt() > 0;
        return "strategy   %d on %s: %d calls, %d with signals, median %d ns, p99 %d ns; %s; %s"
                .formatted(
                        s.get("id").asInt(),
                        s.get("rates").asText(),
                        s.get("calls").asInt(),
                        s.get("signals").asInt(),
                        s.get("medianNs").asLong(),
                        s.get("p99Ns").asLong(),
                        restored.isNull() ? "same twice" : "same twice and over a snapshot",
                        measured
                                ? "grows %.1f KiB in %d calls"
                                        .formatted(
                                                Math.max(0, s.get("leakAllocatedBytes").asLong())
                                                        / KIB,
                                                s.get("leakCalls").asInt())
                                : "too slow to measure its memory");
    }
}
