package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WorkerPlanTest {

    @Test
    void shouldSpreadFortyInstancesOverFourWorkers() {
        List<Long> ids = new ArrayList<>(LongStream.rangeClosed(1, 40).boxed().toList());
        Collections.shuffle(ids);

        List<List<Long>> plan = WorkerPlan.spread(ids, 4);

        assertThat(plan).allSatisfy(one -> assertThat(one).hasSize(10).isSorted());
        assertThat(plan.get(0)).startsWith(1L, 5L, 9L);
    }

    @Property
    void shouldDifferByOneAtTheMostAlsoAfterEveryLoss(
            @ForAll @IntRange(min = 0, max = 60) int instances,
            @ForAll @IntRange(min = 1, max = 8) int workers) {
        List<List<Long>> plan =
                WorkerPlan.spread(LongStream.rangeClosed(1, instances).boxed().toList(), workers);
        check(plan, instances);

        while (plan.size() > 1) {
            List<Long> lost = plan.remove(plan.size() / 2);
            for (long id : lost) {
                plan.get(WorkerPlan.leastLoaded(plan.stream().map(List::size).toList())).add(id);
            }
            check(plan, instances);
        }
    }

    private static void check(List<List<Long>> plan, int instances) {
        List<Integer> sizes = plan.stream().map(List::size).toList();
        assertThat(Collections.max(sizes) - Collections.min(sizes)).isLessThanOrEqualTo(1);
        assertThat(plan.stream().flatMap(List::stream).distinct().count()).isEqualTo(instances);
    }
}
