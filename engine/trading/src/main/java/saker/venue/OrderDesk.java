package saker.venue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import saker.broker.simulated.Order;
import saker.broker.simulated.Outcome;

/** The endpoints of orders. */
final class OrderDesk extends Desk {
    private static final int USUAL_COUNT = 50;
    private static final int MAX_COUNT = 500;

    /** OANDA's OrderStateFilter. */
    enum StateFilter {
        PENDING,
        FILLED,
        TRIGGERED,
        CANCELLED,
        ALL
    }

    OrderDesk(VenueAccount account, String accountId) {
        super(account, accountId);
    }

    void register(Router router) {
        router.add("POST", ACCOUNT + "/orders", this::create);
        router.add("GET", ACCOUNT + "/orders", this::list);
        router.add("GET", ACCOUNT + "/pendingOrders", this::pending);
        router.add("GET", ACCOUNT + "/orders/{order}", this::one);
        router.add("PUT", ACCOUNT + "/orders/{order}", this::replace);
        router.add("PUT", ACCOUNT + "/orders/{order}/cancel", this::cancel);
        router.add("PUT", ACCOUNT + "/orders/{order}/clientExtensions", this::setExtensions);
    }

    private Answer create(VenueRequest request) {
        var spec = OrderReader.order(new RequestBody(request.body(), ""));
        Outcome outcome = broker.createOrder(spec, Long.toString(request.requestId()));
        return located(request, outcome, answer(request, outcome, 201));
    }

    private Answer replace(VenueRequest request) {
        var spec = OrderReader.order(new RequestBody(request.body(), ""));
        long id = orderId(request.path("order"));
        Outcome outcome = broker.replaceOrder(id, spec, Long.toString(request.requestId()));
        return located(request, outcome, answer(request, outcome, 201));
    }

    private Answer cancel(VenueRequest request) {
        long id = orderId(request.path("order"));
        return answer(request, broker.cancelOrder(id, Long.toString(request.requestId())), 200);
    }

    private Answer setExtensions(VenueRequest request) {
        RequestBody body = new RequestBody(request.body(), "");
        Outcome outcome =
                broker.setOrderExtensions(
                        orderId(request.path("order")),
                        body.extensions("clientExtensions"),
                        body.extensions("tradeClientExtensions"),
                        Long.toString(request.requestId()));
        return answer(request, outcome, 200);
    }

    private Answer one(VenueRequest request) {
        Order order = order(request.path("order"));
        if (order == null) {
            throw new Refusal(404, "NO_SUCH_ORDER", "The order ID specified does not exist");
        }
        JsonLine json = request.json().begin().begin("order");
        orders.members(json, order);
        return ok(json.end());
    }

    private Answer pending(VenueRequest request) {
        return ok(array(request, broker.pendingOrders()));
    }

    private Answer list(VenueRequest request) {
        List<Long> ids = request.ids("ids");
        StateFilter state = request.choice("state", StateFilter.class, StateFilter.PENDING);
        Set<String> instruments = request.list("instrument");
        int count = request.count(USUAL_COUNT, MAX_COUNT);
        long before = request.id("beforeID", Long.MAX_VALUE);
        List<Order> page = new ArrayList<>();
        for (Order order : newestFirst(ids.isEmpty() ? candidates(state) : named(ids))) {
            boolean wanted =
                    order.id() < before
                            && (!ids.isEmpty() || matches(state, order))
                            && (instruments.isEmpty()
                                    || instruments.contains(order.spec().instrument()));
            if (wanted && page.size() == count) {
                return ok(array(request, page))
                        .with("Link", Pages.next(request, page.get(count - 1).id()));
            }
            if (wanted) {
                page.add(order);
            }
        }
        return ok(array(request, page));
    }

    private List<Order> candidates(StateFilter state) {
        return state == StateFilter.PENDING ? broker.pendingOrders() : broker.orders();
    }

    private List<Order> named(List<Long> ids) {
        return ids.stream().distinct().map(broker::order).filter(o -> o != null).toList();
    }

    private static boolean matches(StateFilter state, Order order) {
        return state == StateFilter.ALL || state.name().equals(order.state().name());
    }

    private static List<Order> newestFirst(List<Order> orders) {
        List<Order> sorted = new ArrayList<>(orders);
        sorted.sort(Collections.reverseOrder(java.util.Comparator.comparingLong(Order::id)));
        return sorted;
    }

    private JsonLine array(VenueRequest request, List<Order> list) {
        JsonLine json = request.json().begin().beginArray("orders");
        for (Order order : list) {
            json.beginElement();
            orders.members(json, order);
            json.end();
        }
        return json.endArray();
    }

    private static Answer located(VenueRequest request, Outcome outcome, Answer answer) {
        var created = outcome.get(Outcome.Role.ORDER_CREATE);
        if (created == null) {
            return answer;
        }
        String path = ACCOUNT.replace("{account}", request.path("account"));
        return answer.with("Location", request.origin() + path + "/orders/" + created.id());
    }
}
