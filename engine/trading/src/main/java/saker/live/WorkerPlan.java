package saker.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which worker runs which instances: as evenly as can be, and the same for the same numbers. */
final class WorkerPlan {

    private WorkerPlan() {}

    /** Spreads instances over workers, ascending; no two workers differ by more than one. */
    static List<List<Long>> spread(Collection<Long> instanceIds, int workers) {
        List<List<Long>> plan = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            plan.add(new ArrayList<>());
        }
        int next = 0;
        for (Long id : instanceIds.stream().sorted().toList()) {
            plan.get(next++ % workers).add(id);
        }
        return plan;
    }

    /** Number of the worker with the fewest instances, the first of several; −1 for none. */
    static int leastLoaded(List<Integer> loads) {
        int least = -1;
        for (int i = 0; i < loads.size(); i++) {
            if (least < 0 || loads.get(i) < loads.get(least)) {
                least = i;
            }
        }
        return least;
    }
}
