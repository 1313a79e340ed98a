package saker.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import saker.model.RecordKind;

/** A record as one line, for people (TEXT) or programs (JSON, indexes as strings). */
final class RecordText {
    private static final long SECOND_NS = 1_000_000_000;

    private final JournalTools.Format format;
    private final ObjectMapper mapper = new ObjectMapper();

    RecordText(JournalTools.Format format) {
        this.format = format;
    }

    String line(RecordView entry) {
        return format == JournalTools.Format.JSON ? json(entry) : text(entry);
    }

    private static String text(RecordView entry) {
        return "%d %s journal=%s cause=%d ordinal=%d%s %s %s"
                .formatted(
                        entry.index(),
                        instant(entry.marketTimeNs()),
                        instant(entry.journalTimeNs()),
                        entry.cause(),
                        entry.ordinal(),
                        entry.last() ? " last" : "",
                        title(entry),
                        payload(entry));
    }

    private String json(RecordView entry) {
        ObjectNode node = mapper.createObjectNode();
        node.put("sequence", Long.toString(entry.index()));
        node.put("kind", title(entry));
        node.put("version", entry.version());
        node.put("marketTime", instant(entry.marketTimeNs()));
        node.put("journalTime", instant(entry.journalTimeNs()));
        node.put("cause", Long.toString(entry.cause()));
        node.put("ordinal", entry.ordinal());
        node.put("last", entry.last());
        node.set("payload", mapper.valueToTree(RecordDecoder.decode(entry)));
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: index=" + entry.index(), e);
        }
    }

    private static String title(RecordView entry) {
        RecordKind kind = entry.kind();
        return kind == null ? "Unknown" + RecordDescriptor.kindCode(entry.buffer()) : kind.title();
    }

    private static String payload(RecordView entry) {
        Object fact = RecordDecoder.decode(entry);
        return fact == null ? "" : fact.toString();
    }

    private static String instant(long timeNs) {
        return Instant.ofEpochSecond(
                        Math.floorDiv(timeNs, SECOND_NS), Math.floorMod(timeNs, SECOND_NS))
                .toString();
    }
}
