package saker.broker.oanda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saker.broker.BrokerSession.RecordedIntent;
import saker.model.FixedPoint;
import saker.model.OrderIntent;
import saker.model.OrderIntent.Action;

/**
 * Our requests without a final answer, and which transactions are their evidence: creates by our
 * client id, closes by the trade and the units, modifications and cancels by the ids they name. One
 * thread.
 *
 * <p>Of a REPLACE the new order is the evidence; the end of the old one belongs to the intent that
 * order was of, and proves nothing, since another client may have replaced it.
 *
 * <p>What belongs to an intent once stays with it: the rest of the batch, and the later fill or
 * cancellation of its order.
 */
final class RequestBook {
    private static final int REMEMBERED_MAX = 8192;

    /** One request under way. */
    static final class OpenRequest {
        final RecordedIntent recorded;

        /** When it was written, in ms of the steady clock; 0 while it provably is not. */
        long sentAtMs;

        /** Whether the journal has its REQUEST_SENT: one for all tries. */
        boolean announced;

        /** How often it was refused or found no connection, and when it may be sent again. */
        int retries;

        long retryAtMs;

        /** Whether its outcome has to be looked for. */
        boolean unknown;

        /** The transaction that proves it, 0 while none. */
        long evidence;

        /** Start of the last complete scan without a trace, 0 for none. */
        long scannedAtMs;

        private OpenRequest(RecordedIntent recorded) {
            this.recorded = recorded;
        }

        OrderIntent intent() {
            return recorded.intent();
        }
    }

    private final List<OpenRequest> open = new ArrayList<>();
    private final Map<String, Long> intentByClientId = bounded();
    private final Map<Long, Long> intentByBatch = bounded();
    private final Map<Long, Long> intentByTransaction = bounded();
    private final Map<Long, Long> tradeByExitOrder = new HashMap<>();

    OpenRequest add(RecordedIntent recorded) {
        OpenRequest request = new OpenRequest(recorded);
        open.add(request);
        if (recorded.intent().action().isEntry()) {
            intentByClientId.put(recorded.intent().clientId(), recorded.index());
        }
        return request;
    }

    void remove(OpenRequest request) {
        open.remove(request);
    }

    boolean has(OpenRequest request) {
        return open.contains(request);
    }

    /** Requests whose outcome has to be looked for; a copy. */
    List<OpenRequest> unknown() {
        return open.stream().filter(request -> request.unknown).toList();
    }

    boolean hasUnknown() {
        return open.stream().anyMatch(request -> request.unknown);
    }

    /** Whether a close or modification of the intent's trade is still unanswered. */
    boolean isBusy(OrderIntent intent) {
        return onTrade(intent)
                && open.stream()
                        .map(OpenRequest::intent)
                        .anyMatch(other -> onTrade(other) && other.tradeId() == intent.tradeId());
    }

    /** An answer named the transactions its request made. */
    void relate(OpenRequest request, List<Long> transactionIds) {
        transactionIds.forEach(id -> intentByTransaction.put(id, request.recorded.index()));
    }

    /** Exit orders as a snapshot shows them. */
    void setExits(Map<Long, Long> tradeByOrder) {
        tradeByExitOrder.clear();
        tradeByExitOrder.putAll(tradeByOrder);
    }

    /** The intent a transaction belongs to, 0 for none of ours; marks it as proven. */
    long claim(Transaction transaction) {
        long intent = find(transaction);
        if (intent != 0) {
            intentByTransaction.put(transaction.id(), intent);
            if (transaction.batchId() != 0 && !isReplaced(transaction)) {
                intentByBatch.put(transaction.batchId(), intent);
            }
            prove(intent, transaction.id());
        }
        followExits(transaction);
        return intent;
    }

    /**
     * What a request asked for comes before whose order it was: the cancellation of our pending
     * order answers the CANCEL, and says by its ids which order ended.
     */
    private long find(Transaction transaction) {
        if (isReplaced(transaction)) {
            return intentByClientId.getOrDefault(clientIdOf(transaction), 0L);
        }
        Long known = intentByTransaction.get(transaction.id());
        if (known != null) {
            return known;
        }
        for (OpenRequest request : open) {
            if (isSent(request) && isEvidence(request.intent(), transaction)) {
                return request.recorded.index();
            }
        }
        known = intentByBatch.get(transaction.batchId());
        if (known == null) {
            known = intentByClientId.get(clientIdOf(transaction));
        }
        return known == null ? 0 : known;
    }

