package saker.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import saker.api.AccountView;
import saker.api.CommandOutcome;
import saker.api.EngineView;
import saker.api.FillView;
import saker.api.OrderView;
import saker.api.PositionView;
import saker.api.QuoteView;
import saker.api.SignalView;
import saker.api.StatusView;
import saker.api.StrategyView;
import saker.api.TradeHistory;
import saker.api.WorkerView;
import saker.model.Bars;
import saker.model.FixedPoint;

/**
 * Views as the JSON objects of openapi.yaml. Money, prices and volumes are decimal strings; REST
 * writes times as RFC 3339 text, the socket as milliseconds, and otherwise they are the same.
 */
public enum ViewJson {
    REST,
    SOCKET;

    private static final long NS_PER_MS = 1_000_000L;
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** RFC 3339, UTC, with milliseconds. */
    public static String text(long timeMs) {
        return RFC_3339.format(Instant.ofEpochMilli(timeMs));
    }

    /** A price with at least the instrument's digits. */
    public static String price(long priceE8, int digits) {
        return FixedPoint.format(priceE8, 8, digits);
    }

    /** An amount of account currency, in cents unless it is finer. */
    public static String money(long amountE8) {
        return FixedPoint.format(amountE8, 8, 2);
    }

    public static <T> JsonArray array(List<T> rows, Function<T, JsonObject> json) {
        JsonArray array = new JsonArray();
        rows.forEach(row -> array.add(json.apply(row)));
        return array;
    }

    /** The worker of each strategy instance. */
    public static Map<Long, WorkerView> byInstance(List<WorkerView> workers) {
        Map<Long, WorkerView> byInstance = new HashMap<>();
        workers.forEach(worker -> worker.instanceIds().forEach(id -> byInstance.put(id, worker)));
        return byInstance;
    }

    public JsonObject account(AccountView view) {
        return new JsonObject()
                .put("account_id", view.accountId())
                .put("name", view.name())
                .put("broker_account", view.brokerAccount())
                .put("currency", view.currency())
                .put("state", view.state())
                .put("balance", money(view.balanceE8()))
                .put("equity", money(view.equityE8()))
                .put("profit", money(view.unrealizedPlE8()))
                .put("margin_used", money(view.marginUsedE8()))
                .put("margin_available", money(view.marginAvailableE8()))
                .put("day_profit", money(view.dayPlE8()))
                .put("open_trades", view.openTrades())
                .put("time", time(view.marketTimeNs()));
    }

    public JsonObject quote(QuoteView view) {
        long pipE8 = FixedPoint.powerOfTen(8 + view.pipExponent());
        long spreadE8 =
                FixedPoint.mulDiv(
                        view.askE8() - view.bidE8(),
                        FixedPoint.E8,
                        pipE8,
                        FixedPoint.Rounding.HALF_UP);
        return new JsonObject()
                .put("symbol", view.symbol())
                .put("digits", view.digits())
                .put("pip", FixedPoint.format(pipE8, 8))
                .put("bid", price(view.bidE8(), view.digits()))
                .put("ask", price(view.askE8(), view.digits()))
                .put(
                        "spread_pips",
                        FixedPoint.formatRounded(spreadE8, 8, 1, FixedPoint.Rounding.HALF_UP))
                .put("tradeable", view.tradeable())
                .put("contract_units", view.contractUnits())
                .put("min_volume", lots(view.minimumUnitsE4(), view.contractUnits()))
                .put("volume_step", lots(view.unitsStepE4(), view.contractUnits()))
                .put("time", time(view.marketTimeNs()));
    }

    public JsonObject bar(Bars.Bar bar, int digits) {
        return new JsonObject()
                .put("time", time(bar.startNs()))
                .put("open", price(bar.openE8(), digits))
                .put("high", price(bar.highE8(), digits))
                .put("low", price(bar.lowE8(), digits))
                .put("close", price(bar.closeE8(), digits))
                .put("volume", bar.volume());
    }

    /**
     * @param worker that runs it, or null
     */
    public JsonObject strategy(StrategyView view, WorkerView worker) {
        return new JsonObject()
                .put("instance_id", view.instanceId())
                .put("account_id", view.accountId())
                .put("name", view.name())
                .put("symbol", view.symbol())
                .put("status", view.status())
                .put("detail", view.detail())
                .put("profit", money(view.profitE8()))
                .put("open_profit", money(view.openProfitE8()))
                .put("open_trades", view.openTrades())
                .put("runs", view.runs())
                .put("signals", view.signals())
                .put("last_run", timeOrNull(view.lastRunNs()))
                .put("worker", worker == null ? null : worker.id())
                .put("isolation", worker == null ? null : worker.isolation().name())
                .put("worker_state", worker == null ? null : worker.state().name())
                .put("worker_detail", worker == null ? "" : worker.detail());
    }

