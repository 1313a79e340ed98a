package saker.broker.oanda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of what the line's reader makes of damaged bytes. */
class DamagedPriceLineTest {
    private static final long RECEIVED_NS = 1_480_000_000_000_000_000L;
    private static final String T1 = "2016-10-27T08:38:43.094548890Z";

    /** What the strict reader accepts must be what a JSON library reads from the same bytes. */
    @Property(tries = 3000)
    void shouldNeverInventATickFromADamagedLine(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int mutations) {
        byte[] bytes = Ticks.price("EUR_USD", T1, "1.09234", "1.09246").getBytes(ISO_8859_1);
        for (int i = 0; i < mutations; i++) {
            mutate(bytes, random);
        }
        Ticks got = new Ticks();
        PriceStreamReader other = reader(got, new OandaCounters());

        other.onChunk(bytes, 0, bytes.length, RECEIVED_NS);

        for (Ticks.Row row : got.rows) {
            assertThat(agrees(new String(bytes, ISO_8859_1), row))
                    .as(new String(bytes, ISO_8859_1))
                    .isTrue();
        }
    }

    @Property(tries = 500)
    void shouldSurviveAnyBytes(@ForAll byte[] bytes) {
        Ticks ticks = new Ticks();
        PriceStreamReader reader = reader(ticks, new OandaCounters());

        reader.onChunk(bytes, 0, bytes.length, RECEIVED_NS);
        reader.onEnd();

        assertThat(ticks.rows).isEmpty();
    }

    private static void mutate(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(3)) {
            case 0 -> bytes[at] = (byte) random.nextInt(256);
            case 1 -> bytes[at] = (byte) "0123456789.-\"{}[],:\\\n".charAt(random.nextInt(21));
            default -> bytes[at] = bytes[random.nextInt(bytes.length)];
        }
    }

    private static boolean agrees(String text, Ticks.Row row) {
        List<String> lines = List.of(text.split("\n"));
        return lines.stream().anyMatch(line -> lineAgrees(line, row));
    }

    private static boolean lineAgrees(String line, Ticks.Row row) {
        try {
            JsonNode json =
                    new ObjectMapper()
                            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                            .readTree(line);
            return scaled(json.get("bids").get(0)) == row.bidE8()
                    && scaled(json.get("asks").get(0)) == row.askE8()
                    && json.get("instrument").asText().equals("EUR_USD")
                    && json.get("type").asText().equals("PRICE");
        } catch (Exception e) {
            return false;
        }
    }

    private static long scaled(JsonNode bucket) {
        return new BigDecimal(bucket.get("price").asText()).movePointRight(8).longValueExact();
    }

    private static PriceStreamReader reader(TickSink sink, OandaCounters counters) {
        TickGate gate = new TickGate(sink, counters, TickGate.DEVIATION_PCT_DEFAULT);
        return new PriceStreamReader(new InstrumentTable(Ticks.instruments()), gate, counters);
    }
}
