package saker.gateway;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import saker.api.WorkerCounters;
import saker.api.WorkerView;
import saker.api.Workers;

/**
 * The strategy workers as meters: each with its id, and what they counted together. One thread
 * looks, any thread scrapes.
 */
final class WorkerMetrics {
    private static final double NS_PER_S = 1e9;
    private static final double MS_PER_S = 1e3;

    private final MeterRegistry meters;
    private final Workers workers;
    private final InstantSource clock;
    private final Map<String, Shown> shown = new HashMap<>();

    /** What a worker was like at the last look, for the meters that show it. */
    private static final class Shown {
        private final List<Meter> meters = new ArrayList<>();
        private volatile WorkerView view;

        private double of(ToDoubleFunction<WorkerView> figure) {
            return figure.applyAsDouble(view);
        }
    }

    WorkerMetrics(MeterRegistry meters, Workers workers, InstantSource clock) {
        this.meters = meters;
        this.workers = workers;
        this.clock = clock;
        count(
                "deadline_misses",
                "Calls that took longer than their deadline",
                WorkerCounters::deadlineMisses);
        count(
                "signals_imported",
                "Signals of children taken into the journal",
                WorkerCounters::imported);
        count("signals_repeated", "Signals computed again and left out", WorkerCounters::repeated);
        count(
                "distrusted",
                "Children whose signals were not believed any more",
                WorkerCounters::refused);
        FunctionTimer.builder(
                        "saker_worker_import_lag",
                        workers,
                        w -> w.counters().imported(),
                        w -> w.counters().importLagNsSum(),
                        TimeUnit.NANOSECONDS)
                .description("From a child's write of a signal to the journal's")
                .register(meters);
        TimeGauge.builder(
                        "saker_worker_import_lag_max",
                        workers,
                        TimeUnit.NANOSECONDS,
                        w -> w.counters().importLagNsMax())
                .description("The longest since the start")
                .register(meters);
    }

    private void count(String name, String description, ToDoubleFunction<WorkerCounters> figure) {
        FunctionCounter.builder(
                        "saker_worker_" + name, workers, w -> figure.applyAsDouble(w.counters()))
                .description(description)
                .register(meters);
    }

    /** Call every second or so: takes over what each worker is like, and which are gone. */
    void check() {
        Map<String, WorkerView> newest = new HashMap<>();
        workers.workers().forEach(worker -> newest.put(worker.id(), worker));
        shown.entrySet()
                .removeIf(
                        entry -> {
                            boolean gone = !newest.containsKey(entry.getKey());
                            if (gone) {
                                entry.getValue().meters.forEach(meters::remove);
                            }
                            return gone;
                        });
        newest.values().forEach(this::show);
    }

    private void show(WorkerView worker) {
        Shown known = shown.get(worker.id());
        if (known != null) {
            known.view = worker;
            return;
        }
        Shown added = new Shown();
        added.view = worker;
        shown.put(worker.id(), added);
        gauge(added, "up", view -> view.state() == WorkerView.State.RUNNING ? 1 : 0);
        gauge(added, "heartbeat_age_seconds", this::heartbeatAgeS);
        gauge(added, "resident_bytes", view -> knownOrNaN(view.residentBytes()));
        gauge(added, "instances", view -> view.instanceIds().size());
        added.meters.add(
                FunctionCounter.builder(
                                "saker_worker_restarts",
                                added,
                                shown -> shown.of(WorkerView::restarts))
                        .tag("worker", worker.id())
                        .register(meters));
    }

    private void gauge(Shown worker, String name, ToDoubleFunction<WorkerView> figure) {
        worker.meters.add(
                Gauge.builder("saker_worker_" + name, worker, shown -> shown.of(figure))
                        .tag("worker", worker.view.id())
                        .register(meters));
    }

    private double heartbeatAgeS(WorkerView view) {
        double heartbeatS = knownOrNaN(view.lastHeartbeatNs()) / NS_PER_S;
        return Math.max(0, clock.millis() / MS_PER_S - heartbeatS);
    }

    /** What is not known is no number. */
    private static double knownOrNaN(long value) {
        return value == 0 ? Double.NaN : value;
    }
}
