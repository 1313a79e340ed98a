package saker.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import saker.api.AccountView;
import saker.api.CommandOutcome;
import saker.api.Engine;
import saker.api.EngineView;
import saker.api.QuoteView;
import saker.api.TradeHistory;
import saker.api.WorkerView;
import saker.api.Workers;
import saker.json.BadRequest;
import saker.json.Health;
import saker.json.ViewJson;
import saker.model.BarPeriod;

/** The questions: everything that changes nothing. Event loop only. */
final class ReadHandlers {
    static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{3,20}");
    static final String SYMBOL_ALLOWED = "3 to 20 capital letters and digits, such as EURUSD";

    private static final Pattern PERIOD = Pattern.compile("[1-9][0-9]{0,3}[hdw]");
    private static final Pattern COMMAND_ID = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
    private static final List<String> BAR_PERIODS =
            Stream.of(BarPeriod.values()).map(Enum::name).toList();
    private static final int MAX_POINTS = 10_000;
    private static final long NS_PER_MS = 1_000_000L;
    private static final ViewJson JSON = ViewJson.REST;

    private final Engine engine;
    private final Workers workers;
    private final TradeHistory history;
    private final InstantSource clock;
    private final IntSupplier sockets;

    ReadHandlers(
            Engine engine,
            Workers workers,
            TradeHistory history,
            InstantSource clock,
            IntSupplier sockets) {
        this.engine = engine;
        this.workers = workers;
        this.history = history;
        this.clock = clock;
        this.sockets = sockets;
    }

    Future<Answer> health(Call call) {
        EngineView view = engine.view();
        Health health = Health.of(view);
        JsonObject json =
                new JsonObject()
                        .put("status", health.isHealthy() ? "healthy" : "unhealthy")
                        .put("connector", view.status().prices())
                        .put("active_strategies", Health.activeStrategies(view))
                        .put("open_positions", view.positions().size())
                        .put("reasons", health.reasons());
        return answer(Answer.of(health.isHealthy() ? 200 : 503, json));
    }

    Future<Answer> status(Call call) {
        call.query().allowOnly();
        EngineView view = engine.view();
        long nowMs = clock.millis();
        long startMs = view.status().startTimeNs() / NS_PER_MS;
        JsonObject json =
                JSON.status(view)
                        .put("time", ViewJson.text(nowMs))
                        .put("uptime_s", Math.max(0, (nowMs - startMs) / 1_000))
                        .put("sockets", sockets.getAsInt());
        return answer(Answer.ok(json));
    }

    Future<Answer> account(Call call) {
        Long wanted = call.query().allowOnly("account").wholeOrNull("account", 0, 1_000);
        for (AccountView account : engine.view().accounts()) {
            if (wanted == null || account.accountId() == wanted) {
                return answer(Answer.ok(JSON.account(account)));
            }
        }
        throw Problem.notFound("no such account");
    }

    Future<Answer> accounts(Call call) {
        call.query().allowOnly();
        return answer(Answer.ok(ViewJson.array(engine.view().accounts(), JSON::account)));
    }

    Future<Answer> quotes(Call call) {
        call.query().allowOnly();
        return answer(Answer.ok(ViewJson.array(engine.view().quotes(), JSON::quote)));
    }

    Future<Answer> bars(Call call) {
        RequestQuery query = call.query().allowOnly("symbol", "period", "count");
        String symbol = query.text("symbol", SYMBOL, SYMBOL_ALLOWED);
        BarPeriod period = BarPeriod.valueOf(query.choice("period", BAR_PERIODS));
        int count = (int) query.whole("count", 1, 5_000, 500);
        int digits = quote(engine.view(), "symbol", symbol).digits();
        JsonObject json =
                new JsonObject()
                        .put("symbol", symbol)
                        .put("period", period.name())
                        .put(
                                "bars",
                                ViewJson.array(
                                        engine.bars(symbol, period, count),
                                        bar -> JSON.bar(bar, digits)));
        return answer(Answer.ok(json));
    }

    Future<Answer> strategies(Call call) {
        call.query().allowOnly();
        Map<Long, WorkerView> byInstance = ViewJson.byInstance(workers.workers());
        return answer(
                Answer.ok(
                        ViewJson.array(
                                engine.view().strategies(),
                                view -> JSON.strategy(view, byInstance.get(view.instanceId())))));
    }

    Future<Answer> positions(Call call) {
        call.query().allowOnly();
        return answer(Answer.ok(ViewJson.array(engine.view().positions(), JSON::position)));
    }

    Future<Answer> orders(Call call) {
        call.query().allowOnly();
        return answer(Answer.ok(ViewJson.array(engine.view().orders(), JSON::order)));
    }

