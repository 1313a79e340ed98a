package saker.venue;

import saker.broker.simulated.Order;
import saker.broker.simulated.Outcome;
import saker.broker.simulated.SimulatedBroker;
import saker.broker.simulated.Trade;
import saker.broker.simulated.Transaction;

/** What the desks share: the account brought up to date, specifiers, answers to outcomes. */
class Desk {
    static final String ACCOUNT = "/v3/accounts/{account}";

    private static final long NO_SUCH_ID = 0;

    protected final VenueAccount account;
    protected final SimulatedBroker broker;
    protected final TransactionWriter transactions;
    protected final OrderWriter orders;
    protected final TradeWriter trades;

    Desk(VenueAccount account, String accountId) {
        this.account = account;
        this.broker = account.broker();
        this.transactions = new TransactionWriter(broker, accountId);
        this.orders = new OrderWriter(broker);
        this.trades = new TradeWriter(broker);
    }

    /** The order of {@code 123} or {@code @clientID}; null if there is none. */
    Order order(String specifier) {
        if (specifier.startsWith("@")) {
            return broker.orderByClientId(specifier.substring(1));
        }
        return broker.order(number(specifier, "orderSpecifier"));
    }

    /** An id for the account to judge: of the order, or one that does not exist. */
    long orderId(String specifier) {
        if (!specifier.startsWith("@")) {
            return number(specifier, "orderSpecifier");
        }
        Order order = order(specifier);
        return order == null ? NO_SUCH_ID : order.id();
    }

    Trade trade(String specifier) {
        if (specifier.startsWith("@")) {
            return broker.tradeByClientId(specifier.substring(1));
        }
        return broker.trade(number(specifier, "tradeSpecifier"));
    }

    long tradeId(String specifier) {
        if (!specifier.startsWith("@")) {
            return number(specifier, "tradeSpecifier");
        }
        Trade trade = trade(specifier);
        return trade == null ? NO_SUCH_ID : trade.id();
    }

    /** Ends an answer with the newest transaction id. */
    Answer answer(int status, JsonLine json) {
        json.id("lastTransactionID", broker.lastTransactionId());
        return Answer.json(status, json.end());
    }

    Answer ok(JsonLine json) {
        return answer(200, json);
    }

    /**
     * The answer to a request that changed, or wanted to change, the account.
     *
     * @param acceptedStatus 200 or 201
     */
    Answer answer(VenueRequest request, Outcome outcome, int acceptedStatus) {
        JsonLine json = members(request, outcome);
        json.ids(
                "relatedTransactionIDs",
                outcome.transactions().stream().map(Transaction::id).toList());
        return echo(request, answer(status(outcome, acceptedStatus), json));
    }

    /** The transactions of an outcome by their members, and why it was refused. */
    JsonLine members(VenueRequest request, Outcome outcome) {
        account.commit();
        JsonLine json = request.json().begin();
        for (Outcome.Entry entry : outcome.entries()) {
            if (entry.role().member() != null) {
                transactions.member(json, entry.role().member(), entry.transaction());
            }
        }
        if (!outcome.accepted()) {
            json.text("errorCode", outcome.reason().name());
            json.text("errorMessage", outcome.reason().message());
        }
        return json;
    }

    static int status(Outcome outcome, int acceptedStatus) {
        return switch (outcome.status()) {
            case ACCEPTED -> acceptedStatus;
            case REJECTED -> 400;
            case NOT_FOUND -> 404;
        };
    }

    private static Answer echo(VenueRequest request, Answer answer) {
        String id = request.clientRequestId();
        return id == null ? answer : answer.with("ClientRequestID", id);
    }

    private static long number(String specifier, String name) {
        if (!specifier.matches("\\d{1,18}")) {
            throw Refusal.invalid(name);
        }
        return Long.parseLong(specifier);
    }
}
