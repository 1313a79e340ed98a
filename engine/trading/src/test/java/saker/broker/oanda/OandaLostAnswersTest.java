package saker.broker.oanda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import saker.broker.BrokerSession;
import saker.broker.BrokerSession.RecordedIntent;
import saker.broker.RecordingJournal;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.Type;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;
import saker.model.OrderIntent.OrderType;

/** Answers are lost at random: no order may ever exist twice, and each must find its end. */
class OandaLostAnswersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** More of them in the nightly tier. */
    private static final int ORDERS = Integer.getInteger("saker.lostAnswers.orders", 60);

    private static final List<String> FAULTS =
            List.of(
                    "{\"kind\":\"drop-answer\",\"method\":\"POST\",\"path\":\"/orders$\"}",
                    "{\"kind\":\"drop-before\",\"method\":\"POST\",\"path\":\"/orders$\"}",
                    "{\"kind\":\"status\",\"status\":503,\"method\":\"POST\",\"path\":\"/orders$\"}",
                    "{\"kind\":\"drop-answer\",\"path\":\"sinceid\"}");

    private final RecordingJournal journal = new RecordingJournal();

    @Test
    void shouldNeverSendAnOrderTwiceHoweverManyAnswersAreLost() throws Exception {
        Random random = new Random(20260302);
        try (VenueUnderTest venue = new VenueUnderTest()) {
            OandaSession session = venue.session(journal);
            venue.onSessionThread(() -> session.start(0, List.of()));
            journal.await("ready", PATIENCE, session::isReady);

            List<RecordedIntent> sent = new ArrayList<>();
            for (int i = 0; i < ORDERS; i++) {
                if (random.nextInt(2) == 0) {
                    venue.fault(FAULTS.get(random.nextInt(FAULTS.size())));
                }
                RecordedIntent intent = intent(i + 1, venue.lastTransactionId());
                journal.await("room", PATIENCE, () -> submit(venue, session, intent));
                sent.add(intent);
            }
            journal.await("ends", PATIENCE, () -> sent.stream().allMatch(this::isOver));

            for (RecordedIntent intent : sent) {
                boolean filled = has(intent, Type.ORDER_FILLED);
                assertThat(venue.ordersOf(intent.intent().clientId())).isEqualTo(filled ? 1 : 0);
                assertThat(has(intent, Type.NOT_SENT)).isEqualTo(!filled);
            }
            assertThat(venue.openTrades())
                    .hasSize((int) sent.stream().filter(i -> has(i, Type.ORDER_FILLED)).count());
            assertThat(journal.events())
                    .anyMatch(event -> event.type() == Type.NOT_SENT)
                    .anyMatch(event -> event.type() == Type.REQUEST_UNKNOWN);
            venue.onSessionThread(session::stop);
        }
    }

    @Test
    void shouldFindAnOrderThatIsExecutedAfterItsTimeout() throws Exception {
        try (VenueUnderTest venue = new VenueUnderTest()) {
            OandaSession session = venue.session(journal);
            venue.onSessionThread(() -> session.start(0, List.of()));
            journal.await("ready", PATIENCE, session::isReady);
            venue.fault(
                    "{\"kind\":\"delay\",\"ms\":1150,\"method\":\"POST\",\"path\":\"/orders$\"}");
            RecordedIntent intent = intent(1, venue.lastTransactionId());

            assertThat(submit(venue, session, intent)).isTrue();
            journal.await("end", PATIENCE, () -> isOver(intent));

            assertThat(events(intent))
                    .containsExactly(
                            Type.REQUEST_SENT,
                            Type.REQUEST_UNKNOWN,
                            Type.ORDER_CREATED,
                            Type.ORDER_FILLED);
            venue.onSessionThread(session::stop);
        }
    }

    private static boolean submit(
            VenueUnderTest venue, BrokerSession session, RecordedIntent intent) {
        int[] result = new int[1];
        venue.onSessionThread(() -> result[0] = session.submit(intent));
        return result[0] == BrokerSession.ACCEPTED;
    }

    private boolean isOver(RecordedIntent intent) {
        return has(intent, Type.ORDER_FILLED) || has(intent, Type.NOT_SENT);
    }

    private boolean has(RecordedIntent intent, Type type) {
        return events(intent).contains(type);
    }

    private List<Type> events(RecordedIntent intent) {
        return journal.events().stream()
                .filter(event -> event.intent() == intent.index())
                .map(BrokerEvent::type)
                .toList();
    }

    private static RecordedIntent intent(long index, long lastTransactionId) {
        return new RecordedIntent(
                index,
                new OrderIntent(
                        Action.OPEN,
                        OrderType.MARKET,
                        0,
                        0,
                        7,
                        "00000000000000bb-%x".formatted(index),
                        1_000_0000L,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        lastTransactionId,
                        Long.MAX_VALUE,
                        0,
                        0));
    }
}
