package saker.broker.oanda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import saker.broker.BrokerSession.AccountTerms;
import saker.broker.RecordingJournal;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.Type;

class OandaAccountTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final RecordingJournal journal = new RecordingJournal();

    @Test
    void shouldReadTermsAndFiguresAndTakeTransactionsFromChanges() throws Exception {
        try (VenueUnderTest venue = new VenueUnderTest()) {
            OandaSession session = venue.session(journal);
            venue.onSessionThread(() -> session.start(0, List.of()));
            journal.await("ready", PATIENCE, session::isReady);
            CompletableFuture<AccountTerms> terms = new CompletableFuture<>();
            CompletableFuture<AccountFigures> figures = new CompletableFuture<>();
            venue.fault("{\"kind\":\"stall\",\"stream\":\"transactions\"}"); // Says nothing more.
            long tradeId = venue.openElsewhere(venue.instruments().get(0), 10_000_0000L);

            venue.onSessionThread(() -> session.account().thenAccept(terms::complete));
            venue.onSessionThread(() -> session.figures().thenAccept(figures::complete));
            AccountFigures read = figures.get(20, TimeUnit.SECONDS);

            assertThat(terms.get(20, TimeUnit.SECONDS)).isEqualTo(new AccountTerms("USD", true));
            assertThat(read.transactionId()).isEqualTo(venue.lastTransactionId());
            assertThat(read.marginUsedE8()).isPositive();
            BrokerEvent fill =
                    journal.events().stream()
                            .filter(event -> event.type() == Type.ORDER_FILLED)
                            .findFirst()
                            .orElseThrow();
            assertThat(fill.tradeId()).isEqualTo(tradeId);
            assertThat(read.navE8()).isEqualTo(fill.balanceE8() + read.unrealizedPlE8());
            venue.onSessionThread(session::stop);
        }
    }

    @Test
    void shouldKeepTheBytesOfEachTransactionOfAnAnswer() throws Exception {
        String row = "{\"id\":\"8\", \"type\":\"MARKET_ORDER\",\"x\":{\"transactions\":[]}}";
        String other = "{ \"id\":\"7\",\"type\":\"CREATE\" }";
        String body =
                "{\"orderCreateTransaction\":%s,\"y\":[{\"id\":\"3\"}],\"changes\":{\"orders\":[],\"transactions\":[ %s ]},\"lastTransactionID\":\"8\"}"
                        .formatted(row, other);

        AnswerBody read = AnswerBody.read(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(read.transactions()).extracting(Transaction::id).containsExactly(7L, 8L);
        assertThat(read.transactions())
                .extracting(transaction -> new String(transaction.raw()))
                .containsExactly(other, row);
        assertThat(read.lastTransactionId()).isEqualTo(8);
        JsonNode json = read.json();
        assertThat(json.path("y").size()).isEqualTo(1);
    }
}
