package saker.venue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import saker.broker.simulated.Transaction;

/** The endpoints of the ledger, and its stream. */
final class TransactionDesk extends Desk {
    private static final int USUAL_PAGE = 100;
    private static final int MAX_PAGE = 1_000;

    private final Vertx vertx;
    private final StreamHub streams;
    private final MarketPump market;

    TransactionDesk(
            VenueAccount account,
            String accountId,
            Vertx vertx,
            StreamHub streams,
            MarketPump market) {
        super(account, accountId);
        this.vertx = vertx;
        this.streams = streams;
        this.market = market;
        account.listen(transaction -> streams.onTransaction(transaction, transactions));
    }

    void register(Router router) {
        router.add("GET", ACCOUNT + "/transactions", this::pages);
        router.add("GET", ACCOUNT + "/transactions/idrange", this::range);
        router.add("GET", ACCOUNT + "/transactions/sinceid", this::since);
        router.addStream(ACCOUNT + "/transactions/stream", this::stream);
        router.add("GET", ACCOUNT + "/transactions/{transaction}", this::one);
    }

    private Answer one(VenueRequest request) {
        String text = request.path("transaction");
        if (!text.matches("\\d{1,18}")) {
            throw Refusal.invalid("transactionID");
        }
        Transaction transaction = broker.transaction(Long.parseLong(text));
        if (transaction == null) {
            throw new Refusal(404, null, "The transaction ID specified does not exist");
        }
        JsonLine json = request.json().begin();
        transactions.member(json, "transaction", transaction);
        return ok(json);
    }

    private Answer range(VenueRequest request) {
        long from = request.requiredId("from");
        long to = request.requiredId("to");
        if (from < 1 || from > to || to > broker.lastTransactionId()) {
            throw outOfRange();
        }
        if (to - from >= MAX_PAGE) {
            throw Refusal.invalid("to");
        }
        return ok(array(request, broker.transactions(from, to)));
    }

    private Answer since(VenueRequest request) {
        long id = request.requiredId("id");
        if (id > broker.lastTransactionId()) {
            throw outOfRange();
        }
        return ok(array(request, broker.transactions(id + 1, id + MAX_PAGE)));
    }

    private JsonLine array(VenueRequest request, List<Transaction> list) {
        Set<String> types = types(request);
        JsonLine json = request.json().begin().beginArray("transactions");
        for (Transaction transaction : list) {
            if (TransactionTypes.match(types, transaction.type())) {
                transactions.element(json, transaction);
            }
        }
        return json.endArray();
    }

    private Answer pages(VenueRequest request) {
        long pageSize = request.whole("pageSize", USUAL_PAGE);
        if (pageSize < 1 || pageSize > MAX_PAGE) {
            throw new Refusal(400, "INVALID_PAGESIZE", "The specified page size is invalid");
        }
        Set<String> types = types(request);
        long from = orElse(request.time("from"), broker.account().createdTimeNs());
        long to = orElse(request.time("to"), market.marketNs());
        if (from > to) {
            throw Refusal.invalid("to");
        }
        List<Transaction> found = new ArrayList<>();
        for (Transaction t : broker.transactions(1, broker.lastTransactionId())) {
            boolean inTime = t.header().timeNs() >= from && t.header().timeNs() <= to;
            if (inTime && TransactionTypes.match(types, t.type())) {
                found.add(t);
            }
        }
        JsonLine json =
                request.json()
                        .begin()
                        .time("from", from)
                        .time("to", to)
                        .number("pageSize", pageSize)
                        .texts("type", types)
                        .number("count", found.size())
                        .texts("pages", urls(request, found, pageSize, types));
        return ok(json);
    }

    private static List<String> urls(
            VenueRequest request, List<Transaction> found, long pageSize, Set<String> types) {
        List<String> urls = new ArrayList<>();
        if (found.isEmpty()) {
            return urls;
        }
        String base = request.origin() + request.http().path() + "/idrange";
        String filter = types.isEmpty() ? "" : "&type=" + String.join("%2C", types);
        long last = found.get(found.size() - 1).id();
        for (long id = found.get(0).id(); id <= last; id += pageSize) {
            long end = Math.min(last, id + pageSize - 1);
            urls.add(base + "?from=" + id + "&to=" + end + filter);
        }
        return urls;
    }

    private void stream(VenueRequest request) {
        streams.checkRoom();
        HttpServerResponse response = request.http().response();
        response.setChunked(true).putHeader("Content-Type", "application/octet-stream");
        var stream = new StreamConnection(vertx, response, request.format(), this::heartbeatLine);
        stream.whenClosed(() -> streams.remove(stream));
        response.closeHandler(closed -> stream.onClosed());
        streams.addTransactions(stream);
        response.writeHead();
    }

    private byte[] heartbeatLine(DatetimeFormat format) {
        return new JsonLine(format)
                .begin()
                .text("type", "HEARTBEAT")
                .id("lastTransactionID", broker.lastTransactionId())
                .time("time", market.marketNs())
                .end()
                .toBytes();
    }

    private static Set<String> types(VenueRequest request) {
        Set<String> types = new TreeSet<>(request.list("type"));
        if (!TransactionTypes.KNOWN.containsAll(types)) {
            throw Refusal.invalid("type");
        }
        return types;
    }

    private static long orElse(long timeNs, long absent) {
        return timeNs == JsonLine.NONE ? absent : timeNs;
    }

    private static Refusal outOfRange() {
        return new Refusal(416, null, "The transaction ID range specified is invalid");
    }
}
