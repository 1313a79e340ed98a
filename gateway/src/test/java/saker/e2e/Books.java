package saker.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import saker.journal.JournalTools;
import saker.model.RecordKind;

/**
 * Whether engine, journal, database and broker tell the same story. The broker's transactions are
 * the truth; they grow while we look, so what is compared is what it had when it was asked.
 */
final class Books {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final BigDecimal CENT_OF_A_CENT = new BigDecimal("0.0001");

    private final DataFolder data;
    private final DemoApi api;

    private Books(DataFolder data, DemoApi api) {
        this.data = data;
        this.api = api;
    }

    /** Waits until everything agrees; fails with the first difference that stays. */
    static void awaitEqual(DataFolder data, DemoApi api) {
        Books books = new Books(data, api);
        try {
            Await.noComplaint(LIMIT, books::positions);
            Await.noComplaint(LIMIT, books::database);
            Await.noComplaint(LIMIT, books::orders);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + data.logTail(), e);
        }
    }

    private String positions() {
        Map<Long, String> ours = api.positions();
        Map<Long, String> theirs = data.venue().openTrades();
        return ours.equals(theirs) ? "" : "positions: engine=" + ours + ", venue=" + theirs;
    }

    // ---- Database
    // --------------------------------------------------------------------------------

    private String database() {
        List<JsonNode> fills = data.venue().fills();
        Optional<Map<Long, String>> events =
                data.query(
                        "select transaction_id, realized_pl from order_events"
                                + " where event_type = 'ORDER_FILLED'");
        Optional<Map<Long, String>> trades =
                data.query("select ticket, realized_pl from trades where source = 'fill'");
        if (events.isEmpty() || trades.isEmpty()) {
            return "the database does not answer";
        }
        Map<Long, BigDecimal> perFill = new TreeMap<>();
        Map<Long, BigDecimal> perTrade = new TreeMap<>();
        for (JsonNode fill : fills) {
            perFill.put(fill.get("id").asLong(), decimal(fill, "pl"));
            if (fill.has("tradeOpened")) {
                perTrade.put(fill.path("tradeOpened").path("tradeID").asLong(), BigDecimal.ZERO);
            }
            fill.path("tradesClosed").forEach(part -> addPart(perTrade, part));
            if (fill.has("tradeReduced")) {
                addPart(perTrade, fill.get("tradeReduced"));
            }
        }
        long last = fills.isEmpty() ? 0 : fills.get(fills.size() - 1).get("id").asLong();
        String wrong = differences("order_events", perFill, events.get(), last);
        return wrong.isEmpty() ? differences("trades", perTrade, trades.get(), last) : wrong;
    }

    private static void addPart(Map<Long, BigDecimal> perTrade, JsonNode part) {
        perTrade.merge(part.get("tradeID").asLong(), decimal(part, "realizedPL"), BigDecimal::add);
    }

    private static BigDecimal decimal(JsonNode node, String name) {
        return new BigDecimal(node.path(name).asText("0"));
    }

    /** Each amount of the venue has its row; rows of what came since then are left alone. */
    private static String differences(
            String table, Map<Long, BigDecimal> expected, Map<Long, String> rows, long last) {
        for (var entry : expected.entrySet()) {
            String row = rows.get(entry.getKey());
            if (row == null) {
                return table + ": no row for id=" + entry.getKey();
            }
            BigDecimal difference = new BigDecimal(row).subtract(entry.getValue()).abs();
            if (difference.compareTo(CENT_OF_A_CENT) >= 0) {
                return "%s: id=%d, row=%s, venue=%s"
                        .formatted(table, entry.getKey(), row, entry.getValue());
            }
        }
        for (long id : rows.keySet()) {
            if (id <= last && !expected.containsKey(id)) {
                return table + ": a row the venue knows nothing of: id=" + id;
            }
        }
        return "";
    }

    // ---- Orders
    // ----------------------------------------------------------------------------------

    /** Each order at the venue has exactly one intent, and no id is there twice. */
    private String orders() {
        Set<String> intended = intents(data.path());
        Set<String> sent = new HashSet<>();
        for (JsonNode transaction : data.venue().transactions()) {
            String id = transaction.path("clientExtensions").path("id").asText();
            boolean order = transaction.path("type").asText().endsWith("_ORDER");
            if (!order || id.isEmpty()) {
                continue;
            }
            if (!sent.add(id)) {
                throw new AssertionError("sent twice: clientId=" + id);
            }
            if (!intended.contains(id)) {
                return "no intent in the journal: clientId=" + id;
            }
        }
        return "";
    }

    /** Client ids of the journal's intents. */
    static Set<String> intents(Path data) {
        List<String> lines = new ArrayList<>();
        try {
            JournalTools.dump(
                    data,
                    JournalTools.Filter.ofKinds(EnumSet.of(RecordKind.ORDER_INTENT)),
                    JournalTools.Format.JSON,
                    lines::add);
        } catch (IOException e) {
            throw new AssertionError("journal not read: data=" + data, e);
        }
        Map<String, String> ids = new HashMap<>();
        for (String line : lines) {
            String id = Json.parse(line).path("payload").path("clientId").asText();
            if (ids.put(id, line) != null) {
                throw new AssertionError("two intents with one id: " + line);
            }
        }
        return ids.keySet();
    }
}
