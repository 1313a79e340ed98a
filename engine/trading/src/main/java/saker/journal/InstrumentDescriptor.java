package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.Instrument;
import saker.model.RecordKind;

/**
 * Layout of an INSTRUMENT payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   id i32 | displayDigits i32 | pipExponent i32 | unitsDigits i32 | minimumUnitsE4 i64
 *   maximumUnitsE4 i64 | marginRateE14 i64 | contractUnits i64
 *   symbol text | brokerName text | baseCurrency text | quoteCurrency text
 * </pre>
 */
public final class InstrumentDescriptor {
    public static final int VERSION = 1;

    private InstrumentDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(Instrument instrument, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.i32(instrument.id())
                .i32(instrument.displayDigits())
                .i32(instrument.pipExponent())
                .i32(instrument.unitsDigits());
        out.i64(instrument.minimumUnitsE4())
                .i64(instrument.maximumUnitsE4())
                .i64(instrument.marginRateE14());
        out.i64(instrument.contractUnits()).text(instrument.symbol()).text(instrument.brokerName());
        out.text(instrument.baseCurrency()).text(instrument.quoteCurrency());
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static Instrument decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.INSTRUMENT, buffer, offset, length);
        try {
            int id = in.i32();
            int displayDigits = in.i32();
            int pipExponent = in.i32();
            int unitsDigits = in.i32();
            long minimumUnitsE4 = in.i64();
            long maximumUnitsE4 = in.i64();
            long marginRateE14 = in.i64();
            long contractUnits = in.i64();
            Instrument instrument =
                    new Instrument(
                            id,
                            in.text(),
                            in.text(),
                            in.text(),
                            in.text(),
                            displayDigits,
                            pipExponent,
                            unitsDigits,
                            minimumUnitsE4,
                            maximumUnitsE4,
                            marginRateE14,
                            contractUnits);
            in.end();
            return instrument;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException(
                    "payload refused: kind=INSTRUMENT: " + e.getMessage(), e);
        }
    }
}
