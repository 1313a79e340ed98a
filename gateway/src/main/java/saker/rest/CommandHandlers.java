package saker.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import saker.api.CommandOutcome;
import saker.api.CommandRequest;
import saker.api.Engine;
import saker.api.EngineView;
import saker.api.PositionView;
import saker.api.QuoteView;
import saker.api.Workers;
import saker.json.BadRequest;
import saker.json.RequestBody;
import saker.json.ViewJson;
import saker.model.Command;
import saker.model.FixedPoint;
import saker.model.OrderIntent;
import saker.model.RiskRule;
import saker.model.Side;

/**
 * The commands. Each becomes one record of the journal: its id follows from the user and the
 * Idempotency-Key, so a repeated request finds the first one, even after a restart. Event loop
 * only.
 */
final class CommandHandlers {
    static final int MAX_REASON_CHARS = 200;

    static final long MAX_WAIT_MS = 30_000;

    /** Refused because of the state of things, which may change; all others are limits. */
    private static final Set<RiskRule> CONFLICTS =
            EnumSet.of(
                    RiskRule.ENGINE_HALTED,
                    RiskRule.ACCOUNT_RECONCILING,
                    RiskRule.ACCOUNT_HALTED,
                    RiskRule.INSTANCE_DISABLED,
                    RiskRule.INSTRUMENT_REDUCE_ONLY,
                    RiskRule.DISK_LOW,
                    RiskRule.FEED_STALE,
                    RiskRule.QUOTE_STALE,
                    RiskRule.NO_QUOTE,
                    RiskRule.NOT_TRADEABLE,
                    RiskRule.REQUEST_PENDING);

    private final Engine engine;
    private final Workers workers;
    private final IdempotencyStore used;

    CommandHandlers(Engine engine, Workers workers, IdempotencyStore used) {
        this.engine = engine;
        this.workers = workers;
        this.used = used;
    }

    Future<Answer> trade(Call call) {
        RequestBody body =
                call.body()
                        .allowOnly(
                                "symbol", "action", "volume", "stop_loss", "take_profit", "reason");
        return run(call, Command.Type.TRADE, id -> tradeRequest(call, body, id));
    }

    Future<Answer> close(Call call) {
        RequestBody body = call.body().allowOnly("volume", "reason");
        return run(call, Command.Type.CLOSE, id -> closeRequest(call, body, id));
    }

    Future<Answer> modify(Call call) {
        RequestBody body = call.body().allowOnly("stop_loss", "take_profit", "reason");
        if (!body.has("stop_loss") && !body.has("take_profit")) {
            throw new BadRequest("body", "neither", "stop_loss, take_profit or both");
        }
        return run(call, Command.Type.MODIFY, id -> modifyRequest(call, body, id));
    }

    Future<Answer> cancel(Call call) {
        long orderId = call.pathTicket("order_id");
        call.body().allowOnly();
        return run(
                call,
                Command.Type.CANCEL,
                id -> request(call, Command.Type.CANCEL, id, null, 0, 0, orderId, 0, 0));
    }

    Future<Answer> enable(Call call) {
        RequestBody body = call.body().allowOnly("instance_id", "enabled", "reason");
        Command.Type type =
                body.bool("enabled") ? Command.Type.ENABLE_INSTANCE : Command.Type.DISABLE_INSTANCE;
        return run(call, type, id -> enableRequest(call, body, type, id));
    }

    Future<Answer> simple(Call call, Command.Type type) {
        call.body().allowOnly("reason");
        return run(call, type, id -> request(call, type, id, null, 0, 0, 0, 0, 0));
    }

    /** How a final outcome is answered. */
    static int statusOf(CommandOutcome outcome) {
        if (!outcome.state().isFinal()) {
            return 202;
        }
        if (outcome.state() == CommandOutcome.State.DONE) {
            return 200;
        }
        if (outcome.rule() == RiskRule.UNKNOWN_TICKET) {
            return 404;
        }
        return CONFLICTS.contains(outcome.rule()) ? 409 : 422;
    }

    private Future<Answer> run(
            Call call, Command.Type type, Function<String, CommandRequest> toRequest) {
        long waitMs = call.query().allowOnly("wait").whole("wait", 0, MAX_WAIT_MS, 0);
        return used.once(call, () -> submit(call, type, toRequest)).answer().apply(waitMs);
    }

    private IdempotencyStore.Act submit(
            Call call, Command.Type type, Function<String, CommandRequest> toRequest) {
        String id =
                IdempotencyStore.commandId(
                        "command", call.who().username(), IdempotencyStore.key(call));
        Optional<CommandOutcome> earlier = engine.command(id);
        if (earlier.isPresent() && earlier.get().type() != type) {
            throw IdempotencyStore.keyUsed();
        }
        Future<Long> submitted =
                earlier.isPresent()
                        ? Future.succeededFuture(0L) // Sent before the gateway was restarted.
                        : Future.fromCompletionStage(
                                engine.submit(toRequest.apply(id)), Vertx.currentContext());
        Future<Long> answered = submitted.recover(CommandHandlers::notInJournal);
        return new IdempotencyStore.Act(
                answered, waitMs -> answered.compose(index -> outcome(id, type, waitMs)));
    }

