package saker.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import saker.broker.BrokerSession.AccountTerms;
import saker.config.AccountConfig;
import saker.config.SakerConfig;
import saker.config.StrategyConfig;

/** Accounts and strategies of a boot, as its Config record names them. */
record StoreSetup(SakerConfig config, List<AccountTerms> accounts) {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    StoreSetup {
        accounts = accounts == null ? List.of() : List.copyOf(accounts);
    }

    static StoreSetup parse(String text) {
        try {
            return JSON.readValue(text, StoreSetup.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a recorded configuration", e);
        }
    }

    /** For the database, whose JSON may not hold a NUL. */
    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value).replace("\\u0000", " ");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write as JSON: value=" + value, e);
        }
    }

    List<AccountConfig> accountConfigs() {
        return config.accounts();
    }

    /** Of an account by its index; USD where the terms are not known yet. */
    String currency(int account) {
        return account < accounts.size() ? accounts.get(account).currency() : "USD";
    }

    /** The strategy of a magic number, or null. */
    StrategyConfig strategy(long instanceId) {
        for (StrategyConfig strategy : config.strategies()) {
            if (strategy.instanceId() == instanceId) {
                return strategy;
            }
        }
        return null;
    }

    String strategyName(long instanceId) {
        StrategyConfig strategy = strategy(instanceId);
        return strategy == null ? "" : strategy.name();
    }
}
