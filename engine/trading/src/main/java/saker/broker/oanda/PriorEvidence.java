package saker.broker.oanda;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads transactions that the journal already holds, to look for evidence among them. */
final class PriorEvidence {
    private static final int PAGE = 1000;

    private PriorEvidence() {}

    /** The transactions after {@code after}, up to {@code newest}. */
    static Future<List<Transaction>> read(
            RestClient rest, OandaOptions options, long after, long newest) {
        return page(rest, options, after, newest, new ArrayList<>());
    }

    private static Future<List<Transaction>> page(
            RestClient rest,
            OandaOptions options,
            long after,
            long newest,
            List<Transaction> transactions) {
        if (after >= newest) {
            return Future.succeededFuture(transactions);
        }
        long to = Math.min(newest, after + PAGE);
        String path = "/transactions/idrange?from=" + (after + 1) + "&to=" + to;
        return rest.get(options.accountPath(path))
                .compose(
                        answer -> {
                            if (answer.status() != 200) {
                                return Future.failedFuture(
                                        new RefusedException("transactions", answer));
                            }
                            try {
                                transactions.addAll(AnswerBody.read(answer.body()).transactions());
                                return page(rest, options, to, newest, transactions);
                            } catch (IOException e) {
                                return Future.failedFuture(e);
                            }
                        });
    }
}
