package saker.config;

import java.util.List;
import java.util.Objects;

/**
 * One broker account.
 *
 * @param name of our own, unique
 * @param broker {@code oanda}
 * @param environment DEMO, PRACTICE, PAPER or LIVE; shown on every screen
 * @param accountId as the broker writes it
 * @param restUrl base of REST requests, without {@code /v3}
 * @param streamUrl base of the two streams, without {@code /v3}
 * @param tokenSource {@code env:NAME} or {@code file:PATH}; the token itself is never configured
 * @param symbols instruments to subscribe to, in the order of their ids
 * @param durability POWER or PROCESS
 */
public record AccountConfig(
        String name,
        String broker,
        Environment environment,
        String accountId,
        String restUrl,
        String streamUrl,
        String tokenSource,
        List<String> symbols,
        Durability durability) {

    public enum Environment {
        DEMO,
        PRACTICE,
        PAPER,
        LIVE
    }

    /** When an intent may leave: {@code DESIGN} calls them levels. */
    public enum Durability {
        /** Once its record survives a power cut. */
        POWER,
        /** At once; its record survives the process. */
        PROCESS
    }

    public AccountConfig {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(durability, "durability");
        symbols = List.copyOf(symbols);
    }
}
