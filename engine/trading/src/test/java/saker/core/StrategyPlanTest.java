package saker.core;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static saker.core.Fixtures.strategy;

import java.util.List;
import org.junit.jupiter.api.Test;
import saker.config.StrategyConfig;

class StrategyPlanTest {
    private static final List<StrategyConfig> TWO_ON_ONE =
            List.of(strategy(1, "main", "EURUSD"), strategy(2, "main", "EURUSD"));

    @Test
    void shouldRefuseTwoInstancesOnOneInstrumentOfANettingAccount() {
        var netting = List.of(new TradingAccount(0, "main", "USD", false));

        assertThatThrownBy(() -> StrategyPlan.check(netting, TWO_ON_ONE))
                .hasMessageContaining("netting account with two instances on one instrument")
                .hasMessageContaining("account=main, symbol=EURUSD, instances=1 and 2");
    }

    @Test
    void shouldAllowThemOnAHedgingAccountOrOnTwoInstruments() {
        var hedging = List.of(new TradingAccount(0, "main", "USD", true));
        var netting = List.of(new TradingAccount(0, "main", "USD", false));

        assertThatCode(() -> StrategyPlan.check(hedging, TWO_ON_ONE)).doesNotThrowAnyException();
        assertThatCode(
                        () ->
                                StrategyPlan.check(
                                        netting,
                                        List.of(
                                                strategy(1, "main", "EURUSD"),
                                                strategy(2, "main", "EURGBP"))))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldReportEveryViolationTogether() {
        var accounts = List.of(new TradingAccount(0, "main", "USD", true));

        assertThatThrownBy(
                        () ->
                                StrategyPlan.check(
                                        accounts,
                                        List.of(
                                                strategy(1, "main", "EURUSD"),
                                                strategy(1, "other", "EURUSD"))))
                .hasMessageContaining("two strategies with one instanceId=1")
                .hasMessageContaining("account=other");
    }
}
