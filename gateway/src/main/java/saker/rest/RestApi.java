package saker.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.api.Engine;
import saker.api.LogHistory;
import saker.api.TradeHistory;
import saker.api.UserStore;
import saker.api.Workers;
import saker.auth.AccessTokens;
import saker.auth.Logins;
import saker.auth.Operation;
import saker.auth.Principal;
import saker.auth.RateLimiter;
import saker.auth.TokenCheck;
import saker.json.RequestBody;
import saker.model.Command;

/**
 * The HTTP routes. Every route comes from the {@link Operation} table and passes the same gate:
 * rate, identity, role, body, handler. Event loop only.
 */
public final class RestApi {
    public static final int MAX_BODY_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RestApi.class);
    private static final String BEARER = "Bearer ";

    private final AccessTokens tokens;
    private final Logins logins;
    private final Origins origins;
    private final boolean behindProxy;
    private final MeterRegistry meters;
    private final RateLimiter anonymousRate;
    private final RateLimiter readRate;
    private final RateLimiter commandRate;
    private final RateLimiter reliefRate;
    private final RateLimiter auditRate;
    private final Map<Operation, Function<Call, Future<Answer>>> handlers =
            new EnumMap<>(Operation.class);

    /**
     * @param secure whether browsers reach us by TLS
     * @param sockets number of open sockets
     */
    public RestApi(
            Engine engine,
            Workers workers,
            LogHistory logs,
            TradeHistory history,
            UserStore users,
            AccessTokens tokens,
            Logins logins,
            Origins origins,
            boolean behindProxy,
            boolean secure,
            IntSupplier sockets,
            MeterRegistry meters,
            InstantSource clock) {
        this.tokens = tokens;
        this.logins = logins;
        this.origins = origins;
        this.behindProxy = behindProxy;
        this.meters = meters;
        this.anonymousRate = new RateLimiter(clock, 50, 200);
        this.readRate = new RateLimiter(clock, 50, 200);
        this.commandRate = new RateLimiter(clock, 10, 50);
        this.reliefRate = new RateLimiter(clock, 20, 100);
        this.auditRate = new RateLimiter(clock, 5, 50);
        IdempotencyStore used = new IdempotencyStore(clock);
        register(new ReadHandlers(engine, workers, history, clock, sockets));
        register(new CommandHandlers(engine, workers, used));
        register(new WorkerHandlers(workers, used));
        handlers.put(Operation.LIST_LOGS, new LogHandlers(logs, clock)::lines);
        register(new AuthHandlers(logins, users, secure));
    }

    /** Adds the API's routes; those of the page and of the socket are not among them. */
    public void mount(Router router) {
        router.route("/api/*").handler(bodyHandler());
        for (Operation operation : Operation.values()) {
            if (operation.path().startsWith("/api/")) {
                mount(router, operation);
            }
        }
        router.route("/api/*").handler(this::onUnknownPath);
        router.route("/api/*").failureHandler(this::onFailure);
    }

    /** The client's address, as the socket or the declared proxy says. */
    public String address(io.vertx.core.http.HttpServerRequest request) {
        String forwarded = behindProxy ? request.getHeader("X-Forwarded-For") : null;
        if (forwarded == null) {
            return request.remoteAddress().hostAddress();
        }
        // The last one is what our proxy saw; the ones before it are what the client claims.
        return forwarded.substring(forwarded.lastIndexOf(',') + 1).trim();
    }

    private void mount(Router router, Operation operation) {
        Function<Call, Future<Answer>> handler = handlers.get(operation);
        if (handler == null) {
            throw new IllegalStateException("no handler: operation=" + operation);
        }
        String path = operation.path().replaceAll("\\{([a-z_]+)}", ":$1");
        Route route = router.route(HttpMethod.valueOf(operation.method()), path);
        if (operation.method().equals("GET")) {
            route.method(HttpMethod.HEAD);
        }
        route.handler(context -> serve(context, operation, handler));
    }

    private void serve(
            RoutingContext context, Operation operation, Function<Call, Future<Answer>> handler) {
        long startNs = System.nanoTime();
        Future<Answer> answer;
        try {
            answer = handler.apply(admit(context, operation));
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        answer.onComplete(
                done -> {
                    if (done.succeeded()) {
                        send(context, done.result());
                    } else {
                        sendProblem(context, operation.id(), done.cause());
                    }
                    measure(operation, context.response().getStatusCode(), startNs);
                });
    }

    private Call admit(RoutingContext context, Operation operation) {
        String address = address(context.request());
        Principal who = operation.isOpen() ? null : identify(context, address);
        takeRate(operation, who, address);
        if (operation.kind() == Operation.Kind.COOKIE) {
            checkOwnPage(context);
            who = identifyIfValid(context);
        } else if (who != null && !operation.allows(who)) {
            auditRefusal(who.username(), address, operation.id(), "role " + who.roleName());
            throw Problem.forbidden(
                    who.mustChangePassword()
                            ? "change the password first"
                            : "not allowed for role " + who.roleName());
        }
        return new Call(context, operation, who, address, body(context));
    }

    private Principal identify(RoutingContext context, String address) {
        String header = context.request().getHeader("Authorization");
        if (header == null || !header.startsWith(BEARER)) {
            takeRate(null, null, address);
            throw Problem.unauthorized();
        }
        TokenCheck check = tokens.check(header.substring(BEARER.length()));
        if (check instanceof TokenCheck.Valid valid) {
            return valid.principal();
        }
        takeRate(null, null, address);
        String reason = ((TokenCheck.Refused) check).reason();
        auditRefusal("?", address, "token", reason);
        throw Problem.unauthorized();
    }

    private Principal identifyIfValid(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        if (header == null || !header.startsWith(BEARER)) {
            return null;
        }
        return tokens.check(header.substring(BEARER.length())) instanceof TokenCheck.Valid valid
                ? valid.principal()
                : null;
    }

    private void takeRate(Operation operation, Principal who, String address) {
        long waitMs;
        if (who == null) {
            waitMs = anonymousRate.take(address);
        } else if (operation.kind() != Operation.Kind.COMMAND) {
            waitMs = readRate.take(who.username());
        } else if (operation.reducesRisk()) {
            waitMs = reliefRate.take(who.username());
        } else {
            waitMs = commandRate.take(who.username());
        }
        if (waitMs > 0) {
            throw Problem.tooMany(waitMs);
        }
    }

    /** The cookie comes by itself; this header does not, and a foreign page cannot add it. */
    private void checkOwnPage(RoutingContext context) {
        boolean marked = "1".equals(context.request().getHeader("X-Saker-Request"));
        boolean foreign =
                context.request().getHeader("Origin") != null
                        && !origins.isAllowed(context.request());
        if (!marked || foreign) {
            throw Problem.forbidden("header X-Saker-Request: 1 from our own page");
        }
    }

    private static RequestBody body(RoutingContext context) {
        var buffer = context.body().buffer();
        if (buffer == null || buffer.length() == 0) {
            return RequestBody.parse(new byte[0]);
        }
        String type = context.request().getHeader("Content-Type");
        if (type == null
                || !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
            throw new Problem(415, "unsupported_media_type", "Content-Type: application/json");
        }
        return RequestBody.parse(buffer.getBytes());
    }

    private void send(RoutingContext context, Answer answer) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        if (answer.contentType() != null) {
            response.putHeader("Content-Type", answer.contentType());
        }
        answer.headers().forEach(response::putHeader);
        response.end(answer.body());
    }

    private void sendProblem(RoutingContext context, String what, Throwable failure) {
        Problem problem = Problem.of(failure);
        String requestId = UUID.randomUUID().toString().substring(0, 8);
        if (problem.status() >= 500) {
            LOG.warn("request failed: operation={}, request_id={}", what, requestId, failure);
        }
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (problem.retryAfterS() > 0) {
            response.putHeader("Retry-After", Long.toString(problem.retryAfterS()));
        }
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        JsonObject json = problem.json(requestId);
        response.setStatusCode(problem.status())
                .putHeader("Content-Type", "application/json")
                .end(json.toBuffer());
    }

    private void onUnknownPath(RoutingContext context) {
        try {
            identify(context, address(context.request()));
            sendProblem(context, "?", Problem.notFound("no such path or method"));
        } catch (Problem problem) {
            sendProblem(context, "?", problem);
        }
    }

    private void onFailure(RoutingContext context) {
        int status = context.statusCode();
        Throwable failure =
                status == 413
                        ? new Problem(
                                413, "too_large", "a body of at most " + MAX_BODY_BYTES + " bytes")
                        : status >= 400 && status < 500
                                ? new Problem(status, "bad_request", "bad request")
                                : context.failure();
        sendProblem(context, "?", failure == null ? new IllegalStateException() : failure);
    }

    private void auditRefusal(String user, String address, String action, String why) {
        if (auditRate.take(address) == 0) {
            logins.audit(user, address, action, "refused", why);
        } else {
            meters.counter("saker_audit_refusals_not_written").increment();
        }
    }

    private void measure(Operation operation, int status, long startNs) {
        meters.timer(
                        "saker_http_requests",
                        "operation",
                        operation.id(),
                        "status",
                        Integer.toString(status))
                .record(System.nanoTime() - startNs, TimeUnit.NANOSECONDS);
    }

    private static BodyHandler bodyHandler() {
        return BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES);
    }

    private void register(ReadHandlers read) {
        handlers.put(Operation.GET_HEALTH, read::health);
        handlers.put(Operation.GET_STATUS, read::status);
        handlers.put(Operation.GET_ACCOUNT, read::account);
        handlers.put(Operation.LIST_ACCOUNTS, read::accounts);
        handlers.put(Operation.LIST_QUOTES, read::quotes);
        handlers.put(Operation.LIST_BARS, read::bars);
        handlers.put(Operation.LIST_STRATEGIES, read::strategies);
        handlers.put(Operation.LIST_POSITIONS, read::positions);
        handlers.put(Operation.LIST_ORDERS, read::orders);
        handlers.put(Operation.LIST_SIGNALS, read::signals);
        handlers.put(Operation.LIST_TRADES, read::trades);
        handlers.put(Operation.GET_HISTORY, read::history);
        handlers.put(Operation.GET_PERFORMANCE, read::performance);
        handlers.put(Operation.GET_PORTFOLIO_PERFORMANCE, read::portfolioPerformance);
        handlers.put(Operation.GET_COMMAND, read::command);
    }

    private void register(CommandHandlers commands) {
        handlers.put(Operation.TRADE, commands::trade);
        handlers.put(Operation.CLOSE_TRADE, commands::close);
        handlers.put(Operation.MODIFY_POSITION, commands::modify);
        handlers.put(Operation.CANCEL_ORDER, commands::cancel);
        handlers.put(Operation.ENABLE_STRATEGY, commands::enable);
        handlers.put(Operation.HALT, call -> commands.simple(call, Command.Type.HALT));
        handlers.put(Operation.FLATTEN, call -> commands.simple(call, Command.Type.FLATTEN));
        handlers.put(Operation.RESUME, call -> commands.simple(call, Command.Type.RESUME));
    }

    private void register(WorkerHandlers workers) {
        handlers.put(Operation.LIST_WORKERS, workers::list);
        handlers.put(Operation.START_WORKER, call -> workers.control(call, Workers.Action.START));
        handlers.put(Operation.STOP_WORKER, call -> workers.control(call, Workers.Action.STOP));
        handlers.put(
                Operation.RESTART_WORKER, call -> workers.control(call, Workers.Action.RESTART));
    }

    private void register(AuthHandlers auth) {
        handlers.put(Operation.LOGIN, auth::login);
        handlers.put(Operation.REFRESH, auth::refresh);
        handlers.put(Operation.LOGOUT, auth::logout);
        handlers.put(Operation.GET_ME, auth::me);
        handlers.put(Operation.CHANGE_PASSWORD, auth::changePassword);
        handlers.put(Operation.LIST_USERS, auth::users);
        handlers.put(Operation.CREATE_USER, auth::createUser);
        handlers.put(Operation.SET_ROLE, auth::setRole);
        handlers.put(Operation.RESET_PASSWORD, auth::resetPassword);
    }
}
