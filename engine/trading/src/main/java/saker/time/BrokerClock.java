package saker.time;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The wall clock strategies live by: New York plus seven hours, so that the FX day, which ends at
 * 17:00 New York, runs from midnight to midnight and the week from Monday to Friday. It is UTC+2 in
 * the New York winter and UTC+3 in the summer, the usual MetaTrader server time.
 *
 * <p>Keeps the offset between two transitions, so that a tick costs one comparison. Not
 * thread-safe: one per owner.
 */
public final class BrokerClock {
    private static final long NANOS = 1_000_000_000L;
    private static final long AHEAD_OF_NEW_YORK_NS = 7 * 3_600 * NANOS;
    private static final ZoneRules NEW_YORK = TradingDay.NEW_YORK.getRules();

    private long validFromNs;
    private long validToNs; // Exclusive; equal bounds: nothing known yet.
    private long offsetNs;

    /** Broker time minus UTC at {@code utcNs}, in ns. */
    public long offsetNs(long utcNs) {
        if (utcNs < validFromNs || utcNs >= validToNs) {
            lookUp(utcNs);
        }
        return offsetNs;
    }

    /** Broker wall clock in ns of its own epoch, for {@code utcNs} since the Unix epoch. */
    public long toBrokerNs(long utcNs) {
        return utcNs + offsetNs(utcNs);
    }

    /**
     * UTC of a broker wall clock. The hour that a change of New York's clock leaves out or repeats
     * lies in the week-end.
     */
    public long toUtcNs(long brokerNs) {
        long nearlyNs = brokerNs - offsetNs(brokerNs);
        return brokerNs - offsetNs(nearlyNs);
    }

    private void lookUp(long utcNs) {
        Instant now = Instant.ofEpochSecond(Math.floorDiv(utcNs, NANOS));
        ZoneOffset offset = NEW_YORK.getOffset(now);
        ZoneOffsetTransition next = NEW_YORK.nextTransition(now);
        ZoneOffsetTransition previous = NEW_YORK.previousTransition(now.plusSeconds(1));
        offsetNs = offset.getTotalSeconds() * NANOS + AHEAD_OF_NEW_YORK_NS;
        validFromNs = previous == null ? Long.MIN_VALUE : previous.toEpochSecond() * NANOS;
        validToNs = next == null ? Long.MAX_VALUE : next.toEpochSecond() * NANOS;
    }
}
