package saker.market;

import java.util.List;
import saker.model.Instrument;

/** The tradable instruments of an engine by id. Immutable. */
public final class Instruments {
    private final Instrument[] byId = new Instrument[Instrument.MAX_INSTRUMENTS];
    private final List<Instrument> all;

    public Instruments(List<Instrument> instruments) {
        all = List.copyOf(instruments);
        for (Instrument instrument : all) {
            Instrument other = byId[instrument.id()];
            if (other != null) {
                throw new IllegalArgumentException(
                        "two instruments with one id: id=%d, symbols=%s and %s"
                                .formatted(instrument.id(), other.symbol(), instrument.symbol()));
            }
            byId[instrument.id()] = instrument;
        }
    }

    /** The instrument, or null for an id that is out of range or not in use. */
    public Instrument byId(int id) {
        return id >= 0 && id < byId.length ? byId[id] : null;
    }

    /** The instrument of a symbol such as {@code EURUSD}, or null. */
    public Instrument bySymbol(String symbol) {
        for (Instrument instrument : all) {
            if (instrument.symbol().equals(symbol)) {
                return instrument;
            }
        }
        return null;
    }

    public List<Instrument> all() {
        return all;
    }
}
