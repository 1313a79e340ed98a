package saker.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import saker.broker.BrokerSession.AccountTerms;
import saker.config.SakerConfig;

/**
 * What a boot ran with, as its Config record holds it: the resolved configuration, without secrets,
 * the terms of each account in the configuration's order, and the SHA-256 of each framework group's
 * library by the group's name. A replay needs nothing else.
 */
public record RecordedSetup(
        SakerConfig config, List<AccountTerms> accounts, Map<String, String> libraries) {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public RecordedSetup {
        libraries = libraries == null ? Map.of() : new TreeMap<>(libraries); // None: before groups.
    }

    /** JSON, which is YAML too. */
    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the configuration", e);
        }
    }

    static RecordedSetup parse(String text) {
        try {
            return JSON.readValue(text, RecordedSetup.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a recorded configuration", e);
        }
    }
}
