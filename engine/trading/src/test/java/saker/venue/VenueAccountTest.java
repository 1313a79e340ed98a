package saker.venue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VenueAccountTest {

    @Test
    void shouldKeepTheIdentitiesThroughARandomSession() {
        try (var running = RunningVenue.trading(RunningVenue.options().hedging(true).speed(20))) {
            Random random = new Random(7);
            String[] names = {"EUR_USD", "USD_JPY", "EUR_GBP", "GBP_USD"};
            for (int i = 0; i < 60; i++) {
                int units = (random.nextInt(20_000) + 1) * (random.nextBoolean() ? 1 : -1);
                String name = names[random.nextInt(names.length)];
                if (random.nextInt(4) == 0) {
                    running.client.put(
                            VenueClient.BASE + "/positions/" + name + "/close",
                            "{\"longUnits\":\"ALL\"}");
                } else {
                    running.client.order(
                            "'type':'MARKET','instrument':'" + name + "','units':'" + units + "'");
                }

                checkIdentities(running.client.get(VenueClient.BASE).at("/account"));
            }
        }
    }

    @Test
    void shouldMakeTheLedgerAddUpToTheBalance() {
        try (var running = RunningVenue.trading(RunningVenue.options().speed(20))) {
            for (int i = 1; i <= 10; i++) {
                int units = i % 2 == 0 ? 15_000 : -10_000;
                running.client.order(
                        "'type':'MARKET','instrument':'USD_JPY','units':'" + units + "'");
            }

            BigDecimal sum = BigDecimal.ZERO;
            JsonNode since = running.client.account("/transactions/sinceid?id=0").body();
            for (JsonNode row : since.at("/transactions")) {
                for (String member : new String[] {"amount", "pl", "financing"}) {
                    sum = sum.add(new BigDecimal(row.path(member).asText("0")));
                }
            }
            assertThat(sum)
                    .isEqualByComparingTo(
                            running.client.account("/summary").text("/account/balance"));
        }
    }

    @Test
    void shouldFindAClientIdOnlyWhileTheOrderIsPending() {
        try (var running = RunningVenue.trading(RunningVenue.options())) {
            String market =
                    "'type':'MARKET','instrument':'EUR_USD','units':'1',"
                            + "'clientExtensions':{'id':'again'}";
            String limit =
                    "'type':'LIMIT','instrument':'EUR_USD','units':'1','price':'0.5',"
                            + "'clientExtensions':{'id':'waits'}";

            assertThat(running.client.order(market).status()).isEqualTo(201);
            assertThat(running.client.order(market).at("/orderFillTransaction").isMissingNode())
                    .as("an id is free again once its order is filled")
                    .isFalse();
            assertThat(running.client.account("/orders/@again").status()).isEqualTo(404);
            assertThat(running.client.order(limit).status()).isEqualTo(201);
            assertThat(running.client.account("/orders/@waits").text("/order/state"))
                    .isEqualTo("PENDING");
            assertThat(running.client.order(limit).text("/errorCode"))
                    .isEqualTo("CLIENT_ORDER_ID_ALREADY_EXISTS");
        }
    }

    @Test
    void shouldNetOnANettingAccount() {
        try (var running = RunningVenue.trading(RunningVenue.options().hedging(false))) {
            running.client.order("'type':'MARKET','instrument':'EUR_USD','units':'1000'");
            var reply =
                    running.client.order("'type':'MARKET','instrument':'EUR_USD','units':'-1500'");

            assertThat(reply.at("/orderFillTransaction/tradesClosed").size()).isEqualTo(1);
            assertThat(reply.text("/orderFillTransaction/tradeOpened/units")).isEqualTo("-500");
            var position = running.client.account("/positions/EUR_USD");
            assertThat(position.text("/position/long/units")).isEqualTo("0");
            assertThat(position.text("/position/short/units")).isEqualTo("-500");
        }
    }

    @Test
    void shouldHoldBothSidesOnAHedgingAccount() {
        try (var running = RunningVenue.trading(RunningVenue.options().hedging(true))) {
            running.client.order("'type':'MARKET','instrument':'EUR_USD','units':'1000'");
            running.client.order("'type':'MARKET','instrument':'EUR_USD','units':'-1500'");

            var position = running.client.account("/positions/EUR_USD");
            assertThat(position.text("/position/long/units")).isEqualTo("1000");
            assertThat(position.text("/position/short/units")).isEqualTo("-1500");
            assertThat(running.client.account("/openTrades").at("/trades").size()).isEqualTo(2);
        }
    }

    @Test
    void shouldServeCandlesFromBeforeItsStart() {
        try (var running = RunningVenue.trading(RunningVenue.options())) {
            var reply =
                    running.client.account(
                            "/instruments/EUR_USD/candles?granularity=H1&count=300&price=BA");

            JsonNode candles = reply.at("/candles");
            assertThat(candles.size()).isEqualTo(300);
            for (int i = 1; i < candles.size(); i++) {
                assertThat(candles.get(i).path("time").asText())
                        .isGreaterThan(candles.get(i - 1).path("time").asText());
            }
            JsonNode last = candles.get(299);
            var after =
                    running.client.account(
                            "/instruments/EUR_USD/candles?granularity=H1&count=10&includeFirst="
                                    + "false&from="
                                    + candles.get(290).path("time").asText());
            assertThat(after.at("/candles").size()).isEqualTo(9);
            assertThat(after.at("/candles/8/time")).isEqualTo(last.path("time"));
        }
    }

    private static void checkIdentities(JsonNode account) {
        BigDecimal nav = money(account, "balance").add(money(account, "unrealizedPL"));
        assertThat(money(account, "NAV")).isEqualByComparingTo(nav);
        assertThat(money(account, "marginAvailable"))
                .isEqualByComparingTo(
                        nav.subtract(money(account, "marginUsed")).max(BigDecimal.ZERO));
        BigDecimal percent =
                money(account, "marginCloseoutMarginUsed")
                        .divide(BigDecimal.valueOf(2))
                        .divide(money(account, "marginCloseoutNAV"), 5, RoundingMode.HALF_UP);
        assertThat(money(account, "marginCloseoutPercent"))
                .isCloseTo(percent, org.assertj.core.data.Offset.offset(new BigDecimal("0.00001")));
        BigDecimal unrealized = BigDecimal.ZERO;
        for (JsonNode trade : account.path("trades")) {
            unrealized = unrealized.add(money(trade, "unrealizedPL"));
        }
        assertThat(money(account, "unrealizedPL")).isEqualByComparingTo(unrealized);
        assertThat(account.path("openTradeCount").asInt()).isEqualTo(account.path("trades").size());
    }

    private static BigDecimal money(JsonNode node, String name) {
        return new BigDecimal(node.path(name).asText());
    }
}