    private Future<Answer> outcome(String id, Command.Type type, long waitMs) {
        if (waitMs == 0) {
            CommandOutcome now = engine.command(id).orElse(accepted(id, type));
            return Future.succeededFuture(answer(202, now));
        }
        return Future.fromCompletionStage(engine.await(id, waitMs), Vertx.currentContext())
                .map(outcome -> outcome == null ? accepted(id, type) : outcome)
                .map(outcome -> answer(statusOf(outcome), outcome));
    }

    private CommandRequest tradeRequest(Call call, RequestBody body, String id) {
        String symbol = body.text("symbol", ReadHandlers.SYMBOL, ReadHandlers.SYMBOL_ALLOWED);
        QuoteView quote = ReadHandlers.quote(engine.view(), "symbol", symbol);
        Side side = body.choice("action", Map.of("BUY", Side.BUY, "SELL", Side.SELL));
        long unitsE4 = Volume.unitsE4(body, quote);
        return request(
                call,
                Command.Type.TRADE,
                id,
                symbol,
                0,
                side == Side.BUY ? unitsE4 : -unitsE4,
                0,
                Volume.priceE8(body, "stop_loss", quote, 0),
                Volume.priceE8(body, "take_profit", quote, 0));
    }

    private CommandRequest closeRequest(Call call, RequestBody body, String id) {
        PositionView position = position(call);
        long unitsE4 = 0; // All of it.
        if (body.has("volume")) {
            QuoteView quote = ReadHandlers.quote(engine.view(), "symbol", position.symbol());
            unitsE4 = Volume.unitsE4(body, quote);
            if (unitsE4 > Math.abs(position.unitsE4())) {
                throw new BadRequest(
                        "volume",
                        body.node("volume").asText(),
                        "at most " + FixedPoint.format(Math.abs(position.lotsE8()), 8, 2));
            }
            unitsE4 = unitsE4 == Math.abs(position.unitsE4()) ? 0 : unitsE4;
        }
        return request(call, Command.Type.CLOSE, id, null, 0, unitsE4, position.ticket(), 0, 0);
    }

    private CommandRequest modifyRequest(Call call, RequestBody body, String id) {
        PositionView position = position(call);
        QuoteView quote = ReadHandlers.quote(engine.view(), "symbol", position.symbol());
        return request(
                call,
                Command.Type.MODIFY,
                id,
                null,
                0,
                0,
                position.ticket(),
                modified(body, "stop_loss", quote),
                modified(body, "take_profit", quote));
    }

    /** Null takes it away, absent leaves it. */
    private static long modified(RequestBody body, String name, QuoteView quote) {
        return body.isNull(name) ? 0 : Volume.priceE8(body, name, quote, OrderIntent.UNCHANGED);
    }

    private CommandRequest enableRequest(
            Call call, RequestBody body, Command.Type type, String id) {
        long instanceId = body.whole("instance_id", 0, Long.MAX_VALUE);
        boolean known =
                engine.view().strategies().stream().anyMatch(s -> s.instanceId() == instanceId);
        if (!known) {
            throw Problem.notFound("no such strategy instance: instance_id=" + instanceId);
        }
        String why = workers.whyNotEnabled(instanceId);
        if (type == Command.Type.ENABLE_INSTANCE && !why.isEmpty()) {
            throw new Problem(409, "conflict", why);
        }
        return request(call, type, id, null, instanceId, 0, 0, 0, 0);
    }

    private PositionView position(Call call) {
        long ticket = call.pathTicket("ticket");
        EngineView view = engine.view();
        return view.positions().stream()
                .filter(position -> position.ticket() == ticket)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("no such open trade: ticket=" + ticket));
    }

    private static CommandRequest request(
            Call call,
            Command.Type type,
            String id,
            String symbol,
            long instanceId,
            long unitsE4,
            long ticket,
            long stopLossE8,
            long takeProfitE8) {
        String reason = call.body().textOr("reason", "", MAX_REASON_CHARS);
        return new CommandRequest(
                type,
                id,
                call.who().username(),
                reason,
                symbol,
                instanceId,
                unitsE4,
                ticket,
                stopLossE8,
                takeProfitE8);
    }

    private static CommandOutcome accepted(String id, Command.Type type) {
        return new CommandOutcome(
                id, type, CommandOutcome.State.ACCEPTED, RiskRule.NONE, 0, 0, 0, "in the journal");
    }

    private static Answer answer(int status, CommandOutcome outcome) {
        JsonObject json = ViewJson.REST.command(outcome);
        return Answer.of(status, json);
    }

    private static Future<Long> notInJournal(Throwable failure) {
        String message = "the command is not in the journal: " + failure.getMessage();
        return Future.failedFuture(new Problem(503, "engine_unavailable", message));
    }
}
