package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that need no running engine, good and bad input. */
final class CommandLineIT {
    @TempDir private Path folder;

    @Test
    void shouldPrintVersionAndCheckTheVariantLibrary() {
        SakerProcess.Result version = SakerProcess.run("version", "--json");
        SakerProcess.Result check =
                SakerProcess.run(
                        "framework",
                        "check",
                        Demo.library("libsaker-framework-variant.so").toString(),
                        "--json");

        assertThat(Json.parse(version.out()).get("name").asText()).isEqualTo("saker");
        assertThat(version.err()).isEmpty();
        assertThat(check.exit()).as(check.toString()).isZero();
        assertThat(Json.parse(check.out()).get("good").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "libbad-abi.so,            version",
        "libbad-missing-export.so, c_runStrategy",
        "libbad-nan.so,            lots=NaN",
        "libbad-abort.so,          ends the process",
        "libabsent.so,             libabsent.so",
    })
    void shouldNameWhatIsWrongWithALibrary(String name, String problem) {
        SakerProcess.Result check =
                SakerProcess.run("framework", "check", Demo.library(name).toString(), "--json");

        assertThat(check.exit()).as(check.toString()).isEqualTo(1);
        assertThat(Json.parse(check.out()).get("problem").asText()).contains(problem);
    }

    @Test
    void shouldNotWaitForeverForALibrary() {
        SakerProcess.Result check =
                SakerProcess.run(
                        "framework",
                        "check",
                        Demo.library("libbad-loop.so").toString(),
                        "--deadline",
                        "5s");

        assertThat(check.exit()).as(check.toString()).isEqualTo(1);
        assertThat(check.err().lines()).hasSize(1);
        assertThat(check.err()).contains("does not return: deadlineSeconds=5");
    }

    @Test
    void shouldReportOnALibraryForPeople() {
        SakerProcess.Result check =
                SakerProcess.run(
                        "framework",
                        "check",
                        Demo.library("libbad-not-replayable.so").toString(),
                        "--strategy-id",
                        "1001",
                        "--calls",
                        "2000");

        assertThat(check.exit()).as(check.toString()).isZero();
        assertThat(check.out())
                .contains("good: version 4.5.10")
                .contains("38 of 40 names, without fxs_snapshot fxs_restore")
                .contains("StrategyResults 80")
                .contains("code 3005")
                .contains("strategy   1001 on M1: 2000 calls");
        assertThat(check.err()).isEmpty();
    }

