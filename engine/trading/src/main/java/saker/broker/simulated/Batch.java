package saker.broker.simulated;

import java.util.ArrayList;
import java.util.List;

/** The transactions of one request or event: they share a batch id, a request id and a time. */
final class Batch {
    private final BrokerState state;
    private final String requestId;
    private final long batchId;
    private final List<Outcome.Entry> entries = new ArrayList<>();

    Batch(BrokerState state, String requestId) {
        this.state = state;
        this.requestId = requestId;
        this.batchId = state.lastTransactionId() + 1;
    }

    /** Of the transaction to be added next. */
    Transaction.Header header() {
        return new Transaction.Header(
                state.lastTransactionId() + 1, batchId, requestId, state.account.timeNs());
    }

    <T extends Transaction> T add(Outcome.Role role, T transaction) {
        state.append(transaction);
        entries.add(new Outcome.Entry(role, transaction));
        return transaction;
    }

    void addTo(List<Transaction> happened) {
        for (Outcome.Entry entry : entries) {
            happened.add(entry.transaction());
        }
    }

    Outcome accepted() {
        return new Outcome(Outcome.Status.ACCEPTED, null, List.copyOf(entries));
    }

    Outcome refused(RejectReason reason) {
        return new Outcome(Outcome.Status.REJECTED, reason, List.copyOf(entries));
    }

    Outcome notFound(RejectReason reason) {
        return new Outcome(Outcome.Status.NOT_FOUND, reason, List.copyOf(entries));
    }
}
