package saker.auth;

import static saker.api.UserStore.Role.ADMIN;
import static saker.api.UserStore.Role.RISK;
import static saker.api.UserStore.Role.TRADER;
import static saker.api.UserStore.Role.VIEWER;

import java.util.EnumSet;
import java.util.Set;
import saker.api.UserStore.Role;

/**
 * Everything the gateway lets anyone do, and who may: the one table of roles. Routes and topics are
 * built from it, so what is not here does not exist, and a role that is not named is refused.
 *
 * <p>Viewers read. Traders also place and close trades, enable and disable strategies, and halt.
 * Risk halts, flattens and resumes, starts and stops strategy workers, and reads logs. Admins do
 * all of it and manage users.
 */
public enum Operation {
    GET_ROOT("getRoot", "GET", "/", Kind.PUBLIC),
    OPEN_SOCKET("openSocket", "GET", "/ws", Kind.PUBLIC),
    OPEN_SOCKET_ALIAS("openSocketAlias", "GET", "/ws/live", Kind.PUBLIC),
    GET_HEALTH("getHealth", "GET", "/api/health", Kind.PUBLIC),
    LOGIN("login", "POST", "/api/auth/login", Kind.PUBLIC),
    REFRESH("refresh", "POST", "/api/auth/refresh", Kind.COOKIE),
    LOGOUT("logout", "POST", "/api/auth/logout", Kind.COOKIE),

