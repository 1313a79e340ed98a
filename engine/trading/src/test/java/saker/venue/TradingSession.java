package saker.venue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's day that calls every endpoint, successes and refusals, and keeps each answer together
 * with the operation it is an answer to.
 */
final class TradingSession {
    private static final String ACCOUNT = "/accounts/{accountID}";

    /**
     * One answer.
     *
     * @param template path as in the vendor's description
     */
    record Exchange(String method, String template, int status, JsonNode body) {
        @Override
        public String toString() {
            return method + " " + template + " " + status;
        }
    }

    private final VenueClient client;
    private final List<Exchange> exchanges = new ArrayList<>();

    private TradingSession(VenueClient client) {
        this.client = client;
    }

    static List<Exchange> run(VenueClient client) {
        TradingSession session = new TradingSession(client);
        session.tradeAndModify();
        session.read();
        session.close();
        session.refuse();
        return session.exchanges;
    }

    private void tradeAndModify() {
        JsonNode market =
                post(
                        "'type':'MARKET','instrument':'EUR_USD','units':'1000.0',"
                                + "'clientExtensions':{'id':'open-1','tag':'7','comment':'c'},"
                                + "'tradeClientExtensions':{'id':'trade-1','tag':'7'},"
                                + "'takeProfitOnFill':{'price':'1.50000'},"
                                + "'stopLossOnFill':{'distance':'0.05000','timeInForce':'GTC'},"
                                + "'trailingStopLossOnFill':{'distance':'0.06000'}");
        String trade = market.at("/orderFillTransaction/tradeOpened/tradeID").asText();
        post("'type':'MARKET','instrument':'USD_JPY','units':'-2000'");
        JsonNode limit =
                post(
                        "'type':'LIMIT','instrument':'EUR_USD','units':'-100','price':'1.9',"
                                + "'timeInForce':'GTC','positionFill':'DEFAULT',"
                                + "'stopLossOnFill':{'timeInForce':'GTC','price':'1.95'}");
        post("'type':'STOP','instrument':'EUR_USD','units':'100','price':'1.8'");
        post(
                "'type':'MARKET_IF_TOUCHED','instrument':'EUR_USD','units':'100','price':'0.8',"
                        + "'timeInForce':'GTD','gtdTime':'2030-01-01T00:00:00Z'");
        String order = limit.at("/orderCreateTransaction/id").asText();
        JsonNode replaced =
                put(
                        "/orders/{orderSpecifier}",
                        "/orders/" + order,
                        "{'order':{'type':'LIMIT','instrument':'EUR_USD','units':'-200',"
                                + "'price':'1.91','clientExtensions':{'id':'my id'}}}");
        String second = replaced.at("/orderCreateTransaction/id").asText();
        put(
                "/orders/{orderSpecifier}/clientExtensions",
                "/orders/" + second + "/clientExtensions",
                "{'clientExtensions':{'id':'my id','comment':'x'},"
                        + "'tradeClientExtensions':{'tag':'9'}}");
        get("/orders/{orderSpecifier}", "/orders/@my%20id");
        put("/orders/{orderSpecifier}/cancel", "/orders/@my%20id/cancel", "");
        put(
                "/trades/{tradeSpecifier}/clientExtensions",
                "/trades/@trade-1/clientExtensions",
                "{'clientExtensions':{'id':'trade-2','comment':'y'}}");
        put(
                "/trades/{tradeSpecifier}/orders",
                "/trades/" + trade + "/orders",
                "{'takeProfit':{'price':'1.60','timeInForce':'GTC'},'stopLoss':null}");
        send("PATCH", "/configuration", "/configuration", "{'alias':'demo','marginRate':'0.05'}");
    }

    private void read() {
        add("GET", "/accounts", client.get("/v3/accounts"));
        get("", "");
        get("/summary", "/summary");
        get("/instruments", "/instruments?instruments=EUR_USD,USD_JPY");
        get("/changes", "/changes?sinceTransactionID=1");
        add(
                "GET",
                "/instruments/{instrument}/candles",
                client.get("/v3/instruments/EUR_USD/candles?price=MBA&granularity=M5&count=50"));
        get("/instruments/{instrument}/candles", "/instruments/EUR_USD/candles?count=3");
        get("/pricing", "/pricing?instruments=EUR_USD,USD_JPY,EUR_GBP&includeHomeConversions=true");
        get("/orders", "/orders?state=ALL&count=500");
        get("/pendingOrders", "/pendingOrders");
        get("/trades", "/trades?state=ALL");
        get("/openTrades", "/openTrades");
        get("/trades/{tradeSpecifier}", "/trades/@trade-2");
        get("/positions", "/positions");
        get("/openPositions", "/openPositions");
        get("/positions/{instrument}", "/positions/EUR_USD");
        get("/transactions", "/transactions?pageSize=5");
        get("/transactions/{transactionID}", "/transactions/3");
        get("/transactions/idrange", "/transactions/idrange?from=1&to=9");
        get("/transactions/sinceid", "/transactions/sinceid?id=1");
    }

    private void close() {
        put("/trades/{tradeSpecifier}/close", "/trades/@trade-2/close", "{'units':'400'}");
        put("/positions/{instrument}/close", "/positions/EUR_USD/close", "{'longUnits':'ALL'}");
        get("/trades", "/trades?state=CLOSED");
        get("/positions", "/positions");
        get("/orders", "/orders?state=CANCELLED");
        get("/orders", "/orders?state=FILLED");
        get("/changes", "/changes?sinceTransactionID=1");
        get("/transactions/sinceid", "/transactions/sinceid?id=1");
    }

    private void refuse() {
        post("'type':'LIMIT','instrument':'EUR_USD','units':'1','price':'1.1234567'");
        post("'type':'MARKET','instrument':'EUR_USD','units':'0'");
        post("'type':'STOP_LOSS','tradeID':'99999','price':'1.0'");
        put("/orders/{orderSpecifier}/cancel", "/orders/99999/cancel", "");
        put(
                "/orders/{orderSpecifier}",
                "/orders/99999",
                "{'order':{'type':'LIMIT','instrument':'EUR_USD','units':'1','price':'1.0'}}");
        put(
                "/orders/{orderSpecifier}/clientExtensions",
                "/orders/99999/clientExtensions",
                "{'clientExtensions':{'id':'z'}}");
        put("/trades/{tradeSpecifier}/close", "/trades/99999/close", "{'units':'ALL'}");
        put(
                "/trades/{tradeSpecifier}/clientExtensions",
                "/trades/99999/clientExtensions",
                "{'clientExtensions':{'id':'z'}}");
        put("/positions/{instrument}/close", "/positions/EUR_USD/close", "{'longUnits':'ALL'}");
        send("PATCH", "/configuration", "/configuration", "{'marginRate':'7'}");
    }

    private JsonNode post(String members) {
        return add("POST", ACCOUNT + "/orders", client.order(members));
    }

    private JsonNode put(String template, String path, String body) {
        String json = body.replace('\'', '"');
        return add("PUT", ACCOUNT + template, client.put(VenueClient.BASE + path, json));
    }

    private void send(String method, String template, String path, String body) {
        String json = body.replace('\'', '"');
        add(method, ACCOUNT + template, client.send(method, VenueClient.BASE + path, json));
    }

    private void get(String template, String path) {
        add("GET", ACCOUNT + template, client.account(path));
    }

    private JsonNode add(String method, String template, VenueClient.Reply reply) {
        exchanges.add(new Exchange(method, template, reply.status(), reply.body()));
        return reply.body();
    }
}
