package saker.broker.oanda;

import java.time.Instant;

/**
 * The broker's time stamps: {@code 2016-06-22T18:41:35.034041665Z} or {@code 1466620895.034041665},
 * each with 0 to 9 digits of a fraction.
 */
final class Stamps {
    /** No stamp: what {@link #parse} returns for anything else. */
    static final long BAD = Long.MIN_VALUE;

    private static final long NANOS = 1_000_000_000L;
    private static final long SECONDS_MAX = 9_000_000_000L; // Year 2255: still fits in ns.
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Stamps() {}

    /** Nanoseconds since the Unix epoch, or {@link #BAD}. Allocates nothing. */
    static long parse(byte[] bytes, int from, int to) {
        boolean rfc3339 = to - from >= 20 && bytes[from + 4] == '-';
        return rfc3339 ? parseRfc3339(bytes, from, to) : parseUnix(bytes, from, to);
    }

    /** Nanoseconds since the Unix epoch, or {@link #BAD}; {@code text} may be empty. */
    static long parse(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return parse(bytes, 0, bytes.length);
    }

    /** As RFC 3339, for request parameters. */
    static String format(long timeNs) {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, NANOS), Math.floorMod(timeNs, NANOS))
                .toString();
    }

    private static long parseUnix(byte[] bytes, int from, int to) {
        int dot = from;
        while (dot < to && bytes[dot] != '.') {
            dot++;
        }
        long seconds = digits(bytes, from, dot);
        long nanos = dot == to ? 0 : fraction(bytes, dot + 1, to);
        boolean good = dot - from <= 10 && seconds >= 0 && seconds <= SECONDS_MAX && nanos >= 0;
        return good ? seconds * NANOS + nanos : BAD;
    }

    private static long parseRfc3339(byte[] b, int from, int to) {
        if (b[from + 7] != '-'
                || b[from + 10] != 'T'
                || b[from + 13] != ':'
                || b[from + 16] != ':'
                || b[to - 1] != 'Z') {
            return BAD;
        }
        long year = digits(b, from, from + 4);
        long month = digits(b, from + 5, from + 7);
        long day = digits(b, from + 8, from + 10);
        long hour = digits(b, from + 11, from + 13);
        long minute = digits(b, from + 14, from + 16);
        long second = digits(b, from + 17, from + 19);
        long nanos = 0;
        if (b[from + 19] == '.') {
            nanos = fraction(b, from + 20, to - 1);
        } else if (to - from != 20) {
            return BAD;
        }
        boolean good =
                year >= 1970
                        && year <= 2250
                        && month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= daysOf(year, month)
                        && hour >= 0
                        && hour <= 23
                        && minute >= 0
                        && minute <= 59
                        && second >= 0
                        && second <= 59
                        && nanos >= 0;
        if (!good) {
            return BAD;
        }
        long seconds = ((epochDay(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
        return seconds * NANOS + nanos;
    }

    private static long daysOf(long year, long month) {
        boolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        return month == 2 && leap ? 29 : DAYS[(int) month - 1];
    }

    /** Days since 1970-01-01 by counting years from March, so that leap days come last. */
    private static long epochDay(long year, long month, long day) {
        long y = month <= 2 ? year - 1 : year;
        long shifted = (month + 9) % 12;
        long dayOfYear = (153 * shifted + 2) / 5 + day - 1;
        return y * 365 + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
    }

    /** 1 to 9 digits as nanoseconds, or −1. */
    private static long fraction(byte[] bytes, int from, int to) {
        int count = to - from;
        if (count < 1 || count > 9) {
            return -1;
        }
        long value = digits(bytes, from, to);
        if (value < 0) {
            return -1;
        }
        for (int i = count; i < 9; i++) {
            value *= 10;
        }
        return value;
    }

    /** The number, or −1 for anything else; at most 18 digits. */
    private static long digits(byte[] bytes, int from, int to) {
        if (to <= from || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
