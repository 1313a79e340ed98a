package saker.venue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import saker.broker.simulated.Outcome;
import saker.broker.simulated.Trade;

/** The endpoints of trades. */
final class TradeDesk extends Desk {
    private static final int USUAL_COUNT = 50;
    private static final int MAX_COUNT = 500;

    /** OANDA's TradeStateFilter. */
    enum StateFilter {
        OPEN,
        CLOSED,
        CLOSE_WHEN_TRADEABLE,
        ALL
    }

    TradeDesk(VenueAccount account, String accountId) {
        super(account, accountId);
    }

    void register(Router router) {
        router.add("GET", ACCOUNT + "/trades", this::list);
        router.add("GET", ACCOUNT + "/openTrades", this::open);
        router.add("GET", ACCOUNT + "/trades/{trade}", this::one);
        router.add("PUT", ACCOUNT + "/trades/{trade}/close", this::close);
        router.add("PUT", ACCOUNT + "/trades/{trade}/clientExtensions", this::setExtensions);
        router.add("PUT", ACCOUNT + "/trades/{trade}/orders", this::setOrders);
    }

    private Answer close(VenueRequest request) {
        String units = new RequestBody(request.body(), "").text("units");
        Long unitsE4 =
                units == null || units.equals("ALL")
                        ? null
                        : new RequestBody(request.body(), "").decimalE4("units");
        long id = tradeId(request.path("trade"));
        Outcome outcome = broker.closeTrade(id, unitsE4, Long.toString(request.requestId()));
        if (outcome.status() == Outcome.Status.REJECTED) {
            return Answer.json(400, members(request, outcome).end()); // No ids, says the vendor.
        }
        return answer(request, outcome, 200);
    }

    private Answer setExtensions(VenueRequest request) {
        RequestBody body = new RequestBody(request.body(), "");
        Outcome outcome =
                broker.setTradeExtensions(
                        tradeId(request.path("trade")),
                        body.extensions("clientExtensions"),
                        Long.toString(request.requestId()));
        return answer(request, outcome, 200);
    }

    private Answer setOrders(VenueRequest request) {
        var exits = OrderReader.exits(new RequestBody(request.body(), ""));
        long id = tradeId(request.path("trade"));
        return answer(
                request, broker.setTradeOrders(id, exits, Long.toString(request.requestId())), 200);
    }

    private Answer one(VenueRequest request) {
        Trade trade = trade(request.path("trade"));
        if (trade == null) {
            throw new Refusal(404, "NO_SUCH_TRADE", "The trade ID specified does not exist");
        }
        JsonLine json = request.json().begin().begin("trade");
        trades.members(json, trade);
        return ok(json.end());
    }

    private Answer open(VenueRequest request) {
        return ok(array(request, newestFirst(broker.openTrades())));
    }

    private Answer list(VenueRequest request) {
        List<Long> ids = request.ids("ids");
        StateFilter state = request.choice("state", StateFilter.class, StateFilter.OPEN);
        Set<String> instruments = request.list("instrument");
        int count = request.count(USUAL_COUNT, MAX_COUNT);
        long before = request.id("beforeID", Long.MAX_VALUE);
        List<Trade> page = new ArrayList<>();
        for (Trade trade : newestFirst(ids.isEmpty() ? candidates(state) : named(ids))) {
            boolean wanted =
                    trade.id() < before
                            && (!ids.isEmpty() || matches(state, trade))
                            && (instruments.isEmpty() || instruments.contains(trade.instrument()));
            if (wanted && page.size() == count) {
                return ok(array(request, page))
                        .with("Link", Pages.next(request, page.get(count - 1).id()));
            }
            if (wanted) {
                page.add(trade);
            }
        }
        return ok(array(request, page));
    }

    private List<Trade> candidates(StateFilter state) {
        return state == StateFilter.OPEN ? broker.openTrades() : broker.trades();
    }

    private List<Trade> named(List<Long> ids) {
        return ids.stream().distinct().map(broker::trade).filter(t -> t != null).toList();
    }

    private static boolean matches(StateFilter state, Trade trade) {
        return state == StateFilter.ALL || state.name().equals(trade.state().name());
    }

    private static List<Trade> newestFirst(List<Trade> trades) {
        List<Trade> sorted = new ArrayList<>(trades);
        sorted.sort(Comparator.comparingLong(Trade::id).reversed());
        return sorted;
    }

    private JsonLine array(VenueRequest request, List<Trade> list) {
        JsonLine json = request.json().begin().beginArray("trades");
        for (Trade trade : list) {
            json.beginElement();
            trades.members(json, trade);
            json.end();
        }
        return json.endArray();
    }
}
