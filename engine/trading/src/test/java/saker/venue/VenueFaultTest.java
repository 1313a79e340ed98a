package saker.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VenueFaultTest {
    private static final String MARKET = "'type':'MARKET','instrument':'EUR_USD','units':'1'";
    private static final String PRICES = VenueClient.BASE + "/pricing/stream?instruments=EUR_USD";

    private static RunningVenue running;

    @BeforeAll
    static void start() {
        running = RunningVenue.trading(RunningVenue.options().conflate(false).speed(10));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @AfterEach
    void clear() {
        running.client.send("DELETE", "/saker/faults", "");
    }

    @Test
    void shouldExecuteAndThenDropTheAnswer() {
        long before = lastId();
        fault("{'kind':'drop-answer','path':'/orders$','method':'POST'}");

        assertThatThrownBy(() -> running.client.order(MARKET))
                .isInstanceOf(UncheckedIOException.class);

        JsonNode since = running.client.account("/transactions/sinceid?id=" + before).body();
        assertThat(since.at("/transactions/0/type").asText()).isEqualTo("MARKET_ORDER");
        assertThat(since.at("/transactions/1/type").asText()).isEqualTo("ORDER_FILL");
    }

    @Test
    void shouldDropBeforeExecuting() {
        long before = lastId();
        fault("{'kind':'drop-before','path':'/orders$'}");

        assertThatThrownBy(() -> running.client.order(MARKET))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(lastId()).isEqualTo(before);
    }

    @Test
    void shouldDelayTheExecution() {
        fault("{'kind':'delay','path':'/orders$','ms':400}");
        long startNs = System.nanoTime();

        var reply = running.client.order(MARKET);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(System.nanoTime() - startNs).isGreaterThan(400_000_000L);
    }

    @Test
    void shouldAnswerWithAStatusAsOftenAsScripted() {
        fault("{'kind':'status','path':'/summary$','status':429,'count':2}");
        fault("{'kind':'status','path':'/openTrades$','status':503}");

        assertThat(running.client.account("/summary").status()).isEqualTo(429);
        assertThat(running.client.account("/summary").status()).isEqualTo(429);
        assertThat(running.client.account("/summary").status()).isEqualTo(200);
        assertThat(running.client.account("/openTrades").status()).isEqualTo(503);
        assertThat(running.client.account("/openTrades").status()).isEqualTo(200);
    }

    @Test
    void shouldCutAnAnswerAtAByte() {
        fault("{'kind':'cut','path':'/summary$','bytes':100}");

        assertThatThrownBy(() -> running.client.account("/summary"))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(running.client.account("/summary").status()).isEqualTo(200);
    }

    @Test
    void shouldCutTheLiveStreamInTheMiddleOfALine() {
        try (var stream = running.client.stream(PRICES)) {
            stream.json("PRICE", 5_000);
            fault("{'kind':'cut','stream':'prices','bytes':50}");

            String last = "";
            for (String line = ""; !VenueClient.Lines.END.equals(line); line = stream.next(5_000)) {
                assertThat(line).as("the stream ends").isNotNull();
                last = line;
            }

            assertThat(last.length()).isLessThan(500);
        }
    }

    @Test
    void shouldStallTheLiveStreamAndGoOn() {
        try (var stream = running.client.stream(PRICES)) {
            stream.json("PRICE", 5_000);
            fault("{'kind':'stall','stream':'prices','ms':800}");
            while (stream.next(100) != null) {
                // What was on its way still arrives.
            }

            assertThat(stream.next(300)).isNull();
            assertThat(stream.json("PRICE", 5_000)).isNotNull();
        }
    }

    @Test
    void shouldRefuseAFaultItDoesNotKnow() {
        assertThat(running.client.post("/saker/faults", "{\"kind\":\"explode\"}").status())
                .isEqualTo(400);
        assertThat(
                        running.client
                                .post("/saker/faults", "{\"kind\":\"status\",\"status\":200}")
                                .text("/errorMessage"))
                .contains("status=200")
                .contains("400 to 599");
    }

    private static void fault(String json) {
        var reply = running.client.post("/saker/faults", json.replace('\'', '"'));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    }

    private static long lastId() {
        return running.client.account("/summary").at("/lastTransactionID").asLong();
    }
}
