package saker.live;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.live.WorkerDesk.breakouts;
import static saker.live.WorkerDesk.group;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.model.EngineState.State;
import saker.model.WorkerEvent.Policy;
import saker.strategy.TestLibrary;

/** Which record enables an instance that was given up. */
class EnableWatchTest {
    @TempDir private Path folder;

    @Test
    void shouldNotTakeAnEarlierRecordForThatOfAnInstanceGivenUpLater() throws Exception {
        var group = group("g", TestLibrary.path(), 1, 0, Policy.HOLD);
        List<Long> enabled = new ArrayList<>();
        try (WorkerDesk desk = WorkerDesk.prepare(folder, List.of(group), breakouts("g", 1, 2));
                EnableWatch watch = new EnableWatch(desk.journal)) {
            watch.watch(2, desk.ticks(1)); // So it reads from here on.
            desk.state(1, State.RUNNING);
            watch.watch(1, desk.ticks(1));

            watch.poll((instanceId, index) -> enabled.add(instanceId));
            assertThat(enabled).isEmpty();

            desk.state(1, State.RUNNING);
            watch.poll((instanceId, index) -> enabled.add(instanceId));
            assertThat(enabled).containsExactly(1L);
        }
    }
}
