package saker.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The least that an OANDA account can be, on raw sockets: one thread per connection, canned
 * answers, and the time at which the first byte of an order was read. Every order is created and
 * cancelled by its price bound, so that the account is the same after each.
 *
 * <p>The echo's connections (paths with {@code /echo}) are served by the same code.
 */
final class LoopbackBroker implements AutoCloseable {
    static final String ACCOUNT = "101-001-1000001-001";
    static final String ECHO = "/echo";

    private static final String BASE = "/v3/accounts/" + ACCOUNT;
    private static final int KEPT_TRANSACTIONS = 2_000;
    private static final int MINUTE_S = 60;
    private static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n";

    /** Told of each order on the connection's thread, before it is answered. */
    interface OrderListener {
        void onOrder(boolean echo, long readNs, String body);
    }

    private final ServerSocket server;
    private final OrderListener listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Deque<String> transactions = new ArrayDeque<>(); // Under this object's monitor.
    private long lastTransactionId = 1;

    private volatile OutputStream prices;
    private volatile OutputStream echoPrices;
    private volatile OutputStream events;
    private volatile long answerDelayMs;

    LoopbackBroker(OrderListener listener) throws IOException {
        this.listener = listener;
        this.server = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
        start("broker-accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    boolean isPriceStreamOpen() {
        return prices != null;
    }

    boolean isEchoStreamOpen() {
        return echoPrices != null;
    }

    /** Every order is answered so much later. */
    void answerDelayMs(long delayMs) {
        answerDelayMs = delayMs;
    }

    void sendPrice(byte[] chunk) throws IOException {
        prices.write(chunk);
    }

    void sendEchoPrice(byte[] chunk) throws IOException {
        echoPrices.write(chunk);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                start("broker-" + socket.getPort(), () -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: that is how it ends.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            RequestReader reader = new RequestReader(in);
            while (reader.next()) {
                answer(reader, out);
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private void answer(RequestReader request, OutputStream out) throws IOException {
        String path = request.path();
        if (request.method().equals("POST")) {
            boolean echo = path.startsWith(ECHO);
            listener.onOrder(echo, request.firstByteNs(), request.body());
            delay();
            respond(out, 201, order(request.body(), !echo));
        } else if (path.startsWith(ECHO)) {
            out.write(STREAM_HEAD.getBytes(StandardCharsets.US_ASCII));
            echoPrices = out;
        } else if (path.startsWith(BASE + "/pricing/stream")) {
            out.write(STREAM_HEAD.getBytes(StandardCharsets.US_ASCII));
            out.write(PriceLines.chunk(heartbeat()));
            prices = out;
        } else if (path.startsWith(BASE + "/transactions/stream")) {
            out.write(STREAM_HEAD.getBytes(StandardCharsets.US_ASCII));
            out.write(PriceLines.chunk(heartbeat()));
            events = out;
        } else {
            respond(out, 200, document(path));
        }
    }

    private void delay() {
        if (answerDelayMs > 0) {
            try {
                Thread.sleep(answerDelayMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void respond(OutputStream out, int status, String body) throws IOException {
        String head =
                "HTTP/1.1 %d OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(status, body.length());
        out.write((head + body).getBytes(StandardCharsets.US_ASCII));
    }

    private synchronized String document(String path) {
        if (path.startsWith(BASE + "/instruments")) {
            return "{\"instruments\":[{\"name\":\"EUR_USD\",\"type\":\"CURRENCY\","
                    + "\"displayName\":\"EUR/USD\",\"pipLocation\":-4,\"displayPrecision\":5,"
                    + "\"tradeUnitsPrecision\":0,\"minimumTradeSize\":\"1\","
                    + "\"maximumOrderUnits\":\"100000000\",\"marginRate\":\"0.0333\"}],"
                    + last()
                    + "}";
        }
        if (path.startsWith("/v3/instruments/")) {
            return candles(path);
        }
        if (path.startsWith(BASE + "/transactions/sinceid")) {
            long since = Long.parseLong(parameter(path, "id"));
            return "{\"transactions\":[" + transactionsAfter(since) + "]," + last() + "}";
        }
        return "{\"account\":{\"id\":\""
                + ACCOUNT
                + "\",\"currency\":\"USD\",\"balance\":\"100000.00\",\"hedgingEnabled\":true,"
                + "\"trades\":[],\"orders\":[]},"
                + last()
                + "}";
    }

    private String transactionsAfter(long since) {
        StringBuilder rows = new StringBuilder();
        long id = lastTransactionId - transactions.size() + 1;
        for (String row : transactions) {
            if (id++ > since) {
                rows.append(rows.length() == 0 ? "" : ",").append(row);
            }
        }
        return rows.toString();
    }

    private String candles(String path) {
        int count = Integer.parseInt(parameter(path, "count"));
        long nowS = System.currentTimeMillis() / 1000;
        String to = parameter(path, "to");
        long toS = to.isEmpty() ? nowS : Math.min(nowS, Instant.parse(to).getEpochSecond());
        long endS = toS - toS % MINUTE_S;
        StringBuilder rows = new StringBuilder();
        for (long s = endS - (long) count * MINUTE_S; s < endS; s += MINUTE_S) {
            rows.append(rows.length() == 0 ? "" : ",")
                    .append("{\"complete\":true,\"volume\":60,\"time\":\"")
                    .append(Instant.ofEpochSecond(s))
                    .append("\",\"bid\":{\"o\":\"1.10000\",\"h\":\"1.10020\",")
                    .append("\"l\":\"1.09980\",\"c\":\"1.10010\"}}");
        }
        return "{\"instrument\":\"EUR_USD\",\"candles\":[" + rows + "]}";
    }

    private static String parameter(String path, String name) {
        int at = path.indexOf("&" + name + "=");
        at = at < 0 ? path.indexOf("?" + name + "=") : at;
        if (at < 0) {
            return "";
        }
        int from = at + name.length() + 2;
        int to = path.indexOf('&', from);
        return URLDecoder.decode(
                to < 0 ? path.substring(from) : path.substring(from, to), StandardCharsets.UTF_8);
    }

    /** Creates and cancels an order; the account's own are also on the event stream. */
    private String order(String body, boolean recorded) throws IOException {
        String clientId = member(body, "id");
        String now = Instant.now().toString();
        String created;
        String cancelled;
        String answer;
        synchronized (this) {
            long id = lastTransactionId + 1;
            created =
                    head(id, id, now, "MARKET_ORDER")
                            + "\"instrument\":\"EUR_USD\",\"units\":\"%s\",\"timeInForce\":\"FOK\","
                                    .formatted(member(body, "units"))
                            + "\"positionFill\":\"OPEN_ONLY\",\"priceBound\":\"%s\","
                                    .formatted(member(body, "priceBound"))
                            + "\"reason\":\"CLIENT_ORDER\",\"clientExtensions\":{\"id\":\"%s\","
                                    .formatted(clientId)
                            + "\"tag\":\"%s\"}}".formatted(member(body, "tag"));
            cancelled =
                    head(id + 1, id, now, "ORDER_CANCEL")
                            + "\"orderID\":\"%d\",\"clientOrderID\":\"%s\",".formatted(id, clientId)
                            + "\"reason\":\"BOUNDS_VIOLATION\"}";
            answer =
                    "{\"orderCreateTransaction\":%s,\"orderCancelTransaction\":%s,"
                                    .formatted(created, cancelled)
                            + "\"relatedTransactionIDs\":[\"%d\",\"%d\"],\"lastTransactionID\":\"%d\"}"
                                    .formatted(id, id + 1, id + 1);
            if (recorded) {
                lastTransactionId += 2;
                transactions.add(created);
                transactions.add(cancelled);
                while (transactions.size() > KEPT_TRANSACTIONS) {
                    transactions.remove();
                }
            }
        }
        OutputStream stream = events;
        if (recorded && stream != null) {
            stream.write(PriceLines.chunk(created + "\n" + cancelled + "\n"));
        }
        return answer;
    }

    private static String head(long id, long batch, String time, String type) {
        return "{\"id\":\"%d\",\"batchID\":\"%d\",\"accountID\":\"%s\",\"time\":\"%s\",\"type\":\"%s\","
                .formatted(id, batch, ACCOUNT, time, type);
    }

    private synchronized String heartbeat() {
        return "{\"type\":\"HEARTBEAT\",%s,\"time\":\"%s\"}\n".formatted(last(), Instant.now());
    }

    /** Keeps the event stream from being silent for too long. */
    void beat() throws IOException {
        OutputStream stream = events;
        if (stream != null) {
            stream.write(PriceLines.chunk(heartbeat()));
        }
    }

    private String last() {
        return "\"lastTransactionID\":\"" + lastTransactionId + "\"";
    }

    /** The first string member of that name, "" if there is none. */
    static String member(String json, String name) {
        String key = "\"" + name + "\":\"";
        int at = json.indexOf(key);
        return at < 0
                ? ""
                : json.substring(at + key.length(), json.indexOf('"', at + key.length()));
    }
}
