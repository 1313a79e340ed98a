package saker.venue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import saker.model.FixedPoint;
import saker.model.FixedPoint.Rounding;

/**
 * Writes one JSON document the way OANDA does: every decimal a string, prices at the instrument's
 * precision, money with four decimals, ids as strings, times as the client asked. A member whose
 * value is null or absent is left out.
 */
final class JsonLine {
    /** Stands for "no value" where a {@code long} is written. */
    static final long NONE = Long.MIN_VALUE;

    private static final JsonFactory FACTORY = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final JsonGenerator json;
    private final DatetimeFormat format;

    JsonLine(DatetimeFormat format) {
        this.format = format;
        try {
            json = FACTORY.createGenerator(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonLine begin() {
        return run(json::writeStartObject);
    }

    /** Begins an object that is an element of an array. */
    JsonLine beginElement() {
        return begin();
    }

    JsonLine begin(String name) {
        return run(() -> json.writeObjectFieldStart(name));
    }

    JsonLine end() {
        return run(json::writeEndObject);
    }

    JsonLine beginArray(String name) {
        return run(() -> json.writeArrayFieldStart(name));
    }

    JsonLine endArray() {
        return run(json::writeEndArray);
    }

    /** A string element of an array. */
    JsonLine element(String text) {
        return run(() -> json.writeString(text));
    }

    JsonLine text(String name, String value) {
        return value == null ? this : run(() -> json.writeStringField(name, value));
    }

    JsonLine name(String name, Enum<?> value) {
        return value == null ? this : text(name, value.name());
    }

    JsonLine number(String name, long value) {
        return run(() -> json.writeNumberField(name, value));
    }

    JsonLine flag(String name, boolean value) {
        return run(() -> json.writeBooleanField(name, value));
    }

    /** A transaction, order or trade id; 0 or less is "none". */
    JsonLine id(String name, long id) {
        return id <= 0 ? this : text(name, Long.toString(id));
    }

    JsonLine ids(String name, Collection<Long> ids) {
        beginArray(name);
        ids.forEach(id -> element(Long.toString(id)));
        return endArray();
    }

    JsonLine texts(String name, Collection<String> values) {
        beginArray(name);
        values.forEach(this::element);
        return endArray();
    }

    JsonLine time(String name, long timeNs) {
        return timeNs == NONE ? this : text(name, format.write(timeNs));
    }

    JsonLine price(String name, long priceE8, int digits) {
        return priceE8 == NONE ? this : text(name, priceText(priceE8, digits));
    }

    /** With at least {@code digits} decimals, and more where they are not zero. */
    JsonLine exactPrice(String name, long priceE8, int digits) {
        return text(name, FixedPoint.format(priceE8, 8, digits));
    }

    /** Four decimals. */
    JsonLine money(String name, long moneyE8) {
        return moneyE8 == NONE ? this : text(name, moneyText(moneyE8));
    }

    JsonLine units(String name, long unitsE4) {
        return unitsE4 == NONE ? this : text(name, FixedPoint.format(unitsE4, 4));
    }

    /** A share, such as margin use: five decimals. */
    JsonLine share(String name, long shareE8) {
        return text(name, FixedPoint.formatRounded(shareE8, 8, 5, Rounding.HALF_UP));
    }

    /** A rate as short as it can be written. */
    JsonLine rate(String name, long rateE14) {
        return text(name, FixedPoint.format(rateE14, 14));
    }

    static String priceText(long priceE8, int digits) {
        return FixedPoint.formatRounded(priceE8, 8, digits, Rounding.HALF_UP);
    }

    static String moneyText(long moneyE8) {
        return FixedPoint.formatRounded(moneyE8, 8, 4, Rounding.HALF_UP);
    }

    byte[] toBytes() {
        run(json::flush);
        return bytes.toByteArray();
    }

    private JsonLine run(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Memory does not fail.
        }
    }

    private interface Write {
        void run() throws IOException;
    }
}
