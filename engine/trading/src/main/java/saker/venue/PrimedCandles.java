package saker.venue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import saker.history.CandleHistory;
import saker.history.MarketPrice;
import saker.history.MarketSource;

/**
 * The candles of the venue. They know the first price of every instrument before the market begins:
 * the past is generated backwards from it, and clients ask for the past first. That price is not
 * counted again when the market comes to it.
 *
 * <p>A question can take a second (years of past are generated), so it is asked on a worker thread,
 * one at a time; prices that come meanwhile wait here. Venue thread only, but for the constructor.
 */
final class PrimedCandles {
    /** Instruments that begin later than this many rows have a past by their model only. */
    private static final int LOOK_AHEAD_ROWS = 500_000;

    private final CandleHistory history;
    private final Map<String, MarketPrice> primed = new HashMap<>();
    private final Deque<Question<?>> questions = new ArrayDeque<>();
    private final Deque<MarketPrice> waiting = new ArrayDeque<>();
    private boolean lent;

    private record Question<T>(Function<CandleHistory, T> function, Promise<T> answer) {}

    /**
     * @param ahead the market once more, to look into; it is used up
     */
    PrimedCandles(CandleHistory history, MarketSource ahead) {
        this.history = history;
        int instruments = ahead.instruments().size();
        for (int row = 0; row < LOOK_AHEAD_ROWS && primed.size() < instruments; row++) {
            MarketPrice price = ahead.next();
            if (price == null) {
                break;
            }
            if (primed.putIfAbsent(price.instrument(), price) == null) {
                history.onPrice(price);
            }
        }
    }

    void onPrice(MarketPrice price) {
        MarketPrice first = primed.remove(price.instrument());
        if (first != null) {
            return;
        }
        if (lent) {
            waiting.add(price);
        } else {
            history.onPrice(price);
        }
    }

    /** Runs {@code function} on a worker; the answer comes back on the venue's thread. */
    <T> Future<T> ask(Vertx vertx, Function<CandleHistory, T> function) {
        Promise<T> answer = Promise.promise();
        questions.add(new Question<>(function, answer));
        askNext(vertx);
        return answer.future();
    }

    private void askNext(Vertx vertx) {
        Question<?> question = lent ? null : questions.poll();
        if (question != null) {
            lent = true;
            ask(vertx, question);
        }
    }

    private <T> void ask(Vertx vertx, Question<T> question) {
        vertx.executeBlocking(() -> question.function().apply(history), false)
                .onComplete(
                        answered -> {
                            lent = false;
                            waiting.forEach(history::onPrice);
                            waiting.clear();
                            askNext(vertx);
                            question.answer().handle(answered);
                        });
    }
}
