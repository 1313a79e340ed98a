package saker.history;

import java.time.DayOfWeek;
import java.time.ZoneId;

/** Where days and weeks start. {@code dailyHour} 0 to 23 in {@code zone}. */
public record CandleAlignment(int dailyHour, ZoneId zone, DayOfWeek weekly) {
    /** 17:00 New York, weeks from Friday. */
    public static final CandleAlignment USUAL =
            new CandleAlignment(17, ZoneId.of("America/New_York"), DayOfWeek.FRIDAY);

    public CandleAlignment {
        if (dailyHour < 0 || dailyHour > 23) {
            throw new IllegalArgumentException("bad alignment: dailyHour=" + dailyHour);
        }
    }
}
