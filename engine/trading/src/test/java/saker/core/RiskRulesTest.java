package saker.core;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.core.Fixtures.EURGBP;
import static saker.core.Fixtures.EURUSD;
import static saker.core.Fixtures.USDJPY;
import static saker.core.Fixtures.command;
import static saker.core.Fixtures.e8;
import static saker.core.Fixtures.limits;
import static saker.core.Fixtures.row;
import static saker.core.Fixtures.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import saker.config.StrategyConfig;
import saker.model.BrokerEvent;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.FeedStatus;
import saker.model.Instrument;
import saker.model.RiskDecision;
import saker.model.RiskRule;
import saker.model.Signal;
import saker.model.SignalBits;

/** Every refusal, brought about the way it happens. */
class RiskRulesTest {
    private static final Signal.Row BUY = row(SignalBits.OPEN_BUY, 0.1, 0.005, 0.01);

    private final Desk desk = new Desk();

    @AfterEach
    void shouldReplayWithoutDifference() {
        assertThat(desk.replay()).isNull();
    }

    @Test
    void shouldRefuseWhileTheEngineIsHaltedOrItsDiskLow() {
        desk.start();
        desk.state(engine(EngineState.State.HALTED, RiskRule.NONE));
        refused(RiskRule.ENGINE_HALTED, BUY);

        desk.state(engine(EngineState.State.HALTED, RiskRule.DISK_LOW));
        refused(RiskRule.DISK_LOW, BUY);

        desk.state(engine(EngineState.State.RUNNING, RiskRule.NONE));
        approved(BUY);
    }

    @Test
    void shouldResumeTheEngineUnlessItsDiskIsLow() {
        desk.start();
        desk.state(engine(EngineState.State.HALTED, RiskRule.DISK_LOW));
        desk.command(command(Command.Type.RESUME, 0));
        refused(RiskRule.DISK_LOW, BUY);

        desk.state(engine(EngineState.State.HALTED, RiskRule.ENGINE_HALTED));
        refused(RiskRule.ENGINE_HALTED, BUY);
        desk.command(command(Command.Type.RESUME, 0));
        approved(BUY);
    }

    @Test
    void shouldRefuseWhileReconciling() {
        desk.start();
        desk.journal.feed(
                new FeedStatus(0, FeedStatus.Feed.TRANSACTIONS, FeedStatus.State.STALE, 1, ""));
        desk.settle();

        refused(RiskRule.ACCOUNT_RECONCILING, BUY);
    }

    @Test
    void shouldRefuseForADisabledOrUnknownInstance() {
        desk.start();
        desk.command(command(Command.Type.DISABLE_INSTANCE, 0));
        refused(RiskRule.INSTANCE_DISABLED, BUY);

        desk.command(command(Command.Type.ENABLE_INSTANCE, 0));
        approved(BUY);
        desk.journal.signal(signal(4711, EURUSD, 0, BUY));
        desk.settle();
        last(RiskRule.INSTANCE_DISABLED);
    }

    @Test
    void shouldRefuseOnAStaleFeed() {
        desk.start();
        desk.journal.feed(new FeedStatus(0, FeedStatus.Feed.PRICES, FeedStatus.State.STALE, 1, ""));

        refused(RiskRule.FEED_STALE, BUY);
    }

    @Test
    void shouldRefuseOnAnOldQuoteToTheMillisecond() {
        desk.start();
        desk.journal.advanceMs(59_990); // And 10 ms for the signal's record.
        approved(BUY);

        desk.tick(1.1, 1.1002);
        desk.journal.advanceMs(59_991);
        refused(RiskRule.QUOTE_STALE, BUY);
        assertThat(desk.lastDecision().detail()).isEqualTo("ageMs=60001, quoteAgeMs=60000");
    }

    @Test
    void shouldRefuseWithoutAQuote() {
        desk.boot();
        desk.connect();

        refused(RiskRule.NO_QUOTE, BUY);
    }

    @Test
    void shouldRefuseWhereTheBrokerWouldNotTrade() {
        desk.start();
        desk.journal.tick(EURUSD, 1.1, 1.1002, 0);

        refused(RiskRule.NOT_TRADEABLE, BUY);
    }

    @Test
    void shouldRefuseAWideSpread() {
        desk.risk(limits().spreadPips(1.5)).start();

        refused(RiskRule.SPREAD_TOO_WIDE, BUY);
        desk.tick(1.1, 1.10015);
        approved(BUY);
    }

    @Test
    void shouldRefuseWhenThePriceMoved() {
        desk.start();
        desk.tick(1.1004, 1.1007);
        approved(BUY);

        desk.tick(1.1004, 1.10071);
        refused(RiskRule.PRICE_MOVED, BUY);
    }

