package saker.broker.oanda;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import saker.model.Instrument;

/** The instruments the account trades here, by id and by the broker's name. One thread. */
final class InstrumentDirectory {
    private final Map<String, Integer> idByName = new HashMap<>();
    private final Instrument[] byId = new Instrument[Instrument.MAX_INSTRUMENTS];

    void set(List<Instrument> instruments) {
        for (Instrument instrument : instruments) {
            idByName.put(instrument.brokerName(), instrument.id());
            byId[instrument.id()] = instrument;
        }
    }

    /** −1 for one we do not know. */
    int idOf(String brokerName) {
        return idByName.getOrDefault(brokerName, -1);
    }

    /**
     * @throws IllegalArgumentException for an id that was never given
     */
    Instrument get(int id) {
        Instrument instrument = id >= 0 && id < byId.length ? byId[id] : null;
        if (instrument == null) {
            throw new IllegalArgumentException("unknown instrument: instrumentId=" + id);
        }
        return instrument;
    }
}
