package saker.history;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import saker.time.TradingDay;

/** How lively the FX market is over the week. */
final class MarketHours {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final long NANOS = 1_000_000_000L;

    /** Share of the average variance in each New York hour; the mean is about 1. */
    private static final double[] VARIANCE = {
        0.5, 0.7, 1.2, 1.8, 1.7, 1.4, 1.2, 1.3, 2.2, 2.4, 2.3, 1.7,
        1.1, 0.9, 0.9, 0.8, 0.5, 0.2, 0.3, 0.5, 0.6, 0.6, 0.5, 0.4
    };

    private MarketHours() {}

    static double variance(long timeNs) {
        return VARIANCE[local(timeNs, TradingDay.NEW_YORK).getHour()];
    }

    /** Raw updates per second of one instrument. */
    static double updatesPerSecond(long timeNs) {
        int london = local(timeNs, LONDON).getHour();
        ZonedDateTime newYork = local(timeNs, TradingDay.NEW_YORK);
        if (newYork.getHour() == 17) {
            return 0.5;
        }
        boolean lively = london >= 7 && london < 17;
        return lively ? 5.0 : newYork.getHour() < 17 ? 3.0 : 1.5;
    }

    /** Multiple of the usual spread: wide around 17:00 New York, wider in Asia than in London. */
    static double spread(long timeNs) {
        ZonedDateTime newYork = local(timeNs, TradingDay.NEW_YORK);
        int minute = newYork.getHour() * 60 + newYork.getMinute();
        if (minute >= 16 * 60 + 55 && minute < 17 * 60 + 5) {
            return 6.0;
        }
        if (minute >= 16 * 60 + 45 && minute < 17 * 60 + 30) {
            return 3.5;
        }
        if (newYork.getDayOfWeek() == DayOfWeek.SUNDAY && newYork.getHour() < 19) {
            return 2.5;
        }
        int london = local(timeNs, LONDON).getHour();
        return london >= 7 && london < 17 ? 1.0 : 1.3;
    }

    /** What one trading day is like, minute by minute from 17:00 New York. */
    record Profile(double[] variance, double[] spread, double[] updates) {
        private static final int MINUTES = 1_440;

        static Profile of(long dayStartNs) {
            double[] variance = new double[MINUTES];
            double[] spread = new double[MINUTES];
            double[] updates = new double[MINUTES];
            for (int i = 0; i < MINUTES; i++) {
                long timeNs = dayStartNs + i * 60 * NANOS;
                variance[i] = MarketHours.variance(timeNs);
                spread[i] = MarketHours.spread(timeNs);
                updates[i] = updatesPerSecond(timeNs);
            }
            return new Profile(variance, spread, updates);
        }
    }

    /** Days of equal keys have equal profiles: clocks change only while the market is closed. */
    static int profileKey(long dayStartNs) {
        ZonedDateTime newYork = local(dayStartNs, TradingDay.NEW_YORK);
        int apart =
                local(dayStartNs, LONDON).getOffset().getTotalSeconds()
                        - newYork.getOffset().getTotalSeconds();
        return newYork.getDayOfWeek() == DayOfWeek.SUNDAY ? -apart : apart;
    }

    /** Friday 17:00 New York at or after an open time. */
    static long weekCloseNs(long openNs) {
        long timeNs = TradingDay.nextRolloverNs(openNs);
        while (TradingDay.isOpen(timeNs)) {
            timeNs = TradingDay.nextRolloverNs(timeNs);
        }
        return timeNs;
    }

    /** The given time if the market is open, else the next Sunday 17:00 New York. */
    static long openAtOrAfter(long timeNs) {
        long open = timeNs;
        while (!TradingDay.isOpen(open)) {
            open = TradingDay.nextRolloverNs(open);
        }
        return open;
    }

    private static ZonedDateTime local(long timeNs, ZoneId zone) {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, NANOS)).atZone(zone);
    }
}
