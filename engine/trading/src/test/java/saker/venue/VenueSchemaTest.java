package saker.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VenueSchemaTest {
    private static final String A = "/accounts/{accountID}";

    /** Members of the success column of the reference's table; those of fills only where filled. */
    private static final Map<String, Set<String>> EXPECTED = expected();

    @Test
    void shouldAnswerEveryEndpointAsTheVendorDescribes() {
        VendorSchema schema = vendorSchema();
        try (var running = RunningVenue.trading(RunningVenue.options().conflate(false))) {
            List<TradingSession.Exchange> exchanges = TradingSession.run(running.client);

            List<String> violations = new ArrayList<>();
            for (TradingSession.Exchange exchange : exchanges) {
                schema.violations(
                                exchange.method(),
                                exchange.template(),
                                exchange.status(),
                                exchange.body())
                        .forEach(violation -> violations.add(exchange + " " + violation));
            }

            assertThat(violations).isEmpty();
        }
    }

    @Test
    void shouldSendStreamLinesAsTheVendorDescribes() {
        VendorSchema schema = vendorSchema();
        try (var running = RunningVenue.trading(RunningVenue.options().conflate(false));
                var prices =
                        running.client.stream(
                                VenueClient.BASE + "/pricing/stream?instruments=EUR_USD");
                var transactions =
                        running.client.stream(VenueClient.BASE + "/transactions/stream")) {
            running.client.order("'type':'MARKET','instrument':'EUR_USD','units':'100'");

            assertThat(schema.violations("ClientPrice", prices.json("PRICE", 5_000))).isEmpty();
            assertThat(schema.violations("PricingHeartbeat", prices.json("HEARTBEAT", 7_000)))
                    .isEmpty();
            assertThat(schema.violations("Transaction", transactions.json("MARKET_ORDER", 5_000)))
                    .isEmpty();
            assertThat(schema.violations("Transaction", transactions.json("ORDER_FILL", 5_000)))
                    .isEmpty();
            assertThat(
                            schema.violations(
                                    "TransactionHeartbeat", transactions.json("HEARTBEAT", 7_000)))
                    .isEmpty();
        }
    }

    @Test
    void shouldHaveEveryMemberOfTheTable() {
        try (var running = RunningVenue.trading(RunningVenue.options())) {
            List<TradingSession.Exchange> exchanges = TradingSession.run(running.client);

            Map<String, Set<String>> seen = new HashMap<>();
            for (TradingSession.Exchange exchange : exchanges) {
                Set<String> members =
                        seen.computeIfAbsent(exchange.toString(), k -> new java.util.TreeSet<>());
                exchange.body().fieldNames().forEachRemaining(members::add);
            }
            for (Map.Entry<String, Set<String>> row : EXPECTED.entrySet()) {
                assertThat(seen).containsKey(row.getKey());
                assertThat(seen.get(row.getKey())).as(row.getKey()).containsAll(row.getValue());
            }
        }
    }

    private static Map<String, Set<String>> expected() {
        Map<String, Set<String>> rows = new HashMap<>();
        rows.put("GET /accounts 200", Set.of("accounts"));
        rows.put("GET " + A + " 200", Set.of("account", "lastTransactionID"));
        rows.put("GET " + A + "/summary 200", Set.of("account", "lastTransactionID"));
        rows.put("GET " + A + "/instruments 200", Set.of("instruments", "lastTransactionID"));
        rows.put(
                "PATCH " + A + "/configuration 200",
                Set.of("clientConfigureTransaction", "lastTransactionID"));
        rows.put(
                "PATCH " + A + "/configuration 400",
                Set.of("clientConfigureRejectTransaction", "errorCode", "errorMessage"));
        rows.put("GET " + A + "/changes 200", Set.of("changes", "state", "lastTransactionID"));
        Set<String> candles = Set.of("instrument", "granularity", "candles");
        rows.put("GET /instruments/{instrument}/candles 200", candles);
        rows.put("GET " + A + "/instruments/{instrument}/candles 200", candles);
        rows.put("GET " + A + "/pricing 200", Set.of("prices", "homeConversions", "time"));
        rows.put(
                "POST " + A + "/orders 201",
                Set.of(
                        "orderCreateTransaction",
                        "orderFillTransaction",
                        "relatedTransactionIDs",
                        "lastTransactionID"));
        rows.put(
                "POST " + A + "/orders 400",
                Set.of(
                        "orderRejectTransaction",
                        "errorCode",
                        "errorMessage",
                        "relatedTransactionIDs",
                        "lastTransactionID"));
        rows.put("GET " + A + "/orders 200", Set.of("orders", "lastTransactionID"));
        rows.put("GET " + A + "/pendingOrders 200", Set.of("orders", "lastTransactionID"));
        rows.put("GET " + A + "/orders/{orderSpecifier} 200", Set.of("order", "lastTransactionID"));
        rows.put(
                "PUT " + A + "/orders/{orderSpecifier} 201",
                Set.of(
                        "orderCancelTransaction",
                        "orderCreateTransaction",
                        "relatedTransactionIDs",
                        "lastTransactionID"));
        rows.put(
                "PUT " + A + "/orders/{orderSpecifier} 404",
                Set.of("orderCancelRejectTransaction", "errorCode", "errorMessage"));
        rows.put(
                "PUT " + A + "/orders/{orderSpecifier}/cancel 200",
                Set.of("orderCancelTransaction", "relatedTransactionIDs", "lastTransactionID"));
        rows.put(
                "PUT " + A + "/orders/{orderSpecifier}/cancel 404",
                Set.of("orderCancelRejectTransaction", "errorCode", "errorMessage"));
        rows.put(
                "PUT " + A + "/orders/{orderSpecifier}/clientExtensions 200",
                Set.of("orderClientExtensionsModifyTransaction", "lastTransactionID"));
        rows.put("GET " + A + "/trades 200", Set.of("trades", "lastTransactionID"));
        rows.put("GET " + A + "/openTrades 200", Set.of("trades", "lastTransactionID"));
        rows.put("GET " + A + "/trades/{tradeSpecifier} 200", Set.of("trade", "lastTransactionID"));
        rows.put(
                "PUT " + A + "/trades/{tradeSpecifier}/close 200",
                Set.of(
                        "orderCreateTransaction",
                        "orderFillTransaction",
                        "relatedTransactionIDs",
                        "lastTransactionID"));
        rows.put(
                "PUT " + A + "/trades/{tradeSpecifier}/close 404",
                Set.of("orderRejectTransaction", "errorCode", "errorMessage"));
        rows.put(
                "PUT " + A + "/trades/{tradeSpecifier}/clientExtensions 200",
                Set.of("tradeClientExtensionsModifyTransaction", "lastTransactionID"));
        rows.put(
                "PUT " + A + "/trades/{tradeSpecifier}/orders 200",
                Set.of(
                        "takeProfitOrderCancelTransaction",
                        "takeProfitOrderTransaction",
                        "stopLossOrderCancelTransaction",
                        "relatedTransactionIDs",
                        "lastTransactionID"));
        rows.put("GET " + A + "/positions 200", Set.of("positions", "lastTransactionID"));
        rows.put("GET " + A + "/openPositions 200", Set.of("positions", "lastTransactionID"));
        rows.put(
                "GET " + A + "/positions/{instrument} 200",
                Set.of("position", "lastTransactionID"));
        rows.put(
                "PUT " + A + "/positions/{instrument}/close 200",
                Set.of(
                        "longOrderCreateTransaction",
                        "longOrderFillTransaction",
                        "relatedTransactionIDs",
                        "lastTransactionID"));
        rows.put(
                "GET " + A + "/transactions 200",
                Set.of("from", "to", "pageSize", "type", "count", "pages", "lastTransactionID"));
        rows.put(
                "GET " + A + "/transactions/{transactionID} 200",
                Set.of("transaction", "lastTransactionID"));
        rows.put(
                "GET " + A + "/transactions/idrange 200",
                Set.of("transactions", "lastTransactionID"));
        rows.put(
                "GET " + A + "/transactions/sinceid 200",
                Set.of("transactions", "lastTransactionID"));
        return rows;
    }

    private static VendorSchema vendorSchema() {
        String data = System.getenv("SAKER_DATA");
        assumeTrue(data != null, "SAKER_DATA is not set");
        Path file = Path.of(data, "oanda-v20-openapi", "v20.json");
        assumeTrue(Files.exists(file), "no file: " + file);
        return VendorSchema.load(file);
    }
}
