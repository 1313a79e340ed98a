package saker.strategy;

import java.util.ArrayList;
import java.util.List;
import saker.model.Signal;
import saker.model.SignalBits;

/**
 * Fills what a strategy under trial asks for, so that it sees orders of its own: at once, at the
 * quote, market orders only, with stop and target where they were asked for.
 */
final class ProbeOrders {
    private static final double CONTRACT_UNITS = 100_000;
    private static final double E8 = 1e8;

    private final GuardedFrame frame;
    private final int rows;
    private final List<double[]> open = new ArrayList<>();
    private final List<double[]> closed = new ArrayList<>();
    private double balance = 100_000;
    private int nextTicket = 1;
    private int instanceId;

    ProbeOrders(GuardedFrame frame, int instanceId, int rows) {
        this.frame = frame;
        this.instanceId = instanceId;
        this.rows = rows;
        layOut();
    }

    /** They belong to another instance from now on. */
    void belongTo(int otherId) {
        instanceId = otherId;
        open.forEach(order -> order[1] = otherId);
        closed.forEach(order -> order[1] = otherId);
        layOut();
    }

    /** Hits stops and targets and refreshes profit and account figures. */
    void onTick(ProbeMarket market) {
        boolean changed = false;
        for (int i = open.size() - 1; i >= 0; i--) {
            double[] order = open.get(i);
            price(order, market);
            boolean buy = order[2] == 0;
            double price = order[9];
            boolean stopped = order[5] > 0 && (buy ? price <= order[5] : price >= order[5]);
            boolean reached = order[6] > 0 && (buy ? price >= order[6] : price <= order[6]);
            if (stopped || reached) {
                close(order, market);
                changed = true;
            }
        }
        if (changed || !open.isEmpty()) {
            layOut();
        }
        double profit = open.stream().mapToDouble(order -> order[11]).sum();
        frame.account(1, balance);
        frame.account(2, balance + profit);
    }

    private static void price(double[] order, ProbeMarket market) {
        boolean buy = order[2] == 0;
        order[9] = buy ? market.bid() : market.ask();
        order[11] = (buy ? 1 : -1) * (order[9] - order[8]) * order[10] * CONTRACT_UNITS;
    }

    void apply(List<Signal.Row> wishes, ProbeMarket market) {
        for (Signal.Row wish : wishes) {
            if ((wish.bits() & SignalBits.CLOSE_BUY) != 0) {
                close(0, wish.ticket(), market);
            }
            if ((wish.bits() & SignalBits.CLOSE_SELL) != 0) {
                close(1, wish.ticket(), market);
            }
            if ((wish.bits() & SignalBits.UPDATE_BUY) != 0) {
                update(0, wish, market);
            }
            if ((wish.bits() & SignalBits.UPDATE_SELL) != 0) {
                update(1, wish, market);
            }
            if ((wish.bits() & SignalBits.OPEN_BUY) != 0) {
                open(0, wish, market);
            }
            if ((wish.bits() & SignalBits.OPEN_SELL) != 0) {
                open(1, wish, market);
            }
        }
        layOut();
    }

    private void close(int type, long ticket, ProbeMarket market) {
        for (double[] order : List.copyOf(open)) {
            if (order[2] == type && (ticket == Signal.ALL_TICKETS || order[0] == ticket)) {
                price(order, market);
                close(order, market);
            }
        }
    }

    private void close(double[] order, ProbeMarket market) {
        order[4] = market.time();
        order[14] = 0;
        balance += order[11];
        open.remove(order);
        closed.add(0, order);
        if (closed.size() > rows) {
            closed.remove(rows);
        }
    }

    private void update(int type, Signal.Row wish, ProbeMarket market) {
        for (double[] order : open) {
            boolean meant = wish.ticket() == Signal.ALL_TICKETS || order[0] == wish.ticket();
            if (order[2] == type && meant) {
                protect(order, wish, market);
            }
        }
    }

    private void open(int type, Signal.Row wish, ProbeMarket market) {
        if (open.size() == rows) {
            return;
        }
        double[] order = new double[15];
        order[0] = nextTicket++;
        order[1] = instanceId;
        order[2] = type;
        order[3] = market.time();
        order[8] = quote(type, market);
        order[10] = wish.lotsE8() / E8;
        order[14] = 1;
        protect(order, wish, market);
        open.add(0, order);
    }

    private static double quote(double type, ProbeMarket market) {
        return type == 0 ? market.ask() : market.bid();
    }

    /** Distances become prices: from the ask for a buy, from the bid for a sell. */
    private static void protect(double[] order, Signal.Row wish, ProbeMarket market) {
        int sign = order[2] == 0 ? 1 : -1;
        double quote = quote(order[2], market);
        double stop = wish.stopDistanceE8() / E8;
        double target = wish.targetDistanceE8() / E8;
        order[5] = stop == 0 ? 0 : quote - sign * stop;
        order[6] = target == 0 ? 0 : quote + sign * target;
    }

    private void layOut() {
        frame.clearOrders();
        int row = 0;
        for (List<double[]> orders : List.of(open, closed)) {
            for (double[] order : orders) {
                if (row < rows) {
                    for (int field = 0; field < order.length; field++) {
                        frame.order(row, field, order[field]);
                    }
                    row++;
                }
            }
        }
    }
}