    @Test
    void shouldRefuseATradeAfterItsDeadline() {
        desk.start();
        Command late =
                new Command(
                        Command.Type.TRADE,
                        "c1",
                        "ana",
                        "",
                        0,
                        EURUSD,
                        0,
                        10_000_000,
                        0,
                        0,
                        0,
                        desk.journal.nowNs());

        desk.command(late);

        last(RiskRule.SIGNAL_EXPIRED);
    }

    @Test
    void shouldRefuseAnUnknownInstrument() {
        desk.start();
        desk.journal.signal(signal(Fixtures.MAGIC, USDJPY, 0, BUY));
        desk.settle();
        last(RiskRule.UNKNOWN_INSTRUMENT);

        desk.command(
                new Command(
                        Command.Type.TRADE,
                        "c1",
                        "ana",
                        "",
                        0,
                        200,
                        0,
                        10_000_000,
                        0,
                        0,
                        0,
                        Long.MAX_VALUE));
        last(RiskRule.UNKNOWN_INSTRUMENT);
    }

    @Test
    void shouldRefuseSizesOutOfBounds() {
        desk.risk(limits().units(20_000)).start();

        refused(RiskRule.SIZE_BELOW_MINIMUM, row(SignalBits.OPEN_BUY, 0.000009, 0, 0));
        refused(RiskRule.SIZE_ABOVE_MAXIMUM, row(SignalBits.OPEN_BUY, 0.20001, 0, 0));
        approved(row(SignalBits.OPEN_BUY, 0.2, 0, 0));
        desk.command(command(Command.Type.TRADE, 0, 100.5, 0, 0));
        last(RiskRule.SIZE_NOT_REPRESENTABLE);
        desk.command(command(Command.Type.TRADE, 0, 0, 0, 0));
        last(RiskRule.SIZE_BELOW_MINIMUM);
    }

    @Test
    void shouldRefuseWithoutAStopWhereOneIsRequired() {
        desk.risk(limits().stopRequired()).start();

        refused(RiskRule.STOP_REQUIRED, row(SignalBits.OPEN_BUY, 0.1, 0, 0.01));
        approved(BUY);
    }

    @Test
    void shouldRefuseStopsThatWouldTriggerAtOnce() {
        desk.start();

        desk.command(command(Command.Type.TRADE, 0, 1000, e8(1.1002), 0));
        last(RiskRule.STOP_ON_WRONG_SIDE);
        desk.command(command(Command.Type.TRADE, 0, -1000, 0, e8(1.12)));
        last(RiskRule.STOP_ON_WRONG_SIDE);
        refused(RiskRule.STOP_ON_WRONG_SIDE, row(SignalBits.OPEN_BUY, 0.1, 2, 0));
        refused(RiskRule.STOP_TOO_CLOSE, row(SignalBits.OPEN_BUY, 0.1, 0.0002, 0));
        refused(RiskRule.STOP_TOO_CLOSE, row(SignalBits.OPEN_SELL, 0.1, 0.0001, 0));
        approved(row(SignalBits.OPEN_BUY, 0.1, 0.00021, 0));
    }

    @Test
    void shouldRefuseWhenTheMarginDoesNotSuffice() {
        // 100,000 units take 1.1001 × 100,000 ÷ 30 = 3,667 of margin; 4 % of 100,000 is 4,000.
        desk.risk(limits().marginPct(4)).start().holdIntents();
        desk.signal(
                row(SignalBits.OPEN_BUY, 1, 0, 0),
                row(SignalBits.OPEN_BUY, 0.1, 0, 0),
                row(SignalBits.OPEN_SELL, 1, 0, 0)); // The other side of a hedge is free.

        decided(RiskRule.NONE, RiskRule.MARGIN, RiskRule.NONE);
    }

    @Test
    void shouldCountPendingOrdersAmongOpenTrades() {
        desk.risk(limits().trades(2)).start();
        approved(BUY);
        desk.holdIntents();
        desk.signal(BUY, BUY);

        decided(RiskRule.NONE, RiskRule.NONE, RiskRule.MAX_OPEN_TRADES);
        assertThat(desk.intents()).hasSize(2);
    }

    @Test
    void shouldNotOpenAgainBeforeTheStrategyCanSeeTheFirst() {
        desk.start().holdIntents();
        approved(BUY);
        for (int i = 0; i < 4; i++) {
            refused(RiskRule.REQUEST_PENDING, BUY);
            desk.tick(1.1, 1.1002);
        }

        desk.releaseIntents().settle();
        approved(BUY);
    }