    public JsonObject worker(WorkerView view) {
        return new JsonObject(view.members(this::time))
                .put("instance_ids", new JsonArray(view.instanceIds()));
    }

    public JsonObject position(PositionView view) {
        int digits = view.digits();
        return new JsonObject()
                .put("ticket", view.ticket())
                .put("account_id", view.accountId())
                .put("instance_id", view.instanceId())
                .put("strategy", view.strategy())
                .put("symbol", view.symbol())
                .put("digits", digits)
                .put("type", view.side().name())
                .put("volume", FixedPoint.format(Math.abs(view.lotsE8()), 8, 2))
                .put("units", FixedPoint.format(Math.abs(view.unitsE4()), 4))
                .put("price_open", price(view.openPriceE8(), digits))
                .put("price_current", price(view.currentPriceE8(), digits))
                .put("sl", priceOrNull(view.stopLossE8(), digits))
                .put("tp", priceOrNull(view.takeProfitE8(), digits))
                .put("profit", money(view.profitE8()))
                .put("time_open", time(view.openTimeNs()))
                .put("pending", view.pending());
    }

    public JsonObject order(OrderView view) {
        return new JsonObject()
                .put("intent", Long.toString(view.intent()))
                .put("client_id", view.clientId())
                .put("correlation", view.correlation().isEmpty() ? null : view.correlation())
                .put("order_id", view.orderId() == 0 ? null : view.orderId())
                .put("account_id", view.accountId())
                .put("instance_id", view.instanceId())
                .put("symbol", view.symbol())
                .put("type", view.side().name())
                .put("action", view.action())
                .put("state", view.state())
                .put("units", FixedPoint.format(Math.abs(view.unitsE4()), 4))
                .put("price", priceOrNull(view.priceE8(), 0))
                .put("sl", priceOrNull(view.stopLossE8(), 0))
                .put("tp", priceOrNull(view.takeProfitE8(), 0))
                .put("expires", timeOrNull(view.expiryNs()))
                .put("reason_code", view.rule().code())
                .put("reason", view.rule().name())
                .put("detail", view.detail())
                .put("time", time(view.marketTimeNs()))
                .put("journal_time", time(view.journalTimeNs()));
    }

    public JsonObject fill(FillView view) {
        return new JsonObject()
                .put("transaction_id", view.transactionId())
                .put("ticket", view.ticket())
                .put("account_id", view.accountId())
                .put("symbol", view.symbol())
                .put("type", view.side().name())
                .put("units", FixedPoint.format(Math.abs(view.unitsE4()), 4))
                .put("price", price(view.priceE8(), 0))
                .put("realized_profit", money(view.realizedPlE8()))
                .put("reason", view.reason())
                .put("time", time(view.marketTimeNs()));
    }

    public JsonObject signal(SignalView view) {
        return new JsonObject()
                .put("id", view.index() + "-" + view.row())
                .put("correlation", Long.toHexString(view.index()))
                .put("instance_id", view.instanceId())
                .put("strategy", view.strategy())
                .put("symbol", view.symbol())
                .put("signal", view.action())
                .put("confidence", (Double) null) // The framework's strategies state none.
                .put("volume", FixedPoint.format(view.lotsE8(), 8, 2))
                .put("price", price(view.priceE8(), 0))
                .put("executed", view.executed())
                .put("reason_code", view.rule().code())
                .put("reason", view.rule().name())
                .put("detail", view.detail())
                .put("time", time(view.marketTimeNs()));
    }

    /** What REST and the socket share of the status. */
    public JsonObject status(EngineView view) {
        StatusView status = view.status();
        return new JsonObject()
                .put("status", Health.of(view).isHealthy() ? "healthy" : "unhealthy")
                .put("environment", status.environment())
                .put("version", status.version())
                .put("engine", status.engine().name())
                .put("reason", status.reason())
                .put("prices", status.prices())
                .put("transactions", status.transactions())
                .put("database", status.database())
                .put("history_delayed", status.historyDelayed())
                .put("market_rate", status.marketRate())
                .put("market_time", time(status.marketTimeNs()))
                .put("started", time(status.startTimeNs()))
                .put("ticks", status.ticks())
                .put("journal_index", Long.toString(status.journalIndex()))
                .put("durable_index", Long.toString(status.durableIndex()))
                .put("active_strategies", Health.activeStrategies(view))
                .put("open_positions", view.positions().size());
    }

