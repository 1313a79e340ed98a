package saker.broker.oanda;

import io.vertx.core.Future;
import java.io.IOException;

/**
 * Fetches the transactions that are missing, page by page, into the sequencer. Succeeds only if
 * everything up to the broker's newest transaction is there: then it was a complete scan. Event
 * loop only.
 */
final class Backfill {
    private static final int PAGE = 1000;

    private final RestClient rest;
    private final OandaOptions options;
    private final TransactionSequencer sequencer;

    Backfill(RestClient rest, OandaOptions options, TransactionSequencer sequencer) {
        this.rest = rest;
        this.options = options;
        this.sequencer = sequencer;
    }

    /** Succeeds with the newest transaction's id once nothing up to it is missing. */
    Future<Long> run() {
        long since = sequencer.completeTo();
        return fetch("/transactions/sinceid?id=" + since).compose(last -> pages(since, last));
    }

    private Future<Long> pages(long before, long last) {
        long complete = sequencer.completeTo();
        if (complete >= last) {
            return Future.succeededFuture(last);
        }
        if (complete == before) {
            return Future.failedFuture(
                    new IncompleteScan(complete + 1, "the broker's list has a hole", last));
        }
        return page(last);
    }

    private Future<Long> page(long last) {
        long before = sequencer.completeTo();
        long to = Math.min(last, before + PAGE);
        return fetch("/transactions/idrange?from=" + (before + 1) + "&to=" + to)
                .compose(newest -> pages(before, Math.max(last, newest)));
    }

    /** Offers what the answer holds; returns the newest id it names. */
    private Future<Long> fetch(String path) {
        return rest.get(options.accountPath(path))
                .compose(
                        answer -> {
                            if (answer.status() != 200) {
                                return Future.failedFuture(
                                        new RefusedException("transactions", answer));
                            }
                            try {
                                AnswerBody body = AnswerBody.read(answer.body());
                                body.transactions().forEach(sequencer::offer);
                                return Future.succeededFuture(body.lastTransactionId());
                            } catch (IOException e) {
                                return Future.failedFuture(e);
                            }
                        });
    }

    /** A transaction is missing from the broker's own list. */
    static final class IncompleteScan extends RuntimeException {
        private static final long serialVersionUID = 1;
        final long missing;
        final long last;

        private IncompleteScan(long missing, String why, long last) {
            super(why + ": missing=" + missing + ", last=" + last);
            this.missing = missing;
            this.last = last;
        }
    }
}
