package saker.strategy;

import java.util.ArrayList;
import java.util.List;

/** The order rows an instance of a host is shown. */
public final class SeenOrders {
    private SeenOrders() {}

    /** Tickets of the used rows, in their order. */
    public static List<Long> tickets(StrategyHost host, int place) {
        OrderRows orders = host.instance(place).orders();
        List<Long> tickets = new ArrayList<>();
        for (int row = 0; row < orders.count(); row++) {
            if (orders.value(row, 0) != 0) {
                tickets.add((long) orders.value(row, 0));
            }
        }
        return tickets;
    }
}