    public JsonObject command(CommandOutcome outcome) {
        boolean done = outcome.state() == CommandOutcome.State.DONE;
        return new JsonObject()
                .put("command_id", outcome.commandId())
                .put("type", outcome.type().name())
                .put("state", outcome.state().name())
                .put("success", outcome.state().isFinal() ? (Boolean) done : null)
                .put("ticket", outcome.ticket() == 0 ? null : outcome.ticket())
                .put("price", priceOrNull(outcome.priceE8(), 0))
                .put("realized_profit", done ? money(outcome.realizedPlE8()) : null)
                .put("reason_code", outcome.rule().code())
                .put("reason", outcome.rule().name())
                .put("message", outcome.message());
    }

    public JsonObject trade(TradeHistory.TradeRow row) {
        return new JsonObject()
                .put("ticket", row.ticket())
                .put("instance_id", row.instanceId())
                .put("strategy", row.strategy())
                .put("symbol", row.symbol())
                .put("type", row.orderType())
                .put("volume", FixedPoint.format(Math.abs(row.lotsE8()), 8, 2))
                .put("units", FixedPoint.format(Math.abs(row.unitsE4()), 4))
                .put("open_price", price(row.openPriceE8(), 0))
                .put("close_price", priceOrNull(row.closePriceE8()))
                .put("stop_loss", priceOrNull(row.stopLossE8()))
                .put("take_profit", priceOrNull(row.takeProfitE8()))
                .put("open_time", time(row.openTimeNs()))
                .put("close_time", row.closeTimeNs() == null ? null : time(row.closeTimeNs()))
                .put("profit", row.profitE8() == null ? null : money(row.profitE8()))
                .put("financing", row.financingE8() == null ? null : money(row.financingE8()))
                .put("is_open", row.open())
                .put("correlation", row.correlation());
    }

    public JsonObject performance(
            Long instanceId,
            List<TradeHistory.PerformancePoint> points,
            TradeHistory.PerformanceSummary summary) {
        JsonArray timestamps = new JsonArray();
        JsonArray equity = new JsonArray();
        JsonArray balance = new JsonArray();
        JsonArray profit = new JsonArray();
        JsonArray drawdown = new JsonArray();
        for (TradeHistory.PerformancePoint point : points) {
            timestamps.add(time(point.timeNs()));
            equity.add(money(point.equityE8()));
            balance.add(money(point.balanceE8()));
            profit.add(money(point.profitE8()));
            drawdown.add(point.drawdownPct());
        }
        return new JsonObject()
                .put("instance_id", instanceId)
                .put("timestamps", timestamps)
                .put("equity", equity)
                .put("balance", balance)
                .put("profit", profit)
                .put("drawdown", drawdown)
                .put("summary", summary(summary));
    }

    /** A time in the form of this output. */
    public Object time(long timeNs) {
        long timeMs = Math.floorDiv(timeNs, NS_PER_MS);
        return this == REST ? text(timeMs) : (Object) timeMs;
    }

    private Object timeOrNull(long timeNs) {
        return timeNs == 0 ? null : time(timeNs);
    }

    private static JsonObject summary(TradeHistory.PerformanceSummary summary) {
        return new JsonObject()
                .put("trades", summary.trades())
                .put("winning", summary.winning())
                .put("losing", summary.losing())
                .put("profit", money(summary.profitE8()))
                .put("win_rate", summary.winRatePct())
                .put("profit_factor", summary.profitFactor())
                .put("max_drawdown", summary.maxDrawdownPct());
    }

    private static String priceOrNull(long priceE8, int digits) {
        return priceE8 == 0 ? null : price(priceE8, digits);
    }

    private static String priceOrNull(Long priceE8) {
        return priceE8 == null || priceE8 == 0 ? null : price(priceE8, 0);
    }

    private static String lots(long unitsE4, long contractUnits) {
        return FixedPoint.format(
                FixedPoint.mulDiv(
                        unitsE4, FixedPoint.E4, contractUnits, FixedPoint.Rounding.CEILING),
                8);
    }
}
