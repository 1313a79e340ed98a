package saker.history;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;

/** Where the periods of one granularity start and end. */
final class Periods {
    private static final long NANOS = 1_000_000_000L;

    private final Granularity granularity;
    private final CandleAlignment alignment;

    Periods(Granularity granularity, CandleAlignment alignment) {
        this.granularity = granularity;
        this.alignment = alignment;
    }

    /** Start of the period that holds {@code timeNs}. */
    long startOf(long timeNs) {
        if (!granularity.isDailyAligned()) {
            return timeNs - Math.floorMod(timeNs, granularity.lengthNs());
        }
        ZonedDateTime day = dayStart(timeNs);
        return switch (granularity) {
            case D -> ns(day);
            case W -> ns(day.with(TemporalAdjusters.previousOrSame(weekly())));
            case M -> ns(monthStart(day));
            default -> {
                long dayNs = ns(day);
                yield timeNs - Math.floorMod(timeNs - dayNs, granularity.lengthNs());
            }
        };
    }

    /** End of the period that starts at {@code startNs}; a day's last period ends with the day. */
    long endOf(long startNs) {
        if (!granularity.isDailyAligned()) {
            return startNs + granularity.lengthNs();
        }
        ZonedDateTime start = local(startNs);
        return switch (granularity) {
            case D -> ns(start.plusDays(1));
            case W -> ns(start.plusWeeks(1));
            case M -> ns(monthStart(dayStart(startNs).plusDays(35)));
            default -> {
                long dayEndNs = ns(dayStart(startNs).plusDays(1));
                yield Math.min(startNs + granularity.lengthNs(), dayEndNs);
            }
        };
    }

    private DayOfWeek weekly() {
        return alignment.weekly();
    }

    private ZonedDateTime dayStart(long timeNs) {
        ZonedDateTime local = local(timeNs);
        ZonedDateTime start = at(local.toLocalDate());
        return start.isAfter(local) ? at(local.toLocalDate().minusDays(1)) : start;
    }

    private ZonedDateTime at(LocalDate date) {
        return date.atTime(alignment.dailyHour(), 0).atZone(alignment.zone());
    }

    /** A day that starts in the afternoon is named by the next date, and so is its month. */
    private ZonedDateTime monthStart(ZonedDateTime day) {
        int shift = alignment.dailyHour() >= 12 ? 1 : 0;
        LocalDate first = day.toLocalDate().plusDays(shift).withDayOfMonth(1);
        return at(first.minusDays(shift));
    }

    private ZonedDateTime local(long timeNs) {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, NANOS), Math.floorMod(timeNs, NANOS))
                .atZone(alignment.zone());
    }

    private static long ns(ZonedDateTime time) {
        return time.toEpochSecond() * NANOS;
    }
}
