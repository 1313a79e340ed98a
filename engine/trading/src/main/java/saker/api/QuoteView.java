package saker.api;

/**
 * Latest bid and ask of an instrument, and what its sizes must obey.
 *
 * @param contractUnits base units in one lot
 * @param minimumUnitsE4 smallest order
 * @param unitsStepE4 sizes are multiples of it
 */
public record QuoteView(
        String symbol,
        int digits,
        int pipExponent,
        long bidE8,
        long askE8,
        boolean tradeable,
        long marketTimeNs,
        long journalTimeNs,
        long contractUnits,
        long minimumUnitsE4,
        long unitsStepE4) {}
