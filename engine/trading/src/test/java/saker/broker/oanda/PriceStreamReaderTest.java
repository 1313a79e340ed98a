package saker.broker.oanda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import saker.broker.oanda.OandaCounters.Count;
import saker.journal.RecordSink;
import saker.model.TickFlags;

class PriceStreamReaderTest {
    private static final long RECEIVED_NS = 1_480_000_000_000_000_000L;
    private static final String T1 = "2016-10-27T08:38:43.094548890Z";
    private static final String T2 = "2016-10-27T08:38:43.344548890Z";
    private static final String T3 = "2016-10-27T08:38:43.594548890Z";
    private static final long T1_NS = 1_477_557_523_094_548_890L;
    private static final String THREE_LINES =
            Ticks.price("EUR_USD", T1, "1.09234", "1.09246")
                    + Ticks.heartbeat(T2)
                    + Ticks.price("USD_JPY", T3, "104.512", "104.525");

    private final Ticks ticks = new Ticks();
    private final OandaCounters counters = new OandaCounters();
    private final PriceStreamReader reader = reader(ticks, counters);

    @Test
    void shouldReadPricesExactlyFromAChunkOfSeveralLines() {
        feed(THREE_LINES);

        assertThat(ticks.rows)
                .containsExactly(
                        new Ticks.Row(0, 109_234_000L, 109_246_000L, T1_NS, TickFlags.TRADEABLE),
                        new Ticks.Row(
                                1,
                                10_451_200_000L,
                                10_452_500_000L,
                                T1_NS + 500_000_000L,
                                TickFlags.TRADEABLE));
        assertThat(counters.get(Count.HEARTBEATS)).isEqualTo(1);
    }

