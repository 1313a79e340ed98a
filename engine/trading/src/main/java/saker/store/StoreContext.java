package saker.store;

import java.util.ArrayList;
import java.util.List;
import saker.market.Instruments;
import saker.market.Quotes;
import saker.model.Instrument;

/** What every part of the fold sees: setup, instruments, quotes, the record in hand, the batch. */
final class StoreContext {
    final long journalId;
    final RowBatch batch;
    final Quotes quotes = new Quotes();
    StoreSetup setup;

    // Of the record in hand.
    long index;
    long journalTimeNs;
    long marketTimeNs;

    private final Instrument[] instruments = new Instrument[Instrument.MAX_INSTRUMENTS];
    private Instruments all = new Instruments(List.of());
    private int instrumentsVersion;

    StoreContext(long journalId, StoreSetup setup, RowBatch batch) {
        this.journalId = journalId;
        this.setup = setup;
        this.batch = batch;
    }

    void onInstrument(Instrument instrument) {
        if (instrument.equals(instruments[instrument.id()])) {
            return;
        }
        instruments[instrument.id()] = instrument;
        List<Instrument> known = new ArrayList<>();
        for (Instrument each : instruments) {
            if (each != null) {
                known.add(each);
            }
        }
        all = new Instruments(known);
        instrumentsVersion++;
    }

    Instruments instruments() {
        return all;
    }

    /** Grows with every change of {@link #instruments}. */
    int instrumentsVersion() {
        return instrumentsVersion;
    }

    String symbol(int instrumentId) {
        Instrument instrument = all.byId(instrumentId);
        return instrument == null ? "" : instrument.symbol();
    }

    /** Units as lots × 10^8, of an unknown instrument as lots of 100,000. */
    long lotsE8(int instrumentId, long unitsE4) {
        Instrument instrument = all.byId(instrumentId);
        long contractUnits = instrument == null ? 100_000 : instrument.contractUnits();
        return saker.model.FixedPoint.mulDiv(
                Math.abs(unitsE4),
                saker.model.FixedPoint.E4,
                contractUnits,
                saker.model.FixedPoint.Rounding.HALF_UP);
    }
}
