package saker.live;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import saker.model.BrokerEvent;
import saker.model.OrderIntent;

/** Entries that may still become trades, and trades that are being closed or changed. */
final class RequestsUnderWay {
    private final TreeSet<Long> openEntries = new TreeSet<>(); // OPEN intents without an end.
    private final Map<Long, Long> intentOfTrade = new HashMap<>();

    /**
     * @param index of the intent
     * @param ofTrade whether it is about a trade that is open
     */
    void onIntent(long index, OrderIntent intent, boolean ofTrade) {
        if (intent.action().isEntry()) {
            openEntries.add(index);
        }
        if (ofTrade) {
            intentOfTrade.put(intent.tradeId(), index);
        }
    }

    void onBrokerEvent(BrokerEvent event) {
        if (isEnd(event.type())) {
            intentOfTrade.values().remove(event.intent());
        }
        if (isEndOfEntry(event)) {
            openEntries.remove(event.intent());
        }
    }

    private static boolean isEnd(BrokerEvent.Type type) {
        return switch (type) {
            case ORDER_FILLED,
                    ORDER_CANCELLED,
                    ORDER_REJECTED,
                    REQUEST_REFUSED,
                    REQUEST_ANSWERED,
                    NOT_SENT ->
                    true;
            default -> false;
        };
    }

    /** An order that waits at the broker is among the ledger's, one that ended is nowhere. */
    private static boolean isEndOfEntry(BrokerEvent event) {
        return event.type() == BrokerEvent.Type.ORDER_CREATED
                ? event.pending().stream().anyMatch(RequestsUnderWay::waits)
                : isEnd(event.type()) && event.type() != BrokerEvent.Type.REQUEST_ANSWERED;
    }

    private static boolean waits(BrokerEvent.PendingOrder order) {
        return order.kind() == BrokerEvent.PendingOrder.Kind.LIMIT
                || order.kind() == BrokerEvent.PendingOrder.Kind.STOP;
    }

    void onClosed(long tradeId) {
        intentOfTrade.remove(tradeId);
    }

    boolean hasEntries() {
        return !openEntries.isEmpty();
    }

    /** Whether a close or change of the trade is under way. */
    boolean isOfTrade(long tradeId) {
        return intentOfTrade.containsKey(tradeId);
    }

    /** Intents of entries, for a snapshot, as the next. */
    List<Long> entries() {
        return List.copyOf(openEntries);
    }

    Map<Long, Long> intentOfTrade() {
        return new TreeMap<>(intentOfTrade);
    }

    /** Goes on from a snapshot. */
    void restore(Collection<Long> entries, Map<Long, Long> ofTrades) {
        openEntries.addAll(entries);
        intentOfTrade.putAll(ofTrades);
    }
}
