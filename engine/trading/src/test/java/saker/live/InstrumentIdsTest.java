package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import saker.model.FixedPoint;
import saker.model.Instrument;

class InstrumentIdsTest {

    @Test
    void shouldKeepTheIdsOfTheJournalWhereverASymbolStandsInTheConfiguration() {
        InstrumentIds ids = new InstrumentIds(List.of(named(0, "EURUSD"), named(1, "GBPUSD")));

        ids.add(named(0, "USDJPY"));
        ids.add(named(1, "GBPUSD"));
        ids.add(named(2, "EURUSD"));

        assertThat(ids.all())
                .extracting(Instrument::symbol)
                .containsExactly("EURUSD", "GBPUSD", "USDJPY");
        assertThat(ids.all()).extracting(Instrument::id).containsExactly(0, 1, 2);
    }

    @Test
    void shouldNumberANewJournalInTheOrderOfTheConfiguration() {
        InstrumentIds ids = new InstrumentIds(List.of());

        ids.add(named(0, "XAUUSD"));
        ids.add(named(1, "EURUSD"));

        assertThat(ids.all()).extracting(Instrument::symbol).containsExactly("XAUUSD", "EURUSD");
        assertThat(ids.knows(List.of("EURUSD"))).isTrue();
        assertThat(ids.knows(List.of("EURGBP"))).isFalse();
    }

    private static Instrument named(int id, String symbol) {
        String base = symbol.substring(0, 3);
        String quote = symbol.substring(3);
        return new Instrument(
                id,
                symbol,
                base + "_" + quote,
                base,
                quote,
                5,
                -4,
                0,
                FixedPoint.E4,
                100_000_000L * FixedPoint.E4,
                3_330_000_000_000L,
                100_000);
    }
}
