package saker.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import saker.model.FeedStatus;
import saker.model.RecordKind;

/**
 * Layout of a FEED_STATUS payload, fields in this order; text is its length (i32) and UTF-8.
 *
 * <pre>
 *   accountId i32 | feed u8 | state u8 | marketRate f64 | detail text
 * </pre>
 */
public final class FeedStatusDescriptor {
    public static final int VERSION = 1;

    private FeedStatusDescriptor() {}

    /** Returns the payload's length in bytes. */
    public static int encode(FeedStatus status, MutableDirectBuffer buffer, int offset) {
        PayloadWriter out = new PayloadWriter(buffer, offset);
        out.i32(status.accountId()).constant(status.feed()).constant(status.state());
        out.f64(status.marketRate()).text(status.detail());
        return out.length();
    }

    /** Throws {@link PayloadDamagedException} where the bytes are no such payload. */
    public static FeedStatus decode(DirectBuffer buffer, int offset, int length) {
        PayloadReader in = new PayloadReader(RecordKind.FEED_STATUS, buffer, offset, length);
        try {
            FeedStatus status =
                    new FeedStatus(
                            in.i32(),
                            in.constant(FeedStatus.Feed.values()),
                            in.constant(FeedStatus.State.values()),
                            in.f64(),
                            in.text());
            in.end();
            return status;
        } catch (IllegalArgumentException e) {
            throw new PayloadDamagedException(
                    "payload refused: kind=FEED_STATUS: " + e.getMessage(), e);
        }
    }
}
