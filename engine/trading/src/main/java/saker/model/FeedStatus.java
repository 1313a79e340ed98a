package saker.model;

import java.util.Objects;

/**
 * A stream changed its state.
 *
 * @param accountId index of the account the stream belongs to
 * @param marketRate market seconds per wall second: 1 for a real broker
 * @param detail why, for people; may be empty
 */
public record FeedStatus(int accountId, Feed feed, State state, double marketRate, String detail) {

    /** The two streams have separate watchdogs. */
    public enum Feed {
        PRICES,
        TRANSACTIONS
    }

    public enum State {
        CONNECTING,
        /** Connected; prices or heartbeats arrive. */
        LIVE,
        /** Connected, but silent for longer than {@code stream_silence}. */
        STALE,
        DISCONNECTED
    }

    public FeedStatus {
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
        if (!(marketRate > 0)) {
            throw new IllegalArgumentException("bad feed status: marketRate=" + marketRate);
        }
    }
}
