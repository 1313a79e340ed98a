package saker.rest;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.StringJoiner;
import saker.api.TradeHistory;
import saker.json.ViewJson;

/** Stored trades as CSV (RFC 4180), with the members of the JSON rows as columns. */
final class TradeCsv {
    private static final List<String> COLUMNS =
            List.of(
                    "ticket",
                    "instance_id",
                    "strategy",
                    "symbol",
                    "type",
                    "volume",
                    "units",
                    "open_price",
                    "close_price",
                    "stop_loss",
                    "take_profit",
                    "open_time",
                    "close_time",
                    "profit",
                    "financing",
                    "is_open",
                    "correlation");

    private TradeCsv() {}

    static String of(List<TradeHistory.TradeRow> rows) {
        StringBuilder csv = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
        for (TradeHistory.TradeRow row : rows) {
            JsonObject json = ViewJson.REST.trade(row);
            StringJoiner line = new StringJoiner(",");
            COLUMNS.forEach(column -> line.add(cell(json.getValue(column))));
            csv.append(line).append("\r\n");
        }
        return csv.toString();
    }

    private static String cell(Object value) {
        String text = value == null ? "" : value.toString();
        if (!text.isEmpty() && "=+@\t".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text; // A spreadsheet would run it as a formula.
        }
        boolean quote = text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0;
        return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
