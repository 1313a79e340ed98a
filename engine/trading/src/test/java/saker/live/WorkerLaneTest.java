package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.live.WorkerAssignment.How;
import saker.strategy.InstanceResume;

/** How the instances of a child begin. */
class WorkerLaneTest {
    @TempDir private Path folder;

    @Test
    void shouldDiscardWhatWasMissedEvenByOneThatHandledNothing() {
        assertThat(resumes(new WorkerAssignment(1, How.RESUME, 0, 50)))
                .containsExactly(InstanceResume.anew(1, 0, 50));
    }

    @Test
    void shouldBeginWithTheBootOtherwise() {
        assertThat(resumes(new WorkerAssignment(1, How.BOOT, 0, 0))).isEmpty();
    }

    private List<InstanceResume> resumes(WorkerAssignment assignment) {
        return WorkerLane.resumes(
                List.of(assignment), false, new InstanceSnapshots(folder, 1, "ab"));
    }
}
