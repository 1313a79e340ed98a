package saker.config;

import java.util.List;

/**
 * The whole resolved configuration of a service. Secrets are not in it, only where to find them.
 *
 * @param risk limits, the same for every account so far
 */
public record SakerConfig(
        GatewayConfig gateway,
        DatabaseConfig database,
        FrameworkConfig framework,
        JournalConfig journal,
        RiskConfig risk,
        List<AccountConfig> accounts,
        List<StrategyConfig> strategies) {

    public SakerConfig {
        accounts = List.copyOf(accounts);
        strategies = List.copyOf(strategies);
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
     * @param library path of a framework library, null for our own
     * @param testing {@code framework.mode: testing}: settings[46] = 1
     * @param spin whether the strategy worker spins (a dedicated core) instead of parking
     * @param cpu core to bind the worker to, −1 for none
     */
    public record FrameworkConfig(String library, boolean testing, boolean spin, int cpu) {}

    /**
     * @param lowWaterMb below this free space no new risk is taken
     * @param floorMb below this the journal closes
     * @param snapshotEveryRecords how often a state snapshot is taken, 0 for never
     */
    public record JournalConfig(long lowWaterMb, long floorMb, int snapshotEveryRecords) {}
}
