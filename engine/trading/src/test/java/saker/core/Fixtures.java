package saker.core;

import java.util.List;
import java.util.Map;
import saker.config.RiskConfig;
import saker.config.StrategyConfig;
import saker.model.BarPeriod;
import saker.model.Command;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.model.Signal;
import saker.model.WorkerEvent;
import saker.time.BrokerClock;

/** Instruments, accounts and facts with defaults, for tests. */
public final class Fixtures {
    public static final int EURUSD = 0;
    public static final int USDJPY = 1;
    public static final int EURGBP = 2;
    public static final int XAUUSD = 3;
    public static final long MAGIC = 77;
    static final int MAX_OPEN_ORDERS = 45;

    private Fixtures() {}

    public static List<Instrument> instruments() {
        return List.of(
                instrument(EURUSD, "EUR", "USD", 5, -4, 0, 100_000),
                instrument(USDJPY, "USD", "JPY", 3, -2, 0, 100_000),
                instrument(EURGBP, "EUR", "GBP", 5, -4, 0, 100_000),
                instrument(XAUUSD, "XAU", "USD", 3, -2, 0, 100));
    }

    public static Instrument instrument(
            int id,
            String base,
            String quote,
            int digits,
            int pip,
            int unitsDigits,
            long contract) {
        return new Instrument(
                id,
                base + quote,
                base + "_" + quote,
                base,
                quote,
                digits,
                pip,
                unitsDigits,
                10_000L,
                1_000_000_000_000L,
                3_333_333_333_333L,
                contract);
    }

    public static long e8(double value) {
        return Math.round(value * 1e8);
    }

    /** May have 50 open orders. */
    static StrategyConfig strategy(long id, String account, String symbol) {
        return strategy(id, account, symbol, Map.of(MAX_OPEN_ORDERS, 50.0));
    }

    static StrategyConfig strategy(
            long id, String account, String symbol, Map<Integer, Double> settings) {
        return strategy(id, 1, account, symbol, settings);
    }

    static StrategyConfig strategy(
            long id, int strategyId, String account, String symbol, Map<Integer, Double> settings) {
        return new StrategyConfig(
                id,
                "s" + id,
                strategyId,
                account,
                symbol,
                BarPeriod.values()[0],
                settings,
                List.of(),
                true);
    }

    static TradingAccount hedging(String currency) {
        return new TradingAccount(0, "main", currency, true);
    }

    static Limits limits() {
        return new Limits();
    }

    static Signal.Row row(int bits, double lots, double stop, double target) {
        return row(Signal.ALL_TICKETS, bits, lots, 0, stop, target);
    }

    static Signal.Row row(
            long ticket, int bits, double lots, double entry, double stop, double target) {
        return new Signal.Row(ticket, bits, e8(lots), e8(entry), e8(stop), e8(target), 0);
    }

    /** A row of a waiting order that ends {@code seconds} after the harness' start. */
    static Signal.Row expiring(Signal.Row row, long seconds) {
        long atNs = JournalHarness.START_NS + seconds * 1_000_000_000L;
        return new Signal.Row(
                row.ticket(),
                row.bits(),
                row.lotsE8(),
                row.entryPriceE8(),
                row.stopDistanceE8(),
                row.targetDistanceE8(),
                new BrokerClock().toBrokerNs(atNs) / 1_000_000_000L);
    }

    static Signal signal(double bid, double ask, Signal.Row... rows) {
        return new Signal(MAGIC, EURUSD, e8(bid), e8(ask), 0, false, List.of(rows));
    }

    static Command command(Command.Type type, long ticket) {
        return command(type, ticket, 0, OrderIntent.UNCHANGED, OrderIntent.UNCHANGED);
    }

    static Command command(Command.Type type, long ticket, double units, long stop, long target) {
        return new Command(
                type,
                "c-" + type + "-" + ticket,
                "ana",
                "",
                0,
                type == Command.Type.TRADE ? EURUSD : -1,
                type == Command.Type.ENABLE_INSTANCE || type == Command.Type.DISABLE_INSTANCE
                        ? MAGIC
                        : 0,
                Math.round(units * 1e4),
                ticket,
                stop,
                target,
                Long.MAX_VALUE);
    }

    /** The instance of {@link #MAGIC} broke its worker once too often. */
    static WorkerEvent failed(WorkerEvent.Policy policy) {
        return new WorkerEvent(
                WorkerEvent.Event.INSTANCE_FAILED,
                "other-1",
                "other",
                4,
                0,
                MAGIC,
                1,
                policy,
                "",
                "",
                "exit code 134",
                "");
    }

    /** RiskConfig with one thing changed at a time. */
    static final class Limits {
        private long quoteAgeMs = 60_000;
        private double spreadPips = 10;
        private double deviationPips = 5;
        private long ttlMs = 2_000;
        private long unitsE4 = 10_000_000_000L;
        private long positionE4 = 50_000_000_000L;
        private int trades = 50;
        private int perMinute = 60;
        private double marginPct = 50;
        private Double lossPct;
        private boolean stopRequired;

        Limits spreadPips(double pips) {
            spreadPips = pips;
            return this;
        }

        Limits units(double units) {
            unitsE4 = Math.round(units * 1e4);
            return this;
        }

        Limits position(double units) {
            positionE4 = Math.round(units * 1e4);
            return this;
        }

        Limits trades(int trades) {
            this.trades = trades;
            return this;
        }

        Limits perMinute(int perMinute) {
            this.perMinute = perMinute;
            return this;
        }

        Limits marginPct(double pct) {
            marginPct = pct;
            return this;
        }

        Limits lossPct(double pct) {
            lossPct = pct;
            return this;
        }

        Limits stopRequired() {
            stopRequired = true;
            return this;
        }

        RiskConfig build() {
            return new RiskConfig(
                    quoteAgeMs,
                    10_000,
                    spreadPips,
                    deviationPips,
                    ttlMs,
                    unitsE4,
                    positionE4,
                    trades,
                    perMinute,
                    marginPct,
                    lossPct,
                    stopRequired);
        }
    }
}
