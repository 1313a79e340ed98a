package saker.venue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to every request, in this order: scripted faults, bearer token, path and method,
 * account, the endpoint, the answer's headers and compression. Venue thread only.
 */
final class RequestPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);
    private static final Pattern ACCOUNT_ID = Pattern.compile("\\d+-\\d+-\\d+-\\d+");
    private static final int BODY_LIMIT_BYTES = 256 * 1024;
    private static final int GZIP_FROM_BYTES = 256;

    private final Vertx vertx;
    private final Router router;
    private final FaultPlan faults;
    private final MarketPump market;
    private final String accountId;
    private final byte[] authorization;

    private long lastRequestId;

    RequestPipeline(
            Vertx vertx,
            Router router,
            FaultPlan faults,
            MarketPump market,
            String accountId,
            String token,
            long firstRequestId) {
        this.vertx = vertx;
        this.router = router;
        this.faults = faults;
        this.market = market;
        this.accountId = accountId;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.lastRequestId = firstRequestId;
    }

    void onRequest(HttpServerRequest http) {
        Buffer body = Buffer.buffer();
        http.exceptionHandler(gone -> LOG.debug("client left: path={}", http.path()));
        http.handler(
                part -> {
                    if (body.length() <= BODY_LIMIT_BYTES) {
                        body.appendBuffer(part);
                    }
                });
        http.endHandler(end -> onWholeRequest(http, body));
    }

    private void onWholeRequest(HttpServerRequest http, Buffer body) {
        boolean ours = http.path().startsWith("/saker/");
        Fault fault = ours ? null : faults.take(http.method().name(), http.path());
        if (fault == null) {
            execute(http, body, Long.MAX_VALUE);
            return;
        }
        LOG.info("fault: kind={}, method={}, path={}", fault.kind(), http.method(), http.path());
        Fault.Stream stream = Fault.Stream.ofPath(http.path());
        if (stream != null && fault.canStrikeStreams()) {
            faults.add(fault.on(stream)); // Strikes the connection that opens now.
            execute(http, body, Long.MAX_VALUE);
            return;
        }
        switch (fault.kind()) {
            case DROP_BEFORE -> http.connection().close();
            case DROP_ANSWER ->
                    answer(http, body).onComplete(executed -> http.connection().close());
            case CUT -> execute(http, body, fault.bytes());
            case DELAY -> vertx.setTimer(fault.ms(), late -> execute(http, body, Long.MAX_VALUE));
            case STALL -> stall(http, body, fault.ms());
            case STATUS -> write(http, status(fault.status()), Long.MAX_VALUE);
        }
    }

    private void stall(HttpServerRequest http, Buffer body, long ms) {
        Future<Answer> answer = answer(http, body);
        if (ms > 0) {
            vertx.setTimer(
                    ms, late -> answer.onSuccess(ready -> write(http, ready, Long.MAX_VALUE)));
        }
    }

    private void execute(HttpServerRequest http, Buffer body, long bytesUntilCut) {
        answer(http, body)
                .onSuccess(
                        answer -> {
                            if (answer != null) {
                                write(http, answer, bytesUntilCut);
                            }
                        });
    }

    /** The answer, or null if a stream took the connection over; never fails. */
    private Future<Answer> answer(HttpServerRequest http, Buffer body) {
        long requestId = ++lastRequestId;
        Future<Answer> answer;
        try {
            answer = handle(http, body, requestId);
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        return answer.otherwise(failure -> failed(http, failure))
                .map(
                        ready ->
                                ready == null
                                        ? null
                                        : ready.with("RequestID", Long.toString(requestId)));
    }

    private Future<Answer> handle(HttpServerRequest http, Buffer body, long requestId) {
        if (body.length() > BODY_LIMIT_BYTES) {
            throw new Refusal(400, null, "The request's body is too large");
        }
        checkToken(http);
        Router.Match match = router.find(http.method().name(), http.path());
        var request = new VenueRequest(http, match.pathValues(), requestId, body);
        checkAccount(request.path("account"));
        market.catchUp();
        if (match.stream() == null) {
            return match.endpoint().handle(request);
        }
        http.response().putHeader("RequestID", Long.toString(requestId));
        match.stream().open(request);
        return Future.succeededFuture();
    }

    private static Answer failed(HttpServerRequest http, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return Answer.of(refusal);
        }
        LOG.error("request failed: method={}, path={}", http.method(), http.path(), failure);
        return Answer.of(new Refusal(500, null, "Internal server error"));
    }

    private void checkToken(HttpServerRequest http) {
        String header = http.getHeader("Authorization");
        byte[] sent = header == null ? new byte[0] : header.getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(sent, authorization)) {
            throw Refusal.unauthorised();
        }
    }

    private void checkAccount(String account) {
        if (account == null || account.equals(accountId)) {
            return;
        }
        if (!ACCOUNT_ID.matcher(account).matches()) {
            throw Refusal.invalid("accountID");
        }
        throw Refusal.forbidden();
    }

    private static Answer status(int status) {
        return switch (status) {
            case 429 -> Answer.of(new Refusal(429, null, "Rate limit violation."));
            case 503 -> Answer.html(503, "503 Service Temporarily Unavailable");
            default -> Answer.of(new Refusal(status, null, "Scripted fault"));
        };
    }

    private static void write(HttpServerRequest http, Answer answer, long bytesUntilCut) {
        HttpServerResponse response = http.response();
        if (response.closed() || response.ended()) {
            return; // The client did not wait.
        }
        response.setStatusCode(answer.status());
        response.putHeader("Content-Type", answer.contentType());
        answer.headers().forEach(response::putHeader);
        byte[] body = answer.body();
        if (body.length >= GZIP_FROM_BYTES && acceptsGzip(http)) {
            body = gzip(body);
            response.putHeader("Content-Encoding", "gzip");
            response.putHeader("Vary", "Accept-Encoding");
        }
        if (bytesUntilCut >= body.length) {
            response.end(Buffer.buffer(body));
            return;
        }
        response.putHeader("Content-Length", Integer.toString(body.length));
        response.write(Buffer.buffer(body).slice(0, (int) bytesUntilCut))
                .onComplete(written -> http.connection().close());
    }

    private static boolean acceptsGzip(HttpServerRequest http) {
        String accepted = http.getHeader("Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    private static byte[] gzip(byte[] body) {
        var bytes = new ByteArrayOutputStream(body.length / 2);
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Memory does not fail.
        }
        return bytes.toByteArray();
    }
}
