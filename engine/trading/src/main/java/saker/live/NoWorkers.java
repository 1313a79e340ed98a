package saker.live;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import saker.api.WorkerView;
import saker.api.Workers;

/** An engine whose strategies run in no worker of their own. */
final class NoWorkers implements Workers {
    @Override
    public List<WorkerView> workers() {
        return List.of();
    }

    @Override
    public CompletionStage<String> control(
            String workerId, Action action, String user, String reason) {
        return CompletableFuture.completedFuture("no such worker: worker=" + workerId);
    }
}
