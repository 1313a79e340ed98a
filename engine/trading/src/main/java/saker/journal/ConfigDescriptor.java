package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.Configuration;
import saker.model.RecordKind;

/**
 * Layout of a CONFIG payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   sha256 text | yaml text
 * </pre>
 */
public final class ConfigDescriptor {
    public static final int VERSION = 1;

    private ConfigDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(Configuration configuration, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.text(configuration.sha256()).text(configuration.yaml());
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static Configuration decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.CONFIG, buffer, offset, length);
        try {
            Configuration configuration = new Configuration(in.text(), in.text());
            in.end();
            return configuration;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException("payload refused: kind=CONFIG: " + e.getMessage(), e);
        }
    }
}
