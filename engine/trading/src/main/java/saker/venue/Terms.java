package saker.venue;

import saker.broker.simulated.InstrumentTerms;
import saker.broker.simulated.SimulatedBroker;

/** The parts of an instrument that decide how its numbers are written. */
final class Terms {
    private static final int UNKNOWN_INSTRUMENT_DIGITS = 5;

    private Terms() {}

    /** Decimals of a price; 5 for an instrument we do not know (it can only be in a reject). */
    static int digits(SimulatedBroker broker, String instrument) {
        InstrumentTerms terms = instrument == null ? null : broker.instrument(instrument);
        return terms == null ? UNKNOWN_INSTRUMENT_DIGITS : terms.instrument().displayDigits();
    }
}
