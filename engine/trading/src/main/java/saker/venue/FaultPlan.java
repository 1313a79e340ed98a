package saker.venue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The faults that are still to strike, in the order they were scripted. Venue thread only. */
final class FaultPlan {
    private final List<Armed> armed = new ArrayList<>();
    private long struck;

    void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    void clear() {
        armed.clear();
    }

    /** Strikes of the faults still armed. */
    int pending() {
        return armed.stream().mapToInt(a -> a.left).sum();
    }

    /** Faults played since the start. */
    long struck() {
        return struck;
    }

    /** The fault for this request, used up once; null if there is none. */
    Fault take(String method, String path) {
        return take(fault -> fault.strikes(method, path));
    }

    /** The fault for a connection of this stream, used up once; null if there is none. */
    Fault take(Fault.Stream stream) {
        return take(fault -> fault.stream() == stream);
    }

    private Fault take(Predicate<Fault> matches) {
        for (Iterator<Armed> i = armed.iterator(); i.hasNext(); ) {
            Armed next = i.next();
            if (matches.test(next.fault)) {
                struck++;
                if (--next.left == 0) {
                    i.remove();
                }
                return next.fault;
            }
        }
        return null;
    }

    private static final class Armed {
        private final Fault fault;
        private int left;

        private Armed(Fault fault) {
            this.fault = fault;
            this.left = fault.count();
        }
    }
}
