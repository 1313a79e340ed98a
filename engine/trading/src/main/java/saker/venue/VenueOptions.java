package saker.venue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import saker.history.GeneratedPrices;
import saker.model.FixedPoint;

/**
 * How a venue is set up.
 *
 * @param host interface to listen on
 * @param port 0 takes a free one
 * @param token bearer token of every request; not empty
 * @param accountId {@code site-division-user-number}
 * @param currency of the account
 * @param balanceE8 paid in when the account is opened, ≥ 0; ignored when {@code stateDir} holds one
 * @param hedging whether opposite trades may be open together
 * @param marginRateE14 in (0, 1]
 * @param seed of generated prices and generated past candles
 * @param startNs where generated market time begins, ns since the Unix epoch
 * @param history tick files to replay instead of generating; empty generates
 * @param candles files with the past of an instrument, by broker's name; may be empty
 * @param instruments broker's names; empty means all of the market's
 * @param speed market seconds per wall second, 0.001 to 1,000,000
 * @param conflate at most four prices per second and instrument; null means only when generated
 * @param waitForFirstStream market time stands still until the first price stream connects
 * @param pauseWithoutStream market time stands still whenever no price stream is connected; null
 *     means only when replayed
 * @param stateDir keeps account and market position; null keeps nothing
 */
public record VenueOptions(
        String host,
        int port,
        String token,
        String accountId,
        String currency,
        long balanceE8,
        boolean hedging,
        long marginRateE14,
        long seed,
        long startNs,
        List<Path> history,
        Map<String, Path> candles,
        List<String> instruments,
        double speed,
        Boolean conflate,
        boolean waitForFirstStream,
        Boolean pauseWithoutStream,
        Path stateDir) {

    public VenueOptions {
        check(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
        check(token != null && !token.isBlank(), "token", "(empty)", "not empty");
        check(
                accountId.matches("\\d{1,9}-\\d{1,9}-\\d{1,12}-\\d{1,9}"),
                "accountId",
                accountId,
                "site-division-user-number");
        check(speed >= 0.001 && speed <= 1_000_000, "speed", speed, "0.001 to 1000000");
        history = List.copyOf(history);
        candles = Map.copyOf(candles);
        instruments = List.copyOf(instruments);
    }

    public static Builder withToken(String token) {
        return new Builder(token);
    }

    boolean isReplay() {
        return !history.isEmpty();
    }

    boolean conflates() {
        return conflate == null ? !isReplay() : conflate;
    }

    boolean pausesWithoutStream() {
        return pauseWithoutStream == null ? isReplay() : pauseWithoutStream;
    }

    private static void check(boolean ok, String name, Object value, String allowed) {
        if (!ok) {
            throw new IllegalArgumentException(
                    "bad venue option: " + name + "=" + value + ", allowed: " + allowed);
        }
    }

    /** Collects the options; each has the default named here. */
    public static final class Builder {
        private final String token;
        private String host = "127.0.0.1";
        private int port;
        private String accountId = "101-001-1000001-001";
        private String currency = "USD";
        private long balanceE8 = 100_000 * FixedPoint.E8;
        private boolean hedging;
        private long marginRateE14 = FixedPoint.E14 / 30;
        private long seed = 1;
        private long startNs = GeneratedPrices.USUAL_START_NS;
        private List<Path> history = List.of();
        private Map<String, Path> candles = Map.of();
        private List<String> instruments = List.of();
        private double speed = 1;
        private Boolean conflate;
        private boolean waitForFirstStream;
        private Boolean pauseWithoutStream;
        private Path stateDir;

        private Builder(String token) {
            this.token = token;
        }

        public Builder host(String value) {
            host = value;
            return this;
        }

        public Builder port(int value) {
            port = value;
            return this;
        }

        public Builder accountId(String value) {
            accountId = value;
            return this;
        }

        public Builder currency(String value) {
            currency = value;
            return this;
        }

        public Builder balanceE8(long value) {
            balanceE8 = value;
            return this;
        }

        public Builder hedging(boolean value) {
            hedging = value;
            return this;
        }

        public Builder marginRateE14(long value) {
            marginRateE14 = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder startNs(long value) {
            startNs = value;
            return this;
        }

        public Builder history(List<Path> value) {
            history = value;
            return this;
        }

        public Builder candles(Map<String, Path> value) {
            candles = value;
            return this;
        }

        public Builder instruments(List<String> value) {
            instruments = value;
            return this;
        }

        public Builder speed(double value) {
            speed = value;
            return this;
        }

        public Builder conflate(Boolean value) {
            conflate = value;
            return this;
        }

        public Builder waitForFirstStream(boolean value) {
            waitForFirstStream = value;
            return this;
        }

        public Builder pauseWithoutStream(Boolean value) {
            pauseWithoutStream = value;
            return this;
        }

        public Builder stateDir(Path value) {
            stateDir = value;
            return this;
        }

        public VenueOptions build() {
            return new VenueOptions(
                    host,
                    port,
                    token,
                    accountId,
                    currency,
                    balanceE8,
                    hedging,
                    marginRateE14,
                    seed,
                    startNs,
                    history,
                    candles,
                    instruments,
                    speed,
                    conflate,
                    waitForFirstStream,
                    pauseWithoutStream,
                    stateDir);
        }
    }
}
