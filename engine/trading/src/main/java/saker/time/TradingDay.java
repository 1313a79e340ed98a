package saker.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The FX day: it ends at 17:00 New York, and the week lasts from Sunday 17:00 to Friday 17:00 New
 * York. A day is named by the date on which it ends.
 */
public final class TradingDay {
    public static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalTime ROLLOVER = LocalTime.of(17, 0);
    private static final long NANOS = 1_000_000_000L;

    private TradingDay() {}

    /** The first rollover after {@code timeNs}, ns since the Unix epoch. */
    public static long nextRolloverNs(long timeNs) {
        ZonedDateTime local = local(timeNs);
        ZonedDateTime rollover = local.with(ROLLOVER);
        return toNs(local.isBefore(rollover) ? rollover : rollover.plusDays(1).with(ROLLOVER));
    }

    /** The last rollover at or before {@code timeNs}: where the trading day began. */
    public static long dayStartNs(long timeNs) {
        ZonedDateTime local = local(timeNs);
        ZonedDateTime rollover = local.with(ROLLOVER);
        return toNs(local.isBefore(rollover) ? rollover.minusDays(1).with(ROLLOVER) : rollover);
    }

    /** Whether the FX market trades: Sunday 17:00 to Friday 17:00 New York. */
    public static boolean isOpen(long timeNs) {
        ZonedDateTime local = local(timeNs);
        boolean beforeRollover = local.toLocalTime().isBefore(ROLLOVER);
        DayOfWeek day = local.getDayOfWeek();
        if (day == DayOfWeek.SATURDAY) {
            return false;
        }
        if (day == DayOfWeek.SUNDAY) {
            return !beforeRollover;
        }
        return day != DayOfWeek.FRIDAY || beforeRollover;
    }

    /** The weekday, in New York, on which the trading day of {@code timeNs} ends. */
    public static DayOfWeek endingDay(long timeNs) {
        return local(nextRolloverNs(timeNs)).getDayOfWeek();
    }

    private static ZonedDateTime local(long timeNs) {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, NANOS), Math.floorMod(timeNs, NANOS))
                .atZone(NEW_YORK);
    }

    private static long toNs(ZonedDateTime time) {
        return time.toEpochSecond() * NANOS;
    }
}
