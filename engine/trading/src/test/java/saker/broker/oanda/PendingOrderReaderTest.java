package saker.broker.oanda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import saker.model.BrokerEvent.PendingOrder;

/** Orders of other clients, which may say what ours do not. */
class PendingOrderReaderTest {
    private static final long CREATED_NS = ns("2026-01-05T12:00:00Z");

    private final PendingOrderReader reader =
            new PendingOrderReader(new InstrumentDirectory(), new Decimals(new OandaCounters()));

    @Test
    void shouldTakeAStopAtADistanceFromTheOrdersPrice() throws IOException {
        String distance = "'price':'1.10000','stopLossOnFill':{'distance':'0.00500'}";

        assertThat(read("'units':'100'," + distance).stopLossE8()).isEqualTo(109_500_000L);
        assertThat(read("'units':'-100'," + distance).stopLossE8()).isEqualTo(110_500_000L);
    }

    @Test
    void shouldReadHowLongAnOrderWaits() throws IOException {
        String time = "'gtdTime':'2026-01-06T00:00:00.000000000Z'";

        assertThat(read("'timeInForce':'GTD'," + time).expiryNs())
                .isEqualTo(ns("2026-01-06T00:00:00Z"));
        assertThat(read("'timeInForce':'GFD'").expiryNs()) // 17:00 New York.
                .isEqualTo(ns("2026-01-05T22:00:00Z"));
        assertThat(read("'timeInForce':'GTC'," + time).expiryNs()).isZero();
        assertThat(read("").expiryNs()).isZero();
    }

    private PendingOrder read(String members) throws IOException {
        String json = "{'id':'7'" + (members.isEmpty() ? "" : "," + members) + "}";
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
        return reader.read(AnswerBody.tree(bytes), "LIMIT", CREATED_NS, 0);
    }

    private static long ns(String time) {
        return Instant.parse(time).getEpochSecond() * 1_000_000_000L;
    }
}