    GET_ME("getMe", "GET", "/api/auth/me", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    CHANGE_PASSWORD(
            "changePassword",
            "POST",
            "/api/auth/password",
            Kind.WRITE,
            VIEWER,
            TRADER,
            RISK,
            ADMIN),
    GET_STATUS("getStatus", "GET", "/api/status", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    GET_ACCOUNT("getAccount", "GET", "/api/account", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    LIST_ACCOUNTS("listAccounts", "GET", "/api/accounts", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    LIST_QUOTES("listQuotes", "GET", "/api/quotes", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    LIST_BARS("listBars", "GET", "/api/bars", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    LIST_STRATEGIES(
            "listStrategies", "GET", "/api/strategies", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    LIST_WORKERS("listWorkers", "GET", "/api/workers", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    LIST_POSITIONS(
            "listPositions", "GET", "/api/positions", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    LIST_ORDERS("listOrders", "GET", "/api/orders", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    LIST_SIGNALS("listSignals", "GET", "/api/signals", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    LIST_TRADES("listTrades", "GET", "/api/trades", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    GET_HISTORY("getHistory", "GET", "/api/history", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    GET_PERFORMANCE(
            "getPerformance", "GET", "/api/performance", Kind.READ, VIEWER, TRADER, RISK, ADMIN),
    GET_PORTFOLIO_PERFORMANCE(
            "getPortfolioPerformance",
            "GET",
            "/api/portfolio/performance",
            Kind.READ,
            VIEWER,
            TRADER,
            RISK,
            ADMIN),
    GET_COMMAND("getCommand", "GET", "/api/commands/{id}", Kind.READ, VIEWER, TRADER, RISK, ADMIN),

    LIST_LOGS("listLogs", "GET", "/api/logs", Kind.READ, RISK, ADMIN),

    TRADE("trade", "POST", "/api/trade", Kind.COMMAND, TRADER, ADMIN),
    CLOSE_TRADE("closeTrade", "POST", "/api/close/{ticket}", Kind.COMMAND, TRADER, ADMIN),
    MODIFY_POSITION(
            "modifyPosition", "PATCH", "/api/positions/{ticket}", Kind.COMMAND, TRADER, ADMIN),
    CANCEL_ORDER("cancelOrder", "DELETE", "/api/orders/{order_id}", Kind.COMMAND, TRADER, ADMIN),
    ENABLE_STRATEGY("enableStrategy", "POST", "/api/strategy/enable", Kind.COMMAND, TRADER, ADMIN),
    HALT("halt", "POST", "/api/halt", Kind.COMMAND, TRADER, RISK, ADMIN),
    FLATTEN("flatten", "POST", "/api/flatten", Kind.COMMAND, RISK, ADMIN),
    RESUME("resume", "POST", "/api/resume", Kind.COMMAND, RISK, ADMIN),

    START_WORKER(
            "startWorker", "POST", "/api/workers/{worker_id}/start", Kind.COMMAND, RISK, ADMIN),
    STOP_WORKER("stopWorker", "POST", "/api/workers/{worker_id}/stop", Kind.COMMAND, RISK, ADMIN),
    RESTART_WORKER(
            "restartWorker", "POST", "/api/workers/{worker_id}/restart", Kind.COMMAND, RISK, ADMIN),

    LIST_USERS("listUsers", "GET", "/api/admin/users", Kind.READ, ADMIN),
    CREATE_USER("createUser", "POST", "/api/admin/users", Kind.WRITE, ADMIN),
    SET_ROLE("setRole", "PUT", "/api/admin/users/{username}/role", Kind.WRITE, ADMIN),
    RESET_PASSWORD(
            "resetPassword", "PUT", "/api/admin/users/{username}/password", Kind.WRITE, ADMIN),

    WATCH_QUOTES("quotes", "WS", "quotes", Kind.TOPIC, VIEWER, TRADER, RISK, ADMIN),
    WATCH_CANDLES("candles", "WS", "candles:{sym}:{tf}", Kind.TOPIC, VIEWER, TRADER, RISK, ADMIN),
    WATCH_ACCOUNT("account", "WS", "account:{id}", Kind.TOPIC, VIEWER, TRADER, RISK, ADMIN),
    WATCH_POSITIONS("positions", "WS", "positions:{id}", Kind.TOPIC, VIEWER, TRADER, RISK, ADMIN),
    WATCH_STRATEGIES("strategies", "WS", "strategies", Kind.TOPIC, VIEWER, TRADER, RISK, ADMIN),
    WATCH_WORKERS("workers", "WS", "workers", Kind.TOPIC, VIEWER, TRADER, RISK, ADMIN),
    WATCH_ORDERS("orders", "WS", "orders:{id}", Kind.TOPIC, VIEWER, TRADER, RISK, ADMIN),
    WATCH_FILLS("fills", "WS", "fills:{id}", Kind.TOPIC, VIEWER, TRADER, RISK, ADMIN),
    WATCH_SIGNALS("signals", "WS", "signals", Kind.TOPIC, VIEWER, TRADER, RISK, ADMIN),
    WATCH_COMMANDS("commands", "WS", "commands", Kind.TOPIC, VIEWER, TRADER, RISK, ADMIN),
    WATCH_STATUS("status", "WS", "status", Kind.TOPIC, VIEWER, TRADER, RISK, ADMIN);

    public enum Kind {
        /** No identity. */
        PUBLIC,
        /** The refresh cookie, and a header that no foreign form can send. */
        COOKIE,
        READ,
        WRITE,
        /** Goes to the engine; needs an Idempotency-Key. */
        COMMAND,
        /** Subscription on the socket. */
        TOPIC
    }

    private final String id;
    private final String method;
    private final String path;
    private final Kind kind;
    private final Set<Role> roles = EnumSet.noneOf(Role.class);

    Operation(String id, String method, String path, Kind kind, Role... roles) {
        this.id = id;
        this.method = method;
        this.path = path;
        this.kind = kind;
        this.roles.addAll(Set.of(roles));
    }

    /** The operationId of the contract; of a topic its family. */
    public String id() {
        return id;
    }

    public String method() {
        return method;
    }

    /** Path as in the contract, with parameters in braces. */
    public String path() {
        return path;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether no identity is asked for. */
    public boolean isOpen() {
        return kind == Kind.PUBLIC || kind == Kind.COOKIE;
    }

    /** Whether {@code who} may do this now. */
    public boolean allows(Principal who) {
        if (who.mustChangePassword() && this != CHANGE_PASSWORD && this != GET_ME) {
            return false;
        }
        return allows(who.role());
    }

    public boolean allows(Role role) {
        return roles.contains(role);
    }

    /** Whether it only takes risk away; such requests have a budget of their own. */
    public boolean reducesRisk() {
        return this == HALT || this == FLATTEN || this == CLOSE_TRADE || this == CANCEL_ORDER;
    }
}