    Future<Answer> signals(Call call) {
        call.query().allowOnly();
        return answer(Answer.ok(ViewJson.array(engine.view().signals(), JSON::signal)));
    }

    Future<Answer> trades(Call call) {
        TradeHistory.Query query = tradeQuery(call, false);
        return ask(history.trades(query))
                .map(
                        page ->
                                Answer.ok(ViewJson.array(page.rows(), JSON::trade))
                                        .with("X-Total-Count", Long.toString(page.total())));
    }

    Future<Answer> history(Call call) {
        TradeHistory.Query query = tradeQuery(call, true);
        boolean csv = call.query().choice("format", List.of("json", "csv")).equals("csv");
        return ask(history.trades(query))
                .map(page -> csv ? Answer.csv(TradeCsv.of(page.rows())) : page(query, page));
    }

    Future<Answer> performance(Call call) {
        RequestQuery query = call.query().allowOnly("instance_id", "limit");
        Long instanceId = query.wholeOrNull("instance_id", 0, Long.MAX_VALUE);
        int limit = (int) query.whole("limit", 1, MAX_POINTS, 1_000);
        return performance(instanceId, limit, Long.MIN_VALUE);
    }

    Future<Answer> portfolioPerformance(Call call) {
        String period =
                call.query()
                        .allowOnly("period")
                        .text("period", PERIOD, "a whole number and h, d or w, such as 24h");
        long sinceNs =
                engine.view().status().marketTimeNs() - lengthNs(period == null ? "24h" : period);
        return performance(null, MAX_POINTS, sinceNs);
    }

    Future<Answer> command(Call call) {
        String id = call.pathText("id", COMMAND_ID, "the command_id of an answer");
        CommandOutcome outcome =
                engine.command(id).orElseThrow(() -> Problem.notFound("no such command"));
        return answer(Answer.ok(JSON.command(outcome)));
    }

    /** The quote of a symbol, or a 400 that lists the symbols there are. */
    static QuoteView quote(EngineView view, String field, String symbol) {
        for (QuoteView quote : view.quotes()) {
            if (quote.symbol().equals(symbol)) {
                return quote;
            }
        }
        String known = String.join(", ", view.quotes().stream().map(QuoteView::symbol).toList());
        throw new BadRequest(field, symbol, "one of " + known);
    }

    private Future<Answer> performance(Long instanceId, int limit, long sinceNs) {
        return ask(history.performance(instanceId, limit))
                .compose(
                        points ->
                                ask(history.summary(instanceId))
                                        .map(
                                                summary ->
                                                        Answer.ok(
                                                                JSON.performance(
                                                                        instanceId,
                                                                        since(points, sinceNs),
                                                                        summary))));
    }

    private static List<TradeHistory.PerformancePoint> since(
            List<TradeHistory.PerformancePoint> points, long sinceNs) {
        return points.stream().filter(point -> point.timeNs() >= sinceNs).toList();
    }

    private static TradeHistory.Query tradeQuery(Call call, boolean withFormat) {
        RequestQuery query =
                withFormat
                        ? call.query()
                                .allowOnly(
                                        "instance_id",
                                        "symbol",
                                        "is_open",
                                        "from",
                                        "to",
                                        "offset",
                                        "limit",
                                        "format")
                        : call.query()
                                .allowOnly(
                                        "instance_id",
                                        "symbol",
                                        "is_open",
                                        "from",
                                        "to",
                                        "offset",
                                        "limit");
        return new TradeHistory.Query(
                query.wholeOrNull("instance_id", 0, Long.MAX_VALUE),
                query.text("symbol", SYMBOL, SYMBOL_ALLOWED),
                query.boolOrNull("is_open"),
                query.timeNsOrNull("from"),
                query.timeNsOrNull("to"),
                (int) query.whole("offset", 0, 10_000_000, 0),
                (int) query.whole("limit", 1, 1_000, 100));
    }

    private static Answer page(TradeHistory.Query query, TradeHistory.Page page) {
        return Answer.ok(
                new JsonObject()
                        .put("trades", ViewJson.array(page.rows(), JSON::trade))
                        .put("total", page.total())
                        .put("offset", query.offset())
                        .put("limit", query.limit()));
    }

    private static long lengthNs(String period) {
        long hours =
                switch (period.charAt(period.length() - 1)) {
                    case 'h' -> 1;
                    case 'd' -> 24;
                    default -> 7 * 24;
                };
        return Long.parseLong(period.substring(0, period.length() - 1))
                * hours
                * 3_600_000_000_000L;
    }

    private static Future<Answer> answer(Answer answer) {
        return Future.succeededFuture(answer);
    }

    private static <T> Future<T> ask(CompletionStage<T> stage) {
        return Future.fromCompletionStage(stage, io.vertx.core.Vertx.currentContext());
    }
}
