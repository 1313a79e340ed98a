package saker.broker.oanda;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import saker.broker.oanda.RequestLimiter.Priority;

class RequestLimiterTest {
    private final Vertx vertx = Vertx.vertx();
    private final OandaCounters counters = new OandaCounters();
    private final BackgroundErrors errors = new BackgroundErrors(counters, 0);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldLetOrdersOvertakeAndKeepASlotForThem() {
        RequestLimiter limiter = limiter(2);
        List<String> ran = new ArrayList<>();

        limiter.offer(Priority.OTHER, () -> ran.add("first"));
        limiter.offer(Priority.OTHER, () -> ran.add("second"));
        limiter.offer(Priority.ORDER, () -> ran.add("order"));
        limiter.offer(Priority.ORDER, () -> ran.add("another order"));
        assertThat(ran).containsExactly("first", "order");
        limiter.done();
        limiter.done();
        assertThat(ran).containsExactly("first", "order", "another order");
        limiter.done();

        assertThat(ran).containsExactly("first", "order", "another order", "second");
    }

    @Test
    void shouldRefuseMoreThanItsQueueHolds() {
        RequestLimiter limiter = limiter(2);
        for (int i = 0; i < 2 + RequestLimiter.ORDERS_WAITING_MAX; i++) {
            assertThat(limiter.offer(Priority.ORDER, () -> {})).isTrue();
        }

        assertThat(limiter.hasRoom(Priority.ORDER)).isFalse();
        assertThat(limiter.offer(Priority.ORDER, () -> {})).isFalse();
        assertThat(limiter.hasRoom(Priority.OTHER)).isTrue();
    }

    @Test
    void shouldHoldItsRate() throws Exception {
        int requests = 60;
        CompletableFuture<Long> finished = new CompletableFuture<>();
        long startNs = System.nanoTime();
        vertx.runOnContext(
                ready -> {
                    RequestLimiter limiter = limiter(4);
                    int[] ran = new int[1];
                    for (int i = 0; i < requests; i++) {
                        limiter.offer(
                                Priority.ORDER,
                                () -> {
                                    if (++ran[0] == requests) {
                                        finished.complete(System.nanoTime() - startNs);
                                    }
                                    vertx.runOnContext(done -> limiter.done());
                                });
                    }
                });

        long tookMs = finished.get(20, TimeUnit.SECONDS) / 1_000_000;

        assertThat(tookMs).isGreaterThanOrEqualTo(480); // 10 at once, 50 at 100 a second.
    }

    @Test
    void shouldSurviveARequestThatThrows() {
        RequestLimiter limiter = limiter(2);

        limiter.offer(
                Priority.ORDER,
                () -> {
                    throw new IllegalStateException("planted");
                });

        assertThat(counters.get(OandaCounters.Count.ERRORS)).isEqualTo(1);
    }

    private RequestLimiter limiter(int slots) {
        return new RequestLimiter(vertx, errors, counters, 100, slots, () -> 0);
    }
}
