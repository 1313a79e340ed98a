package saker.venue;

import java.util.LinkedHashSet;
import java.util.Set;
import saker.broker.simulated.AccountSummary;
import saker.broker.simulated.InstrumentTerms;
import saker.broker.simulated.Order;
import saker.broker.simulated.Outcome;
import saker.broker.simulated.Position;
import saker.broker.simulated.Trade;

/** The endpoints of accounts. */
final class AccountDesk extends Desk {
    private final String accountId;

    AccountDesk(VenueAccount account, String accountId) {
        super(account, accountId);
        this.accountId = accountId;
    }

    void register(Router router) {
        router.add("GET", "/v3/accounts", this::list);
        router.add("GET", ACCOUNT, this::whole);
        router.add("GET", ACCOUNT + "/summary", this::summary);
        router.add("GET", ACCOUNT + "/instruments", this::instruments);
        router.add("PATCH", ACCOUNT + "/configuration", this::configure);
        router.add("GET", ACCOUNT + "/changes", this::changes);
    }

    private Answer list(VenueRequest request) {
        JsonLine json = request.json().begin().beginArray("accounts");
        json.beginElement().text("id", accountId).beginArray("tags").endArray().end();
        return Answer.ok(json.endArray().end());
    }

    private Answer summary(VenueRequest request) {
        JsonLine json = request.json().begin().begin("account");
        AccountWriter.members(json, broker.account(), transactions.userId());
        return ok(json.end());
    }

    private Answer whole(VenueRequest request) {
        JsonLine json = request.json().begin().begin("account");
        AccountWriter.members(json, broker.account(), transactions.userId());
        json.beginArray("trades");
        broker.openTrades().forEach(trade -> trades.summary(json, trade));
        json.endArray().beginArray("positions");
        broker.positions().forEach(position -> position(json, position));
        json.endArray().beginArray("orders");
        broker.pendingOrders().forEach(order -> order(json, order));
        return ok(json.endArray().end());
    }

    private Answer instruments(VenueRequest request) {
        Set<String> names = request.list("instruments");
        for (String name : names) {
            if (broker.instrument(name) == null) {
                throw Refusal.invalid("instruments");
            }
        }
        JsonLine json = request.json().begin().beginArray("instruments");
        for (InstrumentTerms terms : broker.instruments()) {
            if (names.isEmpty() || names.contains(terms.name())) {
                AccountWriter.instrument(json, terms);
            }
        }
        return ok(json.endArray());
    }

    private Answer configure(VenueRequest request) {
        RequestBody body = new RequestBody(request.body(), "");
        Outcome outcome =
                broker.configure(
                        body.text("alias"),
                        body.decimalE14("marginRate"),
                        Long.toString(request.requestId()));
        return answer(status(outcome, 200), members(request, outcome));
    }

    private Answer changes(VenueRequest request) {
        long since = request.requiredId("sinceTransactionID");
        if (since > broker.lastTransactionId()) {
            throw new Refusal(416, null, "The transaction ID specified is out of range");
        }
        AccountChanges changes = AccountChanges.since(broker, since);
        JsonLine json = request.json().begin().begin("changes");
        orders(json, "ordersCreated", changes.ordersCreated());
        orders(json, "ordersCancelled", changes.ordersCancelled());
        orders(json, "ordersFilled", changes.ordersFilled());
        json.beginArray("ordersTriggered").endArray();
        trades(json, "tradesOpened", changes.tradesOpened());
        trades(json, "tradesReduced", changes.tradesReduced());
        trades(json, "tradesClosed", changes.tradesClosed());
        json.beginArray("positions");
        changes.positions().forEach(name -> position(json, broker.position(name)));
        json.endArray().beginArray("transactions");
        changes.transactions().forEach(t -> transactions.element(json, t));
        json.endArray().end();
        state(json);
        return ok(json);
    }

    private void state(JsonLine json) {
        AccountSummary account = broker.account();
        json.begin("state");
        AccountWriter.calculated(json, account);
        json.beginArray("orders");
        for (Order order : broker.pendingOrders()) {
            if (order.trailingStopValueE8() != null) {
                json.beginElement().id("id", order.id());
                int digits = Terms.digits(broker, order.spec().instrument());
                json.price("trailingStopValue", order.trailingStopValueE8(), digits).end();
            }
        }
        json.endArray().beginArray("trades");
        for (Trade trade : broker.openTrades()) {
            var figures = broker.tradeFigures(trade.id());
            json.beginElement()
                    .id("id", trade.id())
                    .money("unrealizedPL", figures.unrealizedPlE8())
                    .money("marginUsed", figures.marginUsedE8())
                    .end();
        }
        json.endArray().beginArray("positions");
        broker.positions().stream().filter(Position::isOpen).forEach(p -> calculated(json, p));
        json.endArray().end();
    }

    private static void calculated(JsonLine json, Position position) {
        json.beginElement()
                .text("instrument", position.instrument())
                .money("netUnrealizedPL", position.unrealizedPlE8())
                .money("longUnrealizedPL", position.longSide().unrealizedPlE8())
                .money("shortUnrealizedPL", position.shortSide().unrealizedPlE8())
                .money("marginUsed", position.marginUsedE8())
                .end();
    }

    private void orders(JsonLine json, String name, LinkedHashSet<Long> ids) {
        json.beginArray(name);
        ids.forEach(id -> order(json, broker.order(id)));
        json.endArray();
    }

    private void trades(JsonLine json, String name, LinkedHashSet<Long> ids) {
        json.beginArray(name);
        ids.forEach(id -> trades.summary(json, broker.trade(id)));
        json.endArray();
    }

    private void order(JsonLine json, Order order) {
        json.beginElement();
        orders.members(json, order);
        json.end();
    }

    private void position(JsonLine json, Position position) {
        json.beginElement();
        trades.position(json, position);
        json.end();
    }
}