    private static boolean isSent(OpenRequest request) {
        return request.sentAtMs != 0 && request.evidence == 0;
    }

    private void prove(long intent, long transactionId) {
        for (OpenRequest request : open) {
            if (request.recorded.index() == intent && request.evidence == 0) {
                request.evidence = transactionId;
            }
        }
        open.removeIf(request -> request.unknown && request.evidence != 0);
    }

    private boolean isEvidence(OrderIntent intent, Transaction transaction) {
        if (transaction.id() <= intent.lastTransactionId()) {
            return false;
        }
        return switch (intent.action()) {
            case OPEN -> false; // By client id alone.
            case REPLACE -> replaces(intent, transaction);
            case CLOSE -> closes(intent, transaction);
            case MODIFY -> modifies(intent, transaction);
            case CANCEL -> cancels(intent, transaction);
        };
    }

    private static boolean closes(OrderIntent intent, Transaction transaction) {
        var close = transaction.json().path("tradeClose");
        return Transaction.idOf(close, "tradeID") == intent.tradeId()
                && sameNumber(close.path("units").asText(), OrderRequest.closeUnits(intent));
    }

    private boolean modifies(OrderIntent intent, Transaction transaction) {
        String reason = transaction.text("reason");
        return switch (transaction.type()) {
            case "STOP_LOSS_ORDER", "STOP_LOSS_ORDER_REJECT" ->
                    isExitOf(intent, intent.stopLossE8(), transaction);
            case "TAKE_PROFIT_ORDER", "TAKE_PROFIT_ORDER_REJECT" ->
                    isExitOf(intent, intent.takeProfitE8(), transaction);
            case "ORDER_CANCEL" ->
                    reason.startsWith("CLIENT_REQUEST")
                            && tradeByExitOrder.getOrDefault(transaction.idOf("orderID"), 0L)
                                    == intent.tradeId();
            default -> false;
        };
    }

    private static boolean isExitOf(OrderIntent intent, long priceE8, Transaction transaction) {
        return !transaction.text("reason").equals("ON_FILL")
                && transaction.idOf("tradeID") == intent.tradeId()
                && priceE8 > 0
                && sameNumber(transaction.text("price"), FixedPoint.format(priceE8, 8));
    }

    /** Whether an entry order ended because another took its place. */
    private boolean isReplaced(Transaction transaction) {
        return transaction.type().equals("ORDER_CANCEL")
                && transaction.text("reason").equals("CLIENT_REQUEST_REPLACED")
                && !tradeByExitOrder.containsKey(transaction.idOf("orderID"));
    }

    private static boolean replaces(OrderIntent intent, Transaction transaction) {
        boolean gone = transaction.type().equals("ORDER_CANCEL_REJECT");
        return gone && transaction.idOf("orderID") == intent.orderId()
                || clientIdOf(transaction).equals(intent.clientId());
    }

    private static boolean cancels(OrderIntent intent, Transaction transaction) {
        boolean reject = transaction.type().equals("ORDER_CANCEL_REJECT");
        boolean cancel =
                transaction.type().equals("ORDER_CANCEL")
                        && transaction.text("reason").equals("CLIENT_REQUEST");
        return (reject || cancel) && transaction.idOf("orderID") == intent.orderId();
    }

    /** Remembers which order is the stop or target of which trade: cancels name the order only. */
    private void followExits(Transaction transaction) {
        switch (transaction.type()) {
            case "STOP_LOSS_ORDER", "TAKE_PROFIT_ORDER" ->
                    tradeByExitOrder.put(transaction.id(), transaction.idOf("tradeID"));
            case "ORDER_CANCEL", "ORDER_FILL" ->
                    tradeByExitOrder.remove(transaction.idOf("orderID"));
            default -> {}
        }
    }

    private static String clientIdOf(Transaction transaction) {
        String ended = transaction.text("clientOrderID");
        return ended.isEmpty()
                ? transaction.json().path("clientExtensions").path("id").asText()
                : ended;
    }

    private static boolean sameNumber(String theirs, String ours) {
        if (theirs.equals(ours)) {
            return true;
        }
        try {
            return new java.math.BigDecimal(theirs).compareTo(new java.math.BigDecimal(ours)) == 0;
        } catch (NumberFormatException e) {
            return false; // One of them is ALL.
        }
    }

    private static boolean onTrade(OrderIntent intent) {
        return intent.action() == Action.CLOSE || intent.action() == Action.MODIFY;
    }

    private static <K> Map<K, Long> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
                return size() > REMEMBERED_MAX;
            }
        };
    }
}
