package saker.broker.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.broker.simulated.BrokerFixture.e8;
import static saker.broker.simulated.BrokerFixture.units;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that trades, saves and acknowledges is killed; what it acknowledged is still there. */
class BrokerKillTest {
    private static final int ROUNDS = 3;
    private static final long ACKNOWLEDGED_BEFORE_KILL = 60;

    @TempDir Path folder;

    @Test
    void shouldKeepEveryAcknowledgedTransactionThroughKills() throws Exception {
        long acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged = tradeUntilKilled(acknowledged + ACKNOWLEDGED_BEFORE_KILL);

            try (BrokerStateStore store = new BrokerStateStore(folder)) {
                SimulatedBroker broker = store.load(InstrumentTerms.usual());
                assertThat(broker.lastTransactionId()).isGreaterThanOrEqualTo(acknowledged);
                assertThat(broker.account().balanceE8() - e8("100000"))
                        .isEqualTo(broker.account().plE8() + broker.account().financingE8());
            }
        }
    }

    private long tradeUntilKilled(long enough) throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                BrokerKillTest.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long last = 0;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && last < enough) {
                last = Long.parseLong(line);
                line = lines.readLine();
            }
            child.destroyForcibly();
            for (; line != null && line.matches("\\d+"); line = lines.readLine()) {
                last = Math.max(last, Long.parseLong(line));
            }
        } catch (IOException closedByTheKill) {
            assertThat(last).isGreaterThanOrEqualTo(enough);
        }
        child.waitFor();
        assertThat(last).isGreaterThanOrEqualTo(enough);
        return last;
    }

    /** The child: trades for ever and prints the id of what it saved. */
    public static void main(String[] args) throws IOException {
        BrokerStateStore store = new BrokerStateStore(Path.of(args[0]));
        SimulatedBroker broker = store.load(InstrumentTerms.usual());
        if (broker == null) {
            broker = BrokerFixture.hedging().broker;
        }
        long trade = 0;
        while (true) {
            Outcome outcome =
                    trade == 0
                            ? broker.createOrder(
                                    OrderSpec.market("EUR_USD", units(1_000))
                                            .stopLossOnFill(ExitSpec.atPrice(e8("1.09")))
                                            .build(),
                                    "r")
                            : broker.closeTrade(trade, null, "r");
            trade = trade == 0 ? BrokerFixture.fill(outcome).id() : 0;
            store.save(broker);
            System.out.println(broker.lastTransactionId());
        }
    }
}
