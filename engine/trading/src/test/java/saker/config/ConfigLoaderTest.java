package saker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.config.AccountConfig.Durability;
import saker.config.SakerConfig.FrameworkConfig;
import saker.model.WorkerEvent;

class ConfigLoaderTest {
    private static final Path SHIPPED = Path.of("../../config");

    @TempDir private Path folder;

    @Test
    void shouldLoadTheShippedExamples() throws IOException {
        Files.copy(SHIPPED.resolve("saker.yaml"), folder.resolve("saker.yaml"));
        copyExample("accounts", "practice");
        copyExample("strategies", "bollinger-eurusd");

        SakerConfig config = ConfigLoader.load(folder);

        assertThat(config.risk()).isEqualTo(RiskConfig.DEFAULTS);
        assertThat(config.accounts()).extracting(AccountConfig::name).containsExactly("practice");
        assertThat(config.accounts().get(0).durability()).isEqualTo(Durability.PROCESS);
        assertThat(config.strategies().get(0).settings()).containsEntry(1, 2.0);
    }

    @Test
    void shouldWaitForThePowerProofRecordOnLiveAccounts() throws IOException {
        Files.copy(SHIPPED.resolve("saker.yaml"), folder.resolve("saker.yaml"));
        copyExample("accounts", "live");

        SakerConfig config = ConfigLoader.load(folder);

        assertThat(config.accounts().get(0).durability()).isEqualTo(Durability.POWER);
    }

    @Test
    void shouldReportEveryViolationAtOnceWithFileKeyValueAndWhatIsAllowed() throws IOException {
        Files.writeString(
                folder.resolve("saker.yaml"),
                """
                gateway: {port: 80000, prot: 1}
                risk: {max_spread_pips: wide}
                """);
        Files.createDirectories(folder.resolve("accounts"));
        Files.writeString(folder.resolve("accounts/a.yaml"), "name: a\nenvironment: production\n");

        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(folder));

        assertThat(refused.violations())
                .anySatisfy(v -> assertThat(v).contains("gateway.port", "80000", "0 to 65535"))
                .anySatisfy(v -> assertThat(v).contains("gateway.prot", "unknown key", "port"))
                .anySatisfy(v -> assertThat(v).contains("risk.max_spread_pips", "wide"))
                .anySatisfy(v -> assertThat(v).contains("a.yaml", "production", "practice"))
                .anySatisfy(v -> assertThat(v).contains("account_id", "missing"));
    }

    @Test
    void shouldNameTheLineOfBrokenYaml() throws IOException {
        Files.writeString(folder.resolve("saker.yaml"), "gateway:\n  port: [8000\n");

        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(folder));

        assertThat(refused.violations()).anySatisfy(v -> assertThat(v).contains("line "));
    }

    @Test
    void shouldRefuseAStrategyOfAnUnknownAccountOrSymbol() throws IOException {
        Files.copy(SHIPPED.resolve("saker.yaml"), folder.resolve("saker.yaml"));
        copyExample("accounts", "practice");
        Files.createDirectories(folder.resolve("strategies"));
        Files.writeString(
                folder.resolve("strategies/s.yaml"),
                """
                {instance_id: 1, name: s, strategy_id: 1000, account: practice, symbol: AUDNZD,
                 timeframe: m1, rates: [{index: 0, period: m1, bars: 10}]}
                """);

        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(folder));

        assertThat(refused.violations()).singleElement().asString().contains("AUDNZD", "EURUSD");
    }

    @Test
    void shouldRunOurLibraryInAThreadAndAnyOtherInProcesses() throws IOException {
        Files.writeString(
                folder.resolve("saker.yaml"),
                """
                frameworks:
                  - {name: other, library: /opt/other.so, workers: 4, on_failure: flatten}
                """);
        copyExample("accounts", "practice");

        SakerConfig config = ConfigLoader.load(folder);

        assertThat(config.framework().inThread()).isTrue();
        FrameworkConfig other = config.frameworkGroups().get(1);
        assertThat(other.inThread()).isFalse();
        assertThat(other.workers()).isEqualTo(4);
        assertThat(other.onFailure()).isEqualTo(WorkerEvent.Policy.FLATTEN);
        assertThat(other.callDeadlineMs()).isEqualTo(FrameworkConfig.CALL_DEADLINE_MS);
    }

    @Test
    void shouldReportEveryViolationOfFrameworkGroupsAtOnce() throws IOException {
        Files.writeString(
                folder.resolve("saker.yaml"),
                """
                framework: {workers: 2}
                frameworks:
                  - {name: other, isolation: thread, call_deadline_ms: 1}
                  - {name: other, memory_mb: many}
                """);
        copyExample("accounts", "practice");
        Files.createDirectories(folder.resolve("strategies"));
        Files.writeString(
                folder.resolve("strategies/s.yaml"),
                """
                {instance_id: 1, name: s, strategy_id: 1000, account: practice, symbol: EURUSD,
                 framework: nobody, timeframe: m1, rates: [{index: 0, period: m1, bars: 10}]}
                """);

        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(folder));

        assertThat(refused.violations())
                .anySatisfy(v -> assertThat(v).contains("framework.workers", "isolation: thread"))
                .anySatisfy(v -> assertThat(v).contains("frameworks[0].call_deadline_ms", "50"))
                .anySatisfy(v -> assertThat(v).contains("frameworks[1].memory_mb", "many"))
                .anySatisfy(v -> assertThat(v).contains("name=other", "unique"))
                .anySatisfy(v -> assertThat(v).contains("[default, other]", "one library"))
                .anySatisfy(v -> assertThat(v).contains("framework=nobody", "[default, other]"))
                .hasSize(6);
    }

    private void copyExample(String kind, String name) throws IOException {
        Files.createDirectories(folder.resolve(kind));
        Files.copy(
                SHIPPED.resolve(kind).resolve(name + ".yaml.example"),
                folder.resolve(kind).resolve(name + ".yaml"));
    }
}
