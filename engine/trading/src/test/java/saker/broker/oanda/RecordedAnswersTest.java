package saker.broker.oanda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import saker.broker.oanda.OandaCounters.Count;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.Type;

/** Answers recorded on a practice account; skipped where they are not at hand. */
class RecordedAnswersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final OandaCounters counters = new OandaCounters();
    private final InstrumentDirectory instruments = new InstrumentDirectory();
    private Path folder;

    @BeforeEach
    void find() {
        String data = System.getenv("SAKER_DATA");
        Assumptions.assumeTrue(data != null, "SAKER_DATA is not set");
        folder = Path.of(data, "oanda-recorded");
        Assumptions.assumeTrue(Files.isDirectory(folder), "no recorded answers");
        instruments.set(Ticks.instruments());
    }

    @Test
    void shouldReadEveryRecordedTransaction() throws IOException {
        TransactionMapper mapper = new TransactionMapper(0, instruments, counters);
        List<BrokerEvent> events = new ArrayList<>();
        for (JsonNode answer : answers()) {
            for (Transaction transaction : transactions(answer)) {
                events.add(mapper.map(transaction, 0));
            }
        }

        assertThat(events).hasSizeGreaterThan(20);
        assertThat(counters.get(Count.TRANSACTION_UNREADABLE)).isZero();
        assertThat(counters.get(Count.INEXACT_DECIMALS)).isZero();
        assertThat(events)
                .extracting(BrokerEvent::type)
                .contains(Type.ORDER_CREATED, Type.ORDER_FILLED, Type.ORDER_CANCELLED);
        assertThat(events)
                .filteredOn(event -> event.type() == Type.ORDER_FILLED)
                .allMatch(event -> event.priceE8() > 0 && event.unitsE4() != 0)
                .allMatch(event -> !event.effects().isEmpty() && event.balanceE8() > 0);
        assertThat(events).allMatch(event -> event.brokerTimeNs() > 0);
    }

    @Test
    void shouldReadTheRecordedPriceStream() throws IOException {
        Ticks ticks = new Ticks();
        TickGate gate = new TickGate(ticks, counters, TickGate.DEVIATION_PCT_DEFAULT);
        PriceStreamReader reader =
                new PriceStreamReader(new InstrumentTable(Ticks.instruments()), gate, counters);
        JsonNode lines =
                JSON.readTree(
                                folder.resolve("pricing-accounts_accountID_pricing_stream.json")
                                        .toFile())
                        .path("response");
        int prices = 0;
        for (JsonNode line : lines) {
            byte[] bytes = (line.toString() + "\n").getBytes(UTF_8);
            reader.onChunk(bytes, 0, bytes.length, System.currentTimeMillis() * 1_000_000);
            prices += line.path("type").asText().equals("PRICE") ? 1 : 0;
        }

        assertThat(prices).isPositive();
        assertThat(counters.get(Count.LINE_MALFORMED)).isZero();
        long known = prices - counters.get(Count.LINE_UNKNOWN_INSTRUMENT);
        assertThat(ticks.rows.size() + counters.get(Count.TICK_DUPLICATE)).isEqualTo(known);
        assertThat(ticks.rows).isNotEmpty().allMatch(row -> row.flags() == 1);
    }

    private List<JsonNode> answers() throws IOException {
        List<JsonNode> answers = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                answers.add(JSON.readTree(file.toFile()).path("response"));
            }
        }
        return answers;
    }

    private static List<Transaction> transactions(JsonNode answer) throws IOException {
        List<Transaction> transactions = new ArrayList<>();
        if (answer.isArray()) { // Lines of a stream.
            for (JsonNode line : answer) {
                if (line.has("accountBalance") || line.has("orderID")) {
                    transactions.add(Transaction.of(line, line.toString().getBytes(UTF_8)));
                }
            }
        } else if (answer.isObject()) {
            transactions.addAll(AnswerBody.read(answer.toString().getBytes(UTF_8)).transactions());
        }
        return transactions;
    }
}
