package saker.order;

import saker.model.OrderIntent;

/** One of our requests and where it stands; changed by its {@link OrderBook} alone. */
public final class Order {
    private final OrderIntent intent;
    private final long requestedUnitsE4;
    private final long decidedAtNs;

    long index; // 0 until the intent is in the journal.
    OrderState state = OrderState.NEW;
    long orderId;
    long filledUnitsE4;
    String reason = "";

    Order(long index, OrderIntent intent, long requestedUnitsE4, long decidedAtNs) {
        this.index = index;
        this.intent = intent;
        this.requestedUnitsE4 = requestedUnitsE4;
        this.decidedAtNs = decidedAtNs;
    }

    /** Index of the OrderIntent record; 0 until it is written. */
    public long index() {
        return index;
    }

    public OrderIntent intent() {
        return intent;
    }

    public OrderState state() {
        return state;
    }

    public boolean isFinal() {
        return state.isFinal();
    }

    /** The broker's order, 0 while unknown. */
    public long orderId() {
        return orderId;
    }

    /** Unsigned; 0 for a MODIFY or CANCEL. */
    public long requestedUnitsE4() {
        return requestedUnitsE4;
    }

    /** Unsigned. */
    public long filledUnitsE4() {
        return filledUnitsE4;
    }

    /** Signed units an entry may still add. */
    public long pendingUnitsE4() {
        if (isFinal() || !intent.action().isEntry()) {
            return 0;
        }
        long leftE4 = Math.max(0, requestedUnitsE4 - filledUnitsE4);
        return intent.unitsE4() > 0 ? leftE4 : -leftE4;
    }

    /** Journal time of the decision. */
    public long decidedAtNs() {
        return decidedAtNs;
    }

    /** What the broker said last, "" for nothing. */
    public String reason() {
        return reason;
    }
}
