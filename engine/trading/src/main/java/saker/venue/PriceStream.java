package saker.venue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import saker.broker.simulated.Quote;

/**
 * One client of the price stream. With conflation only the last price of each instrument in a
 * window of 250 ms leaves, at the window's end; windows begin when the client connects.
 */
final class PriceStream extends StreamConnection {
    private static final long WINDOW_MS = 250;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Set<String> instruments;
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private final long windowTimer;

    private record Window(Quote quote, int digits) {}

    PriceStream(
            Vertx vertx,
            HttpServerResponse response,
            DatetimeFormat format,
            Heartbeat heartbeat,
            Set<String> instruments,
            boolean conflate) {
        super(vertx, response, format, heartbeat);
        this.vertx = vertx;
        this.instruments = instruments;
        this.windowTimer =
                conflate ? vertx.setPeriodic(WINDOW_MS, timer -> closeWindow()) : NO_TIMER;
    }

    boolean shows(String instrument) {
        return instruments.contains(instrument);
    }

    /** Sent as it is, outside any window. */
    void snapshot(Quote quote, int digits) {
        send(PriceWriter.line(quote, digits, format()));
    }

    /** Leaves with the next flush, or at the end of the window. */
    void onPrice(Quote quote, int digits) {
        if (windowTimer == NO_TIMER) {
            send(PriceWriter.line(quote, digits, format()));
        } else {
            windows.put(quote.instrument(), new Window(quote, digits));
        }
    }

    @Override
    void onClosed() {
        super.onClosed();
        if (windowTimer != NO_TIMER) {
            vertx.cancelTimer(windowTimer);
        }
    }

    private void closeWindow() {
        windows.values().forEach(last -> snapshot(last.quote(), last.digits()));
        windows.clear();
        flush();
    }
}
