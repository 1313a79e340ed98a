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

    private static final int REPLACEMENTS =
            Integer.getInteger("saker.lostAnswers.replacements", 10);

    private static final List<String> REPLACE_FAULTS =
            List.of(
                    "{\"kind\":\"drop-answer\",\"method\":\"PUT\",\"path\":\"/orders/[0-9]+$\"}",
                    "{\"kind\":\"drop-before\",\"method\":\"PUT\",\"path\":\"/orders/[0-9]+$\"}");

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
    void shouldKeepOneOrderWaitingHoweverOftenItIsReplaced() throws Exception {
        Random random = new Random(20260303);
        try (VenueUnderTest venue = new VenueUnderTest()) {
            OandaSession session = venue.session(journal);
            venue.onSessionThread(() -> session.start(0, List.of()));
            journal.await("ready", PATIENCE, session::isReady);
            RecordedIntent first = limit(1, venue.lastTransactionId(), 0);
            assertThat(submit(venue, session, first)).isTrue();
            journal.await("order", PATIENCE, () -> has(first, Type.REQUEST_ANSWERED));
            long waiting = created(first);

            int refused = 0;
            for (int i = 1; i <= REPLACEMENTS; i++) {
                if (random.nextInt(4) > 0) {
                    venue.fault(REPLACE_FAULTS.get(random.nextInt(REPLACE_FAULTS.size())));
                }
                RecordedIntent intent = limit(i + 1, venue.lastTransactionId(), waiting);
                journal.await("room", PATIENCE, () -> submit(venue, session, intent));
                journal.await("end", PATIENCE, () -> isReplaced(intent));

                boolean done = has(intent, Type.ORDER_CREATED);
                waiting = done ? created(intent) : waiting;
                refused += done ? 0 : 1;
                assertThat(venue.account("GET", "/pendingOrders", "").path("orders"))
                        .singleElement()
                        .extracting(order -> order.path("id").asLong())
                        .isEqualTo(waiting);
                assertThat(venue.ordersOf(intent.intent().clientId())).isEqualTo(done ? 1 : 0);
            }

            assertThat(refused).isBetween(1, REPLACEMENTS - 1);
            venue.onSessionThread(session::stop);
        }
    }

    private boolean isReplaced(RecordedIntent intent) {
        return has(intent, Type.NOT_SENT)
                || has(intent, Type.ORDER_CREATED)
                        && (has(intent, Type.REQUEST_ANSWERED)
                                || has(intent, Type.REQUEST_UNKNOWN));
    }

    private long created(RecordedIntent intent) {
        return journal.events().stream()
                .filter(event -> event.intent() == intent.index())
                .filter(event -> event.type() == Type.ORDER_CREATED)
                .findFirst()
                .orElseThrow()
                .orderId();
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

    /**
     * @param replaces the order whose place it takes, 0 for none
     */
    private static RecordedIntent limit(long index, long lastTransactionId, long replaces) {
        return new RecordedIntent(
                index,
                new OrderIntent(
                        replaces == 0 ? Action.OPEN : Action.REPLACE,
                        OrderType.LIMIT,
                        0,
                        0,
                        7,
                        "00000000000000bb-%x".formatted(index),
                        1_000_0000L,
                        50_000_000L + index * 1_000,
                        0,
                        0,
                        0,
                        0,
                        replaces,
                        0,
                        lastTransactionId,
                        Long.MAX_VALUE,
                        0,
                        0));
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
                        0,
                        lastTransactionId,
                        Long.MAX_VALUE,
                        0,
                        0));
    }
}