    @Test
    void shouldGiveTheSameTicksWhereverTheChunkIsSplit() {
        byte[] bytes = THREE_LINES.getBytes(ISO_8859_1);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Ticks split = new Ticks();
            PriceStreamReader other = reader(split, new OandaCounters());

            other.onChunk(bytes, 0, cut, RECEIVED_NS);
            other.onChunk(bytes, cut, bytes.length - cut, RECEIVED_NS);

            assertThat(split.rows).as("cut=%d", cut).hasSize(2);
        }
    }

    @Test
    void shouldGiveOnlyCompleteLinesWhereverTheConnectionIsCut() {
        byte[] bytes = THREE_LINES.getBytes(ISO_8859_1);
        int first = THREE_LINES.indexOf('\n') + 1;
        for (int cut = 0; cut <= bytes.length; cut++) {
            Ticks before = new Ticks();
            OandaCounters count = new OandaCounters();
            PriceStreamReader other = reader(before, count);

            other.onChunk(bytes, 0, cut, RECEIVED_NS);
            other.onEnd();

            int complete = (cut >= first ? 1 : 0) + (cut == bytes.length ? 1 : 0);
            assertThat(before.rows).as("cut=%d", cut).hasSize(complete);
            boolean atLineEnd = cut == 0 || bytes[cut - 1] == '\n';
            assertThat(count.get(Count.LINE_CUT)).as("cut=%d", cut).isEqualTo(atLineEnd ? 0 : 1);
            other.onChunk(bytes, 0, bytes.length, RECEIVED_NS);
            assertThat(before.rows).as("after the reconnect, cut=%d", cut).hasSize(2);
        }
    }

    @Test
    void shouldReadAnyMemberOrderSpacesEscapesAndUnknownMembers() {
        feed(
                "{ \"x\" : {\"bids\":[1,-2.5e3,null,\"a\\\"}\\u00e9\"],\"y\":{}} , \"asks\":[ {"
                        + " \"liquidity\":\"7\",\"price\":\"1.2\" } ],\"bids\":[{\"price\":\"1\"}],"
                        + "\"instrument\":\"EUR_USD\", \"status\":\"non-tradeable\",\"z\":[],"
                        + "\"time\":\"1466620895.5\",\"type\":\"PRICE\"}\r\n");

        assertThat(ticks.rows)
                .containsExactly(
                        new Ticks.Row(
                                0, 100_000_000L, 120_000_000L, 1_466_620_895_500_000_000L, 0));
    }

    @Test
    void shouldTakeTradeableFromStatusWhereTheMemberIsMissing() {
        String line = Ticks.price("EUR_USD", T1, "1.1", "1.2");

        feed(line.replace("\"tradeable\":true,", ""));
        feed(line.replace("\"tradeable\":true", "\"tradeable\":false").replace("43.09", "43.19"));

        assertThat(ticks.rows).extracting(Ticks.Row::flags).containsExactly(1, 0);
    }

    @Test
    void shouldRefuseALineWithOneMemberTwice() {
        feed(
                Ticks.price("EUR_USD", T1, "1.1", "1.2")
                        .replace("\"closeoutBid\":", "\"bids\":[],\"closeoutBid\":"));

        assertThat(ticks.rows).isEmpty();
        assertThat(counters.get(Count.LINE_MALFORMED)).isEqualTo(1);
    }

    @Test
    void shouldQuarantineAbsurdPricesAndCountEachReason() {
        feed(Ticks.price("EUR_USD", T1, "1.1", "1.1001"));

        feed(Ticks.price("EUR_USD", T2, "0", "1.1001"));
        feed(Ticks.price("EUR_USD", T2, "-1.1", "1.1001"));
        feed(Ticks.price("EUR_USD", T2, "1.2", "1.1"));
        feed(Ticks.price("EUR_USD", T2, "11.0", "11.001"));
        feed(Ticks.price("EUR_USD", T2, "1.1", "11.001"));
        feed(Ticks.price("EUR_USD", T2, "NaN", "1.1001"));
        feed(Ticks.price("EUR_USD", T2, "1.1e0", "1.1001"));
        feed(Ticks.price("EUR_USD", T2, "99999999999999999999", "1.1001"));
        feed(Ticks.price("EUR_USD", T2, "1.123456789", "1.1301"));
        feed(Ticks.price("EUR_USD", "2024-10-27T08:38:43Z", "1.1", "1.1001"));

        assertThat(ticks.rows).hasSize(1);
        assertThat(counters.get(Count.QUARANTINED_NOT_POSITIVE)).isEqualTo(2);
        assertThat(counters.get(Count.QUARANTINED_CROSSED)).isEqualTo(1);
        assertThat(counters.get(Count.QUARANTINED_DEVIATION)).isEqualTo(2);
        assertThat(counters.get(Count.QUARANTINED_NOT_A_NUMBER)).isEqualTo(4);
        assertThat(counters.get(Count.QUARANTINED_TIME)).isEqualTo(1);
    }

    @Test
    void shouldAcceptAGapOnceThreePricesInARowAgree() {
        feed(Ticks.price("EUR_USD", T1, "1.1", "1.1001"));

        feed(Ticks.price("EUR_USD", T2, "0.8", "0.8001"));
        feed(Ticks.price("EUR_USD", T2, "1.6", "1.6001"));
        feed(Ticks.price("EUR_USD", T2, "0.81", "0.8101"));
        feed(Ticks.price("EUR_USD", T2, "0.82", "0.8201"));
        assertThat(ticks.rows).hasSize(1);
        feed(Ticks.price("EUR_USD", T3, "0.83", "0.8301"));

        assertThat(ticks.rows).hasSize(2);
        assertThat(ticks.rows.get(1).bidE8()).isEqualTo(83_000_000L);
        assertThat(counters.get(Count.GAPS_ACCEPTED)).isEqualTo(1);
    }

    @Test
    void shouldKeepTheLastPriceUntradeableWhenASideIsEmpty() {
        String empty =
                "{\"type\":\"PRICE\",\"time\":\"%s\",\"bids\":[],\"asks\":[],\"tradeable\":true,\"instrument\":\"EUR_USD\"}\n";
        feed(empty.formatted(T1));
        feed(Ticks.price("EUR_USD", T2, "1.1", "1.1001"));

        feed(empty.formatted(T3));

        assertThat(ticks.rows).hasSize(2);
        assertThat(ticks.rows.get(1).bidE8()).isEqualTo(110_000_000L);
        assertThat(ticks.rows.get(1).flags()).isZero();
        assertThat(counters.get(Count.TICK_NO_DEPTH)).isEqualTo(2);
    }

    @Test
    void shouldDropDuplicatesAndMarkLateTicks() {
        feed(Ticks.price("EUR_USD", T2, "1.1", "1.1001"));

        feed(Ticks.price("EUR_USD", T2, "1.1", "1.1001"));
        feed(Ticks.price("EUR_USD", T1, "1.1", "1.1002"));

        assertThat(ticks.rows).hasSize(2);
        assertThat(ticks.rows.get(1).flags()).isEqualTo(TickFlags.TRADEABLE | TickFlags.LATE);
        assertThat(counters.get(Count.TICK_DUPLICATE)).isEqualTo(1);
        assertThat(counters.get(Count.TICK_LATE)).isEqualTo(1);
    }

    @Test
    void shouldDropALineThatIsTooLongAndGoOnAfterIt() {
        feed("{\"x\":\"" + "a".repeat(200_000) + "\"}\n");

        feed(THREE_LINES);

        assertThat(ticks.rows).hasSize(2);
        assertThat(counters.get(Count.LINE_TOO_LONG)).isEqualTo(1);
    }

    @Test
    void shouldCountUnknownInstrumentsAndTypes() {
        feed(Ticks.price("GBP_USD", T1, "1.1", "1.1001"));
        feed("{\"type\":\"NEWS\",\"time\":\"" + T1 + "\"}\n");
        feed("{\"type\":\"PRICE\"}\n");

        assertThat(ticks.rows).isEmpty();
        assertThat(counters.get(Count.LINE_UNKNOWN_INSTRUMENT)).isEqualTo(1);
        assertThat(counters.get(Count.LINE_OTHER)).isEqualTo(1);
        assertThat(counters.get(Count.LINE_MALFORMED)).isEqualTo(1);
    }

    @Test
    void shouldAllocateNothingFromChunkToJournal() {
        long[] appended = new long[1];
        RecordSink journal =
                (kind, version, market, cause, ordinal, last, payload, offset, length) ->
                        ++appended[0];
        PriceStreamReader hot = reader(new JournalTickSink(journal, counters), counters);
        byte[] chunk = THREE_LINES.getBytes(ISO_8859_1);
        var threads =
                (com.sun.management.ThreadMXBean)
                        java.lang.management.ManagementFactory.getThreadMXBean();
        Buffer buffer = Buffer.buffer(chunk);
        run(hot, chunk, buffer, 20_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        run(hot, chunk, buffer, 50_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(appended[0]).isGreaterThan(200_000);
        // The measurement itself may cost a few hundred bytes; a tick must cost none.
        assertThat(allocated).isLessThan(10_000);
    }

    private static void run(PriceStreamReader reader, byte[] chunk, Buffer buffer, int rounds) {
        int digit = THREE_LINES.indexOf(T1) + T1.length() - 2;
        int other = THREE_LINES.indexOf(T3) + T3.length() - 2;
        for (int i = 0; i < rounds; i++) {
            byte time = (byte) ('0' + i % 10); // Another time, else most are duplicates.
            chunk[digit] = time;
            chunk[other] = time;
            int split = 1 + i % (chunk.length - 1);
            reader.onChunk(chunk, 0, split, RECEIVED_NS);
            reader.onChunk(chunk, split, chunk.length - split, RECEIVED_NS);
            buffer.setByte(digit, (byte) ('0' + (i + 5) % 10));
            buffer.setByte(other, (byte) ('0' + (i + 5) % 10));
            reader.onChunk(buffer, RECEIVED_NS);
        }
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        reader.onChunk(bytes, 0, bytes.length, RECEIVED_NS);
    }

    private static PriceStreamReader reader(TickSink sink, OandaCounters counters) {
        TickGate gate = new TickGate(sink, counters, TickGate.DEVIATION_PCT_DEFAULT);
        return new PriceStreamReader(new InstrumentTable(Ticks.instruments()), gate, counters);
    }
}
