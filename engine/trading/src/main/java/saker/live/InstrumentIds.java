package saker.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import saker.model.Instrument;

/**
 * Ids of instruments by symbol. One that the journal knows keeps its id for ever, wherever it
 * stands in the configuration; a new one takes the next that is free. So an id in an old record
 * means what it meant.
 */
final class InstrumentIds {
    private final TreeMap<Integer, Instrument> byId = new TreeMap<>();

    InstrumentIds(Collection<Instrument> journaled) {
        journaled.forEach(instrument -> byId.put(instrument.id(), instrument));
    }

    /** Takes the broker's present terms of an instrument, under the id of its symbol. */
    void add(Instrument offered) {
        int id = idOf(offered.symbol());
        byId.put(
                id,
                new Instrument(
                        id,
                        offered.symbol(),
                        offered.brokerName(),
                        offered.baseCurrency(),
                        offered.quoteCurrency(),
                        offered.displayDigits(),
                        offered.pipExponent(),
                        offered.unitsDigits(),
                        offered.minimumUnitsE4(),
                        offered.maximumUnitsE4(),
                        offered.marginRateE14(),
                        offered.contractUnits()));
    }

    /** Whether the journal or the broker named every symbol. */
    boolean knows(List<String> symbols) {
        return byId.values().stream().map(Instrument::symbol).toList().containsAll(symbols);
    }

    /** By id; those no longer configured too, since old records and open trades speak of them. */
    List<Instrument> all() {
        return new ArrayList<>(byId.values());
    }

    private int idOf(String symbol) {
        for (Instrument known : byId.values()) {
            if (known.symbol().equals(symbol)) {
                return known.id();
            }
        }
        return byId.isEmpty() ? 0 : byId.lastKey() + 1;
    }
}
