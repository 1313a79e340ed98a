package saker.bench;

import saker.model.Instrument;

/** What benches trade. */
final class BenchInstruments {
    static final Instrument EURUSD =
            new Instrument(
                    0,
                    "EURUSD",
                    "EUR_USD",
                    "EUR",
                    "USD",
                    5,
                    -4,
                    0,
                    10_000L,
                    1_000_000_000_000L,
                    3_330_000_000_000L,
                    100_000L);

    private BenchInstruments() {}
}
