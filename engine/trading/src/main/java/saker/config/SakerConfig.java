package saker.config;

import java.util.ArrayList;
import java.util.List;
import saker.model.WorkerEvent.Policy;

/**
 * The whole resolved configuration of a service. Secrets are not in it, only where to find them.
 *
 * @param framework the default framework group
 * @param frameworks further framework groups
 * @param risk limits, the same for every account so far
 */
public record SakerConfig(
        GatewayConfig gateway,
        DatabaseConfig database,
        FrameworkConfig framework,
        List<FrameworkConfig> frameworks,
        JournalConfig journal,
        RiskConfig risk,
        List<AccountConfig> accounts,
        List<StrategyConfig> strategies) {

    public SakerConfig {
        frameworks = frameworks == null ? List.of() : List.copyOf(frameworks);
        accounts = List.copyOf(accounts);
        strategies = List.copyOf(strategies);
    }

    /** With the default framework group alone. */
    public SakerConfig(
            GatewayConfig gateway,
            DatabaseConfig database,
            FrameworkConfig framework,
            JournalConfig journal,
            RiskConfig risk,
            List<AccountConfig> accounts,
            List<StrategyConfig> strategies) {
        this(gateway, database, framework, List.of(), journal, risk, accounts, strategies);
    }

    /** Every framework group, the default one first. */
    public List<FrameworkConfig> frameworkGroups() {
        List<FrameworkConfig> groups = new ArrayList<>();
        groups.add(framework);
        groups.addAll(frameworks);
        return groups;
    }

    /** The instances of a framework group, in the configuration's order. */
    public List<StrategyConfig> strategiesOf(FrameworkConfig group) {
        return strategies.stream().filter(s -> s.framework().equals(group.name())).toList();
    }

    /**
     * @param host bind address; beyond loopback TLS or a declared proxy is required
     * @param port REST, WebSocket, SPA
     * @param managementPort metrics and health; loopback unless configured
     * @param origins allowed Origin headers besides our own
     * @param tlsCertificate PEM path, null for plain HTTP
     * @param tlsKey PEM path
     * @param behindProxy a TLS proxy is in front
     */
    public record GatewayConfig(
            String host,
            int port,
            String managementHost,
            int managementPort,
            List<String> origins,
            String tlsCertificate,
            String tlsKey,
            boolean behindProxy) {}

    /**
     * @param url {@code postgresql://user@host:port/db}, null for the embedded server
     */
    public record DatabaseConfig(String url, String passwordSource) {}

    /**
     * A framework group: a library and the workers that run it.
     *
     * @param name {@link #DEFAULT} or its own
     * @param library path of a framework library, null for our own
     * @param testing {@code framework.mode: testing}: settings[46] = 1
     * @param spin whether the strategy thread spins (a dedicated core) instead of parking
     * @param cpu core to bind the strategy thread to, −1 for none
     * @param workers child processes its instances are spread over
     * @param callDeadlineMs a call that takes longer is taken for one that never returns
     * @param startDeadlineMs for loading the library, and for each call that sets an instance up
     * @param maxRestarts restarts after faults before an instance or a worker is given up
     * @param onFailure what becomes of the trades of an instance that was given up
     * @param memoryMb resident memory a child may have
     */
    public record FrameworkConfig(
            String name,
            String library,
            boolean testing,
            boolean spin,
            int cpu,
            Isolation isolation,
            int workers,
            int callDeadlineMs,
            int startDeadlineMs,
            int maxRestarts,
            Policy onFailure,
            int memoryMb) {
        /** Name of the group that {@code framework:} describes. */
        public static final String DEFAULT = "default";

        public static final int WORKERS = 1;
        public static final int WORKERS_MAX = 64;
        public static final int CALL_DEADLINE_MS = 2_000;
        public static final int START_DEADLINE_MS = 60_000;
        public static final int MAX_RESTARTS = 3;
        public static final int MEMORY_MB = 1_024;

        /** Where a group's library runs. */
        public enum Isolation {
            /** In the engine's process. */
            THREAD,
            /** In processes of its own. */
            PROCESS
        }

        public FrameworkConfig {
            if (name == null) { // Recorded before there were groups.
                name = DEFAULT;
                isolation = Isolation.THREAD;
                workers = WORKERS;
                callDeadlineMs = CALL_DEADLINE_MS;
                startDeadlineMs = START_DEADLINE_MS;
                maxRestarts = MAX_RESTARTS;
                onFailure = Policy.HOLD;
                memoryMb = MEMORY_MB;
            }
        }

        /** The default group in the engine's process. */
        public FrameworkConfig(String library, boolean testing, boolean spin, int cpu) {
            this(null, library, testing, spin, cpu, null, 0, 0, 0, 0, null, 0);
        }

        /** How long a call may take; one that sets an instance up has the longer of the two. */
        public int deadlineMs(boolean setup) {
            return setup ? Math.max(callDeadlineMs, startDeadlineMs) : callDeadlineMs;
        }

        /** Whether it runs in the engine's process. */
        public boolean inThread() {
            return isolation == Isolation.THREAD;
        }
    }

    /**
     * @param lowWaterMb below this free space no new risk is taken
     * @param floorMb below this the journal closes
     * @param snapshotEveryRecords how often a state snapshot is taken, 0 for never
     */
    public record JournalConfig(long lowWaterMb, long floorMb, int snapshotEveryRecords) {}
}
