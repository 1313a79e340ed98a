package saker.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.FixedPoint;
import saker.position.Trade;
import saker.position.TradeLedger;

/** Compares a broker's snapshot with what we believed just before it. */
final class SnapshotCheck {

    /** One instrument whose open units differ. */
    record Difference(int instrumentId, String detail) {}

    private SnapshotCheck() {}

    /** Empty for the first snapshot of a journal, and for one that the stream has overtaken. */
    static List<Difference> compare(TradeLedger ledger, BrokerEvent snapshot) {
        List<Difference> differences = new ArrayList<>();
        if (!ledger.isKnown() || snapshot.transactionId() < ledger.lastTransactionId()) {
            return differences;
        }
        TreeSet<Integer> instruments = new TreeSet<>();
        for (Trade trade : ledger.trades()) {
            instruments.add(trade.instrumentId());
        }
        for (TradeEffect effect : snapshot.effects()) {
            instruments.add(effect.instrumentId());
        }
        for (int id : instruments) {
            String ours = units(ledger.longUnitsE4(id), ledger.shortUnitsE4(id));
            String brokers = units(sum(snapshot, id, 1), sum(snapshot, id, -1));
            if (!ours.equals(brokers)) {
                differences.add(
                        new Difference(
                                id,
                                "instrumentId=%d, ours: %s, broker: %s, transactionId=%d"
                                        .formatted(id, ours, brokers, snapshot.transactionId())));
            }
        }
        return differences;
    }

    private static long sum(BrokerEvent snapshot, int instrumentId, int sign) {
        long sum = 0;
        for (TradeEffect effect : snapshot.effects()) {
            if (effect.instrumentId() == instrumentId
                    && effect.effect() == TradeEffect.Effect.OPEN
                    && Long.signum(effect.unitsE4()) == sign) {
                sum = FixedPoint.add(sum, Math.abs(effect.unitsE4()));
            }
        }
        return sum;
    }

    private static String units(long longE4, long shortE4) {
        return "long=%s, short=%s"
                .formatted(FixedPoint.format(longE4, 4), FixedPoint.format(shortE4, 4));
    }
}
