package saker.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import saker.config.StrategyConfig;

/** Which instance trades what on which account; checked before anything starts. */
public final class StrategyPlan {

    private StrategyPlan() {}

    /**
     * Checks that no two instances can get into each other's way.
     *
     * @throws IllegalArgumentException with every violation, one a line
     */
    public static void check(List<TradingAccount> accounts, List<StrategyConfig> strategies) {
        List<String> violations = new ArrayList<>();
        Set<Long> ids = new HashSet<>();
        for (StrategyConfig strategy : strategies) {
            if (!ids.add(strategy.instanceId())) {
                violations.add("two strategies with one instanceId=" + strategy.instanceId());
            }
            if (accounts.stream().noneMatch(a -> a.name().equals(strategy.account()))) {
                violations.add(
                        "strategy of an unknown account: instanceId=%d, account=%s"
                                .formatted(strategy.instanceId(), strategy.account()));
            }
        }
        for (TradingAccount account : accounts) {
            if (!account.hedging()) {
                checkNetting(account, strategies, violations);
            }
        }
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", violations));
        }
    }

    private static void checkNetting(
            TradingAccount account, List<StrategyConfig> strategies, List<String> violations) {
        for (int i = 0; i < strategies.size(); i++) {
            StrategyConfig second = strategies.get(i);
            for (StrategyConfig first : strategies.subList(0, i)) {
                if (first.account().equals(account.name())
                        && second.account().equals(account.name())
                        && first.symbol().equals(second.symbol())) {
                    violations.add(
                            ("netting account with two instances on one instrument: account=%s,"
                                            + " symbol=%s, instances=%d and %d; use a hedging"
                                            + " account or one instance per instrument")
                                    .formatted(
                                            account.name(),
                                            first.symbol(),
                                            first.instanceId(),
                                            second.instanceId()));
                }
            }
        }
    }
}