    @Test
    void shouldNotMakeTheEntriesOfOneSignalWaitForEachOther() {
        desk.start().holdIntents();

        desk.signal(BUY, row(SignalBits.OPEN_SELL, 0.1, 0, 0), BUY);

        assertThat(desk.intents()).hasSize(3);
        refused(RiskRule.REQUEST_PENDING, BUY);
    }

    @Test
    void shouldNotWaitForAnOrderThatTheStrategySees() {
        desk.start();
        approved(row(-1, SignalBits.OPEN_BUY_LIMIT, 0.1, 1.09, 0, 0));

        approved(row(-1, SignalBits.OPEN_SELL_LIMIT, 0.1, 1.11, 0, 0));
    }

    @Test
    void shouldKeepAnInstanceToItsOwnMaximum() {
        desk.strategies(maximum(2)).start();
        approved(row(-1, SignalBits.OPEN_BUY_LIMIT, 0.1, 1.09, 0, 0));
        approved(BUY);

        refused(RiskRule.MAX_OPEN_TRADES, BUY);
        assertThat(desk.lastDecision().detail())
                .isEqualTo("instanceId=77, open=1, pending=1, MAX_OPEN_ORDERS=2");
    }

    @Test
    void shouldOpenOneAtATimeWhereNoMaximumIsSet() {
        desk.strategies(strategy(Fixtures.MAGIC, "main", "EURUSD", Map.of())).start();

        desk.signal(BUY, BUY);
        assertThat(desk.intents()).hasSize(1);
        desk.command(command(Command.Type.TRADE, 0, 1000, 0, 0)); // Not of the instance.
        refused(RiskRule.MAX_OPEN_TRADES, BUY);
        desk.signal(row(SignalBits.CLOSE_BUY | SignalBits.OPEN_SELL, 0.1, 0, 0));

        assertThat(desk.lastIntent().unitsE4()).isEqualTo(-10_000_0000L);
    }

    @Test
    void shouldLimitOrdersPerMinuteBySlidingTime() {
        desk.risk(limits().perMinute(2)).start();
        approved(BUY);
        desk.journal.advanceMs(30_000);
        approved(BUY);
        refused(RiskRule.MAX_ORDERS_PER_MINUTE, BUY);

        desk.journal.advanceMs(30_000);
        desk.tick(1.1, 1.1002);
        approved(BUY);
        refused(RiskRule.MAX_ORDERS_PER_MINUTE, BUY);
    }

    @Test
    void shouldLimitThePositionOfASide() {
        desk.risk(limits().position(25_000)).start().holdIntents();
        desk.signal(BUY, BUY, BUY, row(SignalBits.OPEN_SELL, 0.1, 0, 0));

        decided(RiskRule.NONE, RiskRule.NONE, RiskRule.MAX_POSITION, RiskRule.NONE);
    }

    @Test
    void shouldRefuseAtTheDailyLossThatNoTickHasShown() {
        desk.account(Fixtures.hedging("EUR"))
                .instruments(Fixtures.instruments())
                .strategies(strategy(Fixtures.MAGIC, "main", "EURGBP"))
                .risk(limits().lossPct(1));
        desk.boot();
        desk.journal.broker(snapshot("EUR"));
        desk.broker.streams(FeedStatus.State.LIVE);
        desk.tick(EURGBP, 0.85, 0.8502);
        desk.tick(EURUSD, 1.1, 1.1002);
        desk.journal.broker(fundsTo(98_000));
        desk.settle();
        Signal.Row row = row(SignalBits.OPEN_BUY, 0.1, 0, 0);
        desk.journal.signal(gbpSignal(row));
        desk.settle();
        assertThat(desk.lastDecision().approved()).isTrue(); // Money taken out is no loss.
        desk.journal.broker(financingTo(97_000));
        desk.settle();
        desk.journal.signal(gbpSignal(row));
        desk.settle();

        last(RiskRule.DAILY_LOSS);
    }

    @Test
    void shouldRefuseWithoutAConversionRate() {
        List<Instrument> only = List.of(Fixtures.instruments().get(EURUSD));
        desk.account(Fixtures.hedging("CHF")).instruments(only);
        desk.boot();
        desk.journal.broker(snapshot("CHF"));
        desk.broker.streams(FeedStatus.State.LIVE);
        desk.tick(1.1, 1.1002);

        refused(RiskRule.NO_CONVERSION_RATE, BUY);
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        List<Instrument> huge = new ArrayList<>();
        huge.add(
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
                        Long.MAX_VALUE,
                        3_333_333_333_333L,
                        100_000));
        desk.instruments(huge)
                .risk(limits().units(900_000_000_000_000.0).position(900_000_000_000_000.0));
        desk.start();

