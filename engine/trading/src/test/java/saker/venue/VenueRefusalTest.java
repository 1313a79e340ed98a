package saker.venue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VenueRefusalTest {
    private static RunningVenue running;

    @BeforeAll
    static void start() {
        running = RunningVenue.trading(RunningVenue.options());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void shouldRefuseAWrongToken() {
        var reply = running.client().with("Authorization", "Bearer wrong").get("/v3/accounts");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text("/errorMessage"))
                .isEqualTo("Insufficient authorization to perform request.");
    }

    @Test
    void shouldRefuseAForeignAccount() {
        var reply = running.client.get("/v3/accounts/101-001-9999999-001/summary");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text("/errorMessage")).isEqualTo("The provided request was forbidden.");
    }

    @Test
    void shouldTellUnknownPathsFromWrongMethods() {
        assertThat(running.client.get("/v3/nothing").status()).isEqualTo(404);
        assertThat(running.client.post(VenueClient.BASE + "/summary", "{}").status())
                .isEqualTo(405);
    }

    @Test
    void shouldRefuseIdsOutOfRange() {
        for (String path :
                List.of(
                        "/transactions/sinceid?id=999999",
                        "/transactions/idrange?from=5&to=4",
                        "/transactions/idrange?from=1&to=999999",
                        "/changes?sinceTransactionID=999999")) {
            assertThat(running.client.account(path).status()).as(path).isEqualTo(416);
        }
        assertThat(running.client.account("/transactions/999999").status()).isEqualTo(404);
    }

    @Test
    void shouldRefuseParametersByName() {
        refused("/orders?count=501", "Maximum value for 'count' exceeded");
        refused("/orders?state=DONE", "Invalid value specified for 'state'");
        refused("/instruments/EUR_USD/candles?count=5001", "Maximum value for 'count' exceeded");
        refused(
                "/instruments/EUR_USD/candles?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z",
                "Maximum value for 'count' exceeded");
        refused(
                "/instruments/EUR_USD/candles?to=2040-01-01T00:00:00Z",
                "Invalid value specified for 'to'. Time is in the future");
        refused("/instruments/XXX_YYY/candles", "Invalid value specified for 'instrument'");
        refused("/transactions?pageSize=1001", "The specified page size is invalid");
        refused("/transactions/sinceid", "The request was missing required data");
        refused("/pricing", "The request was missing required data");
        refused("/pricing?instruments=XXX_YYY", "Invalid value specified for 'instruments'");
    }

    @Test
    void shouldRefuseMalformedOrdersWithoutATransaction() {
        long before = lastId();

        assertThat(running.client.post(VenueClient.BASE + "/orders", "{").status()).isEqualTo(400);
        assertThat(running.client.post(VenueClient.BASE + "/orders", "{}").status()).isEqualTo(400);
        assertThat(
                        running.client
                                .order("'type':'MARKET','instrument':'EUR_USD','units':'x'")
                                .text("/errorMessage"))
                .isEqualTo("Invalid value specified for 'order.units'");
        assertThat(lastId()).isEqualTo(before);
    }

    @Test
    void shouldRejectBadOrdersWithATransaction() {
        long before = lastId();

        var reply =
                running.client.order(
                        "'type':'LIMIT','instrument':'EUR_USD','units':'1','price':'1.123456789'");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("/errorCode")).isEqualTo("PRICE_PRECISION_EXCEEDED");
        assertThat(reply.text("/errorMessage"))
                .isEqualTo(
                        "The price specified contains more precision than is allowed for the"
                                + " instrument");
        assertThat(reply.text("/orderRejectTransaction/type")).isEqualTo("LIMIT_ORDER_REJECT");
        assertThat(reply.at("/orderRejectTransaction/id").asLong()).isEqualTo(before + 1);
    }

    @Test
    void shouldSay404ForWhatDoesNotExist() {
        assertThat(running.client.account("/orders/99999").text("/errorCode"))
                .isEqualTo("NO_SUCH_ORDER");
        assertThat(running.client.account("/trades/99999").text("/errorCode"))
                .isEqualTo("NO_SUCH_TRADE");
        assertThat(running.client.account("/positions/EUR_GBP").text("/errorCode"))
                .isEqualTo("NO_SUCH_POSITION");
        var cancel = running.client.put(VenueClient.BASE + "/orders/99999/cancel", "");
        assertThat(cancel.status()).isEqualTo(404);
        assertThat(cancel.text("/errorCode")).isEqualTo("ORDER_DOESNT_EXIST");
        assertThat(cancel.text("/orderCancelRejectTransaction/type"))
                .isEqualTo("ORDER_CANCEL_REJECT");
    }

    @Test
    void shouldRejectBothSidesOfACloseoutOfNothing() {
        var reply =
                running.client.put(
                        VenueClient.BASE + "/positions/GBP_USD/close",
                        "{\"longUnits\":\"ALL\",\"shortUnits\":\"ALL\"}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text("/errorCode")).isEqualTo("CLOSEOUT_POSITION_DOESNT_EXIST");
        assertThat(reply.at("/longOrderRejectTransaction").isMissingNode()).isFalse();
        assertThat(reply.at("/shortOrderRejectTransaction").isMissingNode()).isFalse();
    }

    @Test
    void shouldCompressWhenAsked() throws Exception {
        var zipped = running.client().with("Accept-Encoding", "gzip").account("/instruments");

        assertThat(zipped.raw().headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(running.client.account("/instruments").raw().headers().map())
                .doesNotContainKey("content-encoding");
    }

    @Test
    void shouldNumberRequestsAndLinkThem() {
        var first = running.client.order("'type':'MARKET','instrument':'EUR_USD','units':'2'");
        String id = first.raw().headers().firstValue("RequestID").orElseThrow();

        assertThat(first.text("/orderCreateTransaction/requestID")).isEqualTo(id);
        assertThat(first.text("/orderFillTransaction/requestID")).isEqualTo(id);
        assertThat(first.text("/orderFillTransaction/batchID"))
                .isEqualTo(first.text("/orderCreateTransaction/id"));
        assertThat(first.raw().headers().firstValue("Location").orElseThrow())
                .endsWith("/orders/" + first.text("/orderCreateTransaction/id"));
    }

    @Test
    void shouldPageOrdersByLink() {
        for (int i = 0; i < 5; i++) {
            running.client.order(
                    "'type':'LIMIT','instrument':'USD_JPY','units':'1','price':'5" + i + "'");
        }

        var page = running.client.account("/orders?instrument=USD_JPY&count=3");
        String link = page.raw().headers().firstValue("Link").orElseThrow();
        String next = link.substring(link.indexOf("/v3"), link.indexOf('>'));
        var rest = running.client.get(next);

        assertThat(page.at("/orders").size()).isEqualTo(3);
        assertThat(rest.at("/orders").size()).isEqualTo(2);
        assertThat(rest.at("/orders/0/id").asLong()).isLessThan(page.at("/orders/2/id").asLong());
        assertThat(rest.raw().headers().firstValue("Link")).isEmpty();
    }

    @Test
    void shouldPageTransactionsByAbsoluteUrls() {
        running.client.order("'type':'MARKET','instrument':'EUR_USD','units':'2'");
        var pages = running.client.account("/transactions?pageSize=2");
        long seen = 0;
        for (var url : pages.at("/pages")) {
            assertThat(url.asText()).startsWith("http://127.0.0.1:");
            String path = url.asText().substring(url.asText().indexOf("/v3"));
            seen += running.client.get(path).at("/transactions").size();
        }

        assertThat(seen).isEqualTo(pages.at("/count").asLong());
        assertThat(seen).isEqualTo(pages.at("/lastTransactionID").asLong());
    }

    private static void refused(String path, String message) {
        var reply = running.client.account(path);
        assertThat(reply.status()).as(path).isEqualTo(400);
        assertThat(reply.text("/errorMessage")).as(path).isEqualTo(message);
    }

    private static long lastId() {
        return running.client.account("/summary").at("/lastTransactionID").asLong();
    }
}
