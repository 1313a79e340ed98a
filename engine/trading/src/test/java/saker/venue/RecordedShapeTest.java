package saker.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every answer recorded at the vendor in 2016 has its shape, member by member and with the types of
 * values, among the answers of the venue in the same situation.
 */
class RecordedShapeTest {
    private static final String BASE = VenueClient.BASE;

    private static RunningVenue running;
    private static VenueClient client;

    @BeforeAll
    static void start() {
        assumeTrue(System.getenv("SAKER_DATA") != null, "SAKER_DATA is not set");
        running = RunningVenue.trading(RunningVenue.options());
        client = running.client;
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void shouldHaveTheShapeOfRecordedOrders() throws IOException {
        JsonNode created = limit("'stopLossOnFill':{'timeInForce':'GTC','price':'1.95'}");
        String first = created.at("/orderCreateTransaction/id").asText();
        compare("orders-accounts_accountID_orders_create", created);
        compare("orders-accounts_accountID_order_details", get("/orders/" + first));
        compare("orders-accounts_accountID_orders_list", get("/orders"));
        compare(
                "orders-accounts_accountID_order_clientextensions",
                put("/orders/" + first + "/clientExtensions", extensions("myID")));
        compare("orders-accounts_accountID_orders_pending", get("/pendingOrders"));
        JsonNode replaced =
                put(
                        "/orders/" + first,
                        "{'order':{'type':'LIMIT','instrument':'EUR_USD','units':'-500000',"
                                + "'price':'1.9','clientExtensions':"
                                + "{'id':'myID','comment':'myComment'}}}");
        compare("orders-accounts_accountID_order_replace", replaced);
        String second = replaced.at("/orderCreateTransaction/id").asText();
        compare("orders-accounts_accountID_order_cancel", put("/orders/" + second + "/cancel", ""));
    }

    @Test
    void shouldHaveTheShapeOfRecordedTradesAndPositions() throws IOException {
        JsonNode opened = order("'type':'MARKET','instrument':'EUR_USD','units':'200'");
        String trade = opened.at("/orderFillTransaction/tradeOpened/tradeID").asText();
        order("'type':'MARKET','instrument':'GBP_USD','units':'-10'");
        compare("trades-accounts_accountID_trades", get("/trades?instrument=EUR_USD,GBP_USD"));
        compare("trades-accounts_accountID_opentrades", get("/openTrades"));
        compare("trades-account_accountID_trades_details", get("/trades/" + trade));
        compare(
                "trades-account_accountID_trades_cltext",
                put("/trades/" + trade + "/clientExtensions", extensions("myID2315")));
        put("/trades/" + trade + "/orders", "{'stopLoss':{'price':'0.5'}}");
        compare(
                "trades-account_accountID_trades_crcdo",
                put(
                        "/trades/" + trade + "/orders",
                        "{'takeProfit':{'timeInForce':'GTC','price':'1.95'},"
                                + "'stopLoss':{'timeInForce':'GTC','price':'0.51'}}"));
        compare("positions-accounts_accountID_positions", get("/positions"));
        compare("positions-accounts_accountID_openpositions", get("/openPositions"));
        compare("positions-accounts_accountID_positiondetails", get("/positions/GBP_USD"));
        limit(
                "'clientExtensions':{'id':'inAccount','comment':'c'},"
                        + "'stopLossOnFill':{'timeInForce':'GTC','price':'1.95'}");
        limitReplaced();
        compare("accounts-account_by_accountID", get(""));
        compare("accounts-account_by_accountID_summary", get("/summary"));
        compare(
                "trades-account_accountID_trades_close",
                put("/trades/" + trade + "/close", "{'units':200}"));
        order("'type':'MARKET','instrument':'EUR_USD','units':'100'");
        compare(
                "positions-accounts_accountID_position_close",
                put("/positions/EUR_USD/close", "{'longUnits':'ALL'}"));
    }

    @Test
    void shouldHaveTheShapeOfRecordedAccountAnswers() throws IOException {
        compare("accounts-accounts", client.get("/v3/accounts").body());
        compare("accounts-account_by_accountID_instruments", get("/instruments"));
        compare(
                "accounts-accounts_accountID_account_config",
                client.send("PATCH", BASE + "/configuration", "{\"marginRate\":\"0.05\"}").body());
        String last = get("/summary").path("lastTransactionID").asText();
        JsonNode created = limit("'stopLossOnFill':{'timeInForce':'GTC','price':'1.95'}");
        String order = created.at("/orderCreateTransaction/id").asText();
        compare(
                "accounts-accounts_accountID_account_changes",
                get("/changes?sinceTransactionID=" + last));
        put("/orders/" + order + "/clientExtensions", extensions("changed"));
        put(
                "/orders/" + order,
                "{'order':{'type':'LIMIT','instrument':'EUR_USD','units':'-5','price':'1.9',"
                        + "'clientExtensions':{'id':'changed','comment':'c'}}}");
        client.send("PATCH", BASE + "/configuration", "{\"marginRate\":\"0.04\"}");
        compare("transactions-accounts_accountID_transactions", get("/transactions"));
        compare("transactions-accounts_transaction_details", get("/transactions/" + order));
        compare(
                "transactions-accounts_transaction_idrange",
                get("/transactions/idrange?from=" + order + "&to=" + (Long.parseLong(order) + 3)));
        compare(
                "transactions-accounts_transaction_sinceid",
                get("/transactions/sinceid?id=" + last));
    }

    @Test
    void shouldHaveTheShapeOfRecordedPrices() throws IOException {
        compare(
                "pricing-accounts_accountID_pricing",
                get("/pricing?instruments=EUR_USD,USD_JPY&includeUnitsAvailable=true"));
        compare(
                "instruments-instruments_instrument_candles",
                client.get("/v3/instruments/EUR_USD/candles?count=5&granularity=M5").body());
        try (var prices = client.stream(BASE + "/pricing/stream?instruments=EUR_USD,USD_JPY");
                var transactions = client.stream(BASE + "/transactions/stream")) {
            var lines = new ObjectMapper().createArrayNode();
            lines.add(prices.json("PRICE", 5_000)).add(prices.json("HEARTBEAT", 7_000));
            compare("pricing-accounts_accountID_pricing_stream", lines);
            var beats = new ObjectMapper().createArrayNode();
            beats.add(transactions.json("HEARTBEAT", 7_000));
            compare("transactions-accounts_transactions_stream", beats);
        }
    }

    private static JsonNode limit(String more) {
        return order(
                "'type':'LIMIT','instrument':'EUR_USD','units':'-100','price':'1.9',"
                        + "'timeInForce':'GTC','positionFill':'DEFAULT',"
                        + more);
    }

    private static void limitReplaced() {
        String id = limit("'triggerCondition':'DEFAULT'").at("/orderCreateTransaction/id").asText();
        put(
                "/orders/" + id,
                "{'order':{'type':'LIMIT','instrument':'EUR_USD','units':'-5','price':'1.9'}}");
    }

    private static String extensions(String id) {
        return "{'clientExtensions':{'id':'" + id + "','comment':'myComment'}}";
    }

    private static JsonNode order(String members) {
        return client.order(members).body();
    }

    private static JsonNode get(String path) {
        return client.account(path).body();
    }

    private static JsonNode put(String path, String body) {
        return client.put(BASE + path, body.replace('\'', '"')).body();
    }

    private static void compare(String name, JsonNode answer) throws IOException {
        Path file = Path.of(System.getenv("SAKER_DATA"), "oanda-recorded", name + ".json");
        assumeTrue(Files.exists(file), "no file: " + file);
        JsonNode recorded = new ObjectMapper().readTree(file.toFile()).path("response");
        Set<String> missing = new TreeSet<>(shape(recorded));
        missing.removeAll(shape(answer));
        // The person who published this pair put "<USERID>" in place of a number.
        missing.removeIf(row -> row.endsWith("userID:STRING"));
        assertThat(missing).as(name + " in " + answer).isEqualTo(new TreeSet<>(List.of()));
    }

    /** Rows such as {@code .orders[].price:STRING}. */
    private static Set<String> shape(JsonNode node) {
        Set<String> rows = new TreeSet<>();
        shape(node, "", rows);
        return rows;
    }

    private static void shape(JsonNode node, String place, Set<String> rows) {
        if (node.isArray()) {
            rows.add(place + ":ARRAY");
            node.forEach(element -> shape(element, place + "[]", rows));
        } else if (node.isObject()) {
            node.fields()
                    .forEachRemaining(m -> shape(m.getValue(), place + "." + m.getKey(), rows));
        } else {
            rows.add(place + ":" + node.getNodeType());
        }
    }
}
