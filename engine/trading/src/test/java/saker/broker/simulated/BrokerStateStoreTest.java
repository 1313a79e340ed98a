package saker.broker.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static saker.broker.simulated.BrokerFixture.e8;
import static saker.broker.simulated.BrokerFixture.units;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerStateStoreTest {
    @TempDir Path folder;

    @Test
    void shouldLoadNothingFromAnEmptyFolder() throws IOException {
        try (BrokerStateStore store = new BrokerStateStore(folder)) {
            assertThat(store.load(InstrumentTerms.usual())).isNull();
        }
    }

    @Test
    void shouldLoadWhatEverySaveLeft() throws IOException {
        BrokerFixture f = BrokerFixture.hedging();
        try (BrokerStateStore store = new BrokerStateStore(folder)) {
            store.load(InstrumentTerms.usual());
            act(f, store);
        }

        try (BrokerStateStore store = new BrokerStateStore(folder)) {
            SimulatedBroker loaded = store.load(InstrumentTerms.usual());

            assertThat(loaded.encodeState()).isEqualTo(f.broker.encodeState());
            loaded.closePosition("EUR_USD", CloseUnits.ALL, CloseUnits.NONE, "r");
            store.save(loaded);
            assertThat(reload(folder).encodeState()).isEqualTo(loaded.encodeState());
        }
    }

    private static void act(BrokerFixture f, BrokerStateStore store) throws IOException {
        store.save(f.broker);
        for (int i = 0; i < 5; i++) {
            f.open(
                    OrderSpec.market("EUR_USD", units(1_000))
                            .stopLossOnFill(ExitSpec.atPrice(e8("1.09")))
                            .trailingStopLossOnFill(ExitSpec.atDistance(e8("0.01"))));
            store.save(f.broker);
            f.tick("EUR_USD", "1.1010" + i, "1.1020" + i);
            store.save(f.broker);
        }
        f.tick("EUR_USD", "1.08000", "1.08010");
        f.open("EUR_USD", 2_000);
        f.market("EUR_USD", 0);
        f.broker.configure("alias", null, "r");
        store.save(f.broker);
    }

    private SimulatedBroker reload(Path from) throws IOException {
        try (BrokerStateStore store = new BrokerStateStore(from)) {
            return store.load(InstrumentTerms.usual());
        }
    }

    @Test
    void shouldDropOnlyATornLastEntryWhereverItWasCut() throws IOException {
        BrokerFixture f = BrokerFixture.hedging();
        Path log = folder.resolve("broker.log");
        byte[] acknowledged;
        long acknowledgedBytes;
        try (BrokerStateStore store = new BrokerStateStore(folder)) {
            store.load(InstrumentTerms.usual());
            act(f, store);
            acknowledged = f.broker.encodeState();
            acknowledgedBytes = Files.size(log);
            f.open("EUR_USD", 3_000);
            store.save(f.broker);
        }
        byte[] bytes = Files.readAllBytes(log);

        for (int cut = (int) acknowledgedBytes; cut < bytes.length; cut += 37) {
            Path copy = Files.createDirectories(folder.resolve("cut" + cut));
            Files.write(copy.resolve("broker.log"), Arrays.copyOf(bytes, cut));
            assertThat(reload(copy).encodeState()).isEqualTo(acknowledged);
            assertThat(Files.size(copy.resolve("broker.log"))).isEqualTo(acknowledgedBytes);
        }
    }

    @Test
    void shouldRefuseADamagedEntryInTheMiddle() throws IOException {
        BrokerFixture f = BrokerFixture.hedging();
        try (BrokerStateStore store = new BrokerStateStore(folder)) {
            store.load(InstrumentTerms.usual());
            act(f, store);
        }
        Path log = folder.resolve("broker.log");
        byte[] bytes = Files.readAllBytes(log);
        bytes[100] ^= 1;
        Files.write(log, bytes);

        assertThatThrownBy(() -> reload(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged entry: file=");
    }

    @Test
    void shouldRefuseToSaveBeforeLoading() throws IOException {
        try (BrokerStateStore store = new BrokerStateStore(folder)) {
            assertThatThrownBy(() -> store.save(BrokerFixture.hedging().broker))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
