package saker.live;

/**
 * How long a call has been under way, judged by the watcher's own clock from the moment it first
 * saw that call's number. So it never takes an old call's time for a new one's, and believes no
 * clock but its own.
 */
final class CallTimer {
    private long seenCount;
    private long sinceNs;

    /**
     * @param callCount odd while a call is under way
     * @return ns since this call was first seen, 0 where none is under way
     */
    long elapsedNs(long callCount, long nowNs) {
        if (callCount != seenCount) {
            seenCount = callCount;
            sinceNs = nowNs;
        }
        return (callCount & 1) == 0 ? 0 : nowNs - sinceNs;
    }
}
