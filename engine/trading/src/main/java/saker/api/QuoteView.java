package saker.api;

/** Latest bid and ask of an instrument. */
public record QuoteView(
        String symbol,
        int digits,
        int pipExponent,
        long bidE8,
        long askE8,
        boolean tradeable,
        long marketTimeNs,
        long journalTimeNs) {}