        refused(
                RiskRule.ARITHMETIC_OVERFLOW,
                new Signal.Row(-1, SignalBits.OPEN_BUY, Long.MAX_VALUE, 0, 0, 0, 0));
        refused(RiskRule.ARITHMETIC_OVERFLOW, row(SignalBits.OPEN_BUY, 2_000_000_000.0, 0, 0));
    }

    @Test
    void shouldRefuseASecondRequestForATrade() {
        desk.start();
        approved(BUY);
        long ticket = desk.core.ledger(0).trades().get(0).tradeId();
        desk.holdIntents();
        desk.command(command(Command.Type.MODIFY, ticket, 0, e8(1.09), 0));

        desk.command(command(Command.Type.CLOSE, ticket));
        last(RiskRule.REQUEST_PENDING);
        refused(RiskRule.REQUEST_PENDING, row(SignalBits.CLOSE_BUY, 0, 0, 0));
        desk.command(command(Command.Type.CLOSE, 4711));
        last(RiskRule.UNKNOWN_TICKET);
    }

    @Test
    void shouldNotNetAnothersTradeAway() {
        desk.account(new TradingAccount(0, "main", "USD", false)).start();
        approved(BUY);

        refused(RiskRule.NOT_PERMITTED_IN_NETTING, row(SignalBits.OPEN_SELL, 0.1, 0, 0));
        desk.command(command(Command.Type.TRADE, 0, 1000, 0, 0));
        last(RiskRule.NOT_PERMITTED_IN_NETTING);
        approved(BUY);
    }

    @Test
    void shouldRefuseWhatItCannotDo() {
        desk.start();

        refused(RiskRule.UNSUPPORTED_SIGNAL, row(0x200, 1, 0, 0));
        refused(RiskRule.UNSUPPORTED_SIGNAL, row(SignalBits.OPEN_BUY_STOP, 1, 0, 0));
        refused(RiskRule.UNSUPPORTED_SIGNAL, row(-1, SignalBits.OPEN_BUY_STOP, 1, 0.000001, 0, 0));
        refused(
                RiskRule.EXPIRY_PASSED,
                new Signal.Row(-1, SignalBits.OPEN_BUY_STOP, e8(1), e8(1.2), 0, 0, 3600));
        desk.journal.signal(signal(Fixtures.MAGIC, EURUSD, 3));
        desk.settle();
        last(RiskRule.STRATEGY_ERROR);
    }

    private void refused(RiskRule rule, Signal.Row row) {
        int intents = desk.intents().size();
        desk.signal(row);
        last(rule);
        assertThat(desk.intents()).hasSize(intents);
    }

    private void approved(Signal.Row row) {
        int intents = desk.intents().size();
        desk.signal(row);
        assertThat(desk.intents().size()).as("%s", desk.lastDecision()).isEqualTo(intents + 1);
    }

    private void decided(RiskRule... rules) {
        assertThat(desk.decisions()).extracting(RiskDecision::rule).containsExactly(rules);
    }

    private static StrategyConfig maximum(double maxOpenOrders) {
        return strategy(
                Fixtures.MAGIC, "main", "EURUSD", Map.of(Fixtures.MAX_OPEN_ORDERS, maxOpenOrders));
    }

    private void last(RiskRule rule) {
        RiskDecision decision = desk.lastDecision();
        assertThat(decision.rule()).as("%s", decision).isEqualTo(rule);
        assertThat(decision.detail()).isNotEmpty();
    }

    private static EngineState engine(EngineState.State state, RiskRule rule) {
        return new EngineState(EngineState.Scope.ENGINE, 0, state, rule, "");
    }

    private static Signal signal(long instance, int instrument, int code, Signal.Row... rows) {
        return new Signal(instance, instrument, e8(1.1), e8(1.1002), code, false, List.of(rows));
    }

    private static Signal gbpSignal(Signal.Row row) {
        return new Signal(Fixtures.MAGIC, EURGBP, e8(0.85), e8(0.8502), 0, false, List.of(row));
    }

    private static BrokerEvent snapshot(String currency) {
        return BrokerEvent.of(BrokerEvent.Type.ACCOUNT_SNAPSHOT, 0)
                .transactionId(10)
                .balanceE8(e8(100_000))
                .reason(currency)
                .build();
    }

    private static BrokerEvent fundsTo(double balance) {
        return BrokerEvent.of(BrokerEvent.Type.FUNDS, 0)
                .transactionId(5_000)
                .balanceE8(e8(balance))
                .build();
    }

    private static BrokerEvent financingTo(double balance) {
        return BrokerEvent.of(BrokerEvent.Type.FINANCING, 0)
                .transactionId(6_000)
                .balanceE8(e8(balance))
                .build();
    }
}