    @Test
    void shouldMakeAStrategyOrSayWhyNot() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("native"));

        SakerProcess.Result result =
                SakerProcess.run("framework", "new-strategy", "my_first", "--dir", tree.toString());

        assertThat(result.exit()).as(result.toString()).isEqualTo(1);
        assertThat(result.err()).contains("no native/ tree").doesNotContain("at saker.");
        assertThat(tree).isEmptyDirectory();
    }

    /** What the demo is given is looked at before a broker, a database or a port is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--library    | /nowhere/libabsent.so | no such library: --library=/nowhere",
                "--strategies | /nowhere              | /nowhere: no such folder",
                "--strategies | {}                    | instance_id=1001, allowed: unique ids",
            })
    void shouldRefuseWhatTheDemoCannotRun(String option, String value, String problem)
            throws IOException {
        Path strategies = Files.createDirectories(folder.resolve("strategies"));
        Files.writeString(
                strategies.resolve("taken.yaml"),
                """
                instance_id: 1001
                name: Taken
                strategy_id: 1000
                account: demo
                symbol: EURUSD
                timeframe: m1
                rates: [{index: 0, period: m1, bars: 100}]
                """);

        SakerProcess.Result demo =
                SakerProcess.run(
                        "demo",
                        "--data",
                        folder.resolve("data").toString(),
                        option,
                        value.replace("{}", strategies.toString()));

        assertThat(demo.exit()).as(demo.toString()).isEqualTo(1);
        assertThat(demo.err()).contains(problem).doesNotContain("at saker.");
        assertThat(folder.resolve("data/venue.pid")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gateway: {prot: 8000}              | prot",
                "gateway: {port: 70000}             | 70000",
                "risk: {max_spread_pips: wide}      | max_spread_pips",
                "journal: {low_water_mb: 1, floor_mb: 5} | floor_mb",
                "gatevay: {port: 1}                 | gatevay",
                "gateway: [                         | saker.yaml",
            })
    void shouldReportEachViolationOfAConfiguration(String yaml, String named) throws IOException {
        Files.writeString(folder.resolve("saker.yaml"), yaml + "\n");

        SakerProcess.Result validate =
                SakerProcess.run("config", "validate", "--config", folder.toString());

        assertThat(validate.exit()).as(validate.toString()).isEqualTo(1);
        assertThat(validate.err()).contains(named).contains("saker.yaml");
    }

    @Test
    void shouldValidateAGoodConfigurationAndRefuseAMissingLibrary() throws IOException {
        writeConfig("http://127.0.0.1:1", "framework: {library: /nowhere/libabsent.so}\n");

        SakerProcess.Result validate =
                SakerProcess.run("config", "validate", "--config", folder.toString(), "--json");

        assertThat(validate.exit()).as(validate.toString()).isZero();
        SakerProcess.Result serve = serve();
        assertThat(serve.exit()).as(serve.toString()).isEqualTo(1);
        assertThat(serve.err()).contains("serve: ").doesNotContain("at saker.");
    }

    @Test
    void shouldEndAtOnceWhenTheBrokerRefusesTheToken() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer broker =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        broker.createContext(
                "/",
                exchange -> {
                    requests.incrementAndGet();
                    exchange.sendResponseHeaders(401, -1);
                    exchange.close();
                });
        broker.start();
        try {
            writeConfig("http://127.0.0.1:" + broker.getAddress().getPort(), "");

            SakerProcess.Result serve = serve();

            assertThat(serve.exit()).as(serve.toString()).isEqualTo(1);
            assertThat(serve.err()).contains("401").doesNotContain("wrong-token");
            assertThat(requests.get()).as("no retry storm").isBetween(1, 3);
        } finally {
            broker.stop(0);
        }
    }

    @Test
    void shouldSayThatNoEngineAnswers() {
        SakerProcess.Result halt = SakerProcess.run("halt", "--data", folder.toString());
        SakerProcess.Result replay = SakerProcess.run("replay", "--data", folder.toString());
        SakerProcess.Result nonsense = SakerProcess.run("fly");

        assertThat(halt.exit()).isEqualTo(1);
        assertThat(halt.err()).contains("no engine answers").contains(folder.toString());
        assertThat(replay.exit()).isEqualTo(1);
        assertThat(replay.err()).contains("replay: ").contains(folder.toString());
        assertThat(nonsense.exit()).isEqualTo(2);
        assertThat(nonsense.err()).contains("fly");
    }

    private SakerProcess.Result serve() {
        Path data = folder.resolve("data");
        return SakerProcess.run("serve", "--config", folder.toString(), "--data", data.toString());
    }

    private void writeConfig(String broker, String more) throws IOException {
        Path token = folder.resolve("token");
        Files.createFile(
                token,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(token, "wrong-token");
        Files.writeString(
                folder.resolve("saker.yaml"), "gateway: {port: 0, management_port: 0}\n" + more);
        Files.createDirectories(folder.resolve("accounts"));
        Files.writeString(
                folder.resolve("accounts/practice.yaml"),
                """
                name: practice
                broker: oanda
                environment: PRACTICE
                account_id: 101-001-1000001-001
                rest_url: %s
                stream_url: %s
                token: file:%s
                symbols: [EURUSD]
                """
                        .formatted(broker, broker, token));
    }
}
