package saker.venue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import saker.broker.simulated.ConversionFactors;
import saker.broker.simulated.Quote;
import saker.model.Instrument;
import saker.time.EpochNanoClock;

/** Prices: the poll and the stream. */
final class PricingDesk extends Desk {
    private static final long ONE_SECOND_NS = 1_000_000_000L;

    private final Vertx vertx;
    private final StreamHub streams;
    private final MarketPump market;
    private final MarketClock clock;
    private final EpochNanoClock wall;
    private final boolean conflate;

    PricingDesk(
            VenueAccount account,
            String accountId,
            Vertx vertx,
            StreamHub streams,
            MarketPump market,
            MarketClock clock,
            EpochNanoClock wall,
            boolean conflate) {
        super(account, accountId);
        this.vertx = vertx;
        this.streams = streams;
        this.market = market;
        this.clock = clock;
        this.wall = wall;
        this.conflate = conflate;
    }

    void register(Router router) {
        router.add("GET", ACCOUNT + "/pricing", this::poll);
        router.addStream(ACCOUNT + "/pricing/stream", this::stream);
    }

    private Answer poll(VenueRequest request) {
        Set<String> instruments = instruments(request);
        long since = request.time("since");
        boolean units = request.flag("includeUnitsAvailable", true);
        JsonLine json = request.json().begin().beginArray("prices");
        for (Quote quote : quotes(instruments)) {
            if (since == JsonLine.NONE || quote.timeNs() > since) {
                price(json, quote, units);
            }
        }
        json.endArray();
        if (request.flag("includeHomeConversions", false)) {
            homeConversions(json, instruments);
        }
        json.time("time", market.marketNs());
        return Answer.ok(json.end());
    }

    private void price(JsonLine json, Quote quote, boolean units) {
        Instrument instrument = broker.instrument(quote.instrument()).instrument();
        json.beginElement();
        PriceWriter.members(json, quote, instrument.displayDigits());
        ConversionFactors factors = broker.conversion(instrument.quoteCurrency());
        if (factors != null) {
            json.begin("quoteHomeConversionFactors")
                    .rate("positiveUnits", factors.gainE14())
                    .rate("negativeUnits", factors.lossE14())
                    .end();
            if (units) {
                UnitsAvailable.of(broker, quote, factors).write(json);
            }
        }
        json.end();
    }

    private void homeConversions(JsonLine json, Set<String> instruments) {
        Set<String> currencies = new LinkedHashSet<>();
        for (String name : instruments) {
            Instrument instrument = broker.instrument(name).instrument();
            currencies.add(instrument.baseCurrency());
            currencies.add(instrument.quoteCurrency());
        }
        json.beginArray("homeConversions");
        for (String currency : currencies) {
            ConversionFactors factors = broker.conversion(currency);
            if (factors != null) {
                json.beginElement()
                        .text("currency", currency)
                        .rate("accountGain", factors.gainE14())
                        .rate("accountLoss", factors.lossE14())
                        .rate("positionValue", factors.midE14())
                        .end();
            }
        }
        json.endArray();
    }

    private void stream(VenueRequest request) {
        Set<String> instruments = instruments(request);
        boolean snapshot = request.flag("snapshot", true);
        streams.checkRoom();
        HttpServerResponse response = request.http().response();
        response.setChunked(true).putHeader("Content-Type", "application/octet-stream");
        var stream =
                new PriceStream(
                        vertx,
                        response,
                        request.format(),
                        this::heartbeatLine,
                        instruments,
                        conflate);
        stream.whenClosed(() -> streams.remove(stream));
        response.closeHandler(closed -> stream.onClosed());
        if (snapshot) {
            for (Quote quote : quotes(instruments)) {
                stream.snapshot(quote, Terms.digits(broker, quote.instrument()));
            }
        }
        streams.add(stream);
        clock.resume(wall.nanoTime()); // The epoch written below must be the one that counts.
        putMarketClock(response);
        response.writeHead();
        stream.flush();
    }

    /** Tells the client how market time relates to wall time, where they differ. */
    private void putMarketClock(HttpServerResponse response) {
        long wallNs = wall.nanoTime();
        boolean same =
                clock.rate() == 1.0 && Math.abs(clock.marketNs(wallNs) - wallNs) < ONE_SECOND_NS;
        if (!same) {
            response.putHeader("X-Saker-Market-Rate", rateText());
            response.putHeader("X-Saker-Market-Epoch", clock.epoch());
        }
    }

    private String rateText() {
        return new java.math.BigDecimal(Double.toString(clock.rate()))
                .stripTrailingZeros()
                .toPlainString();
    }

    private byte[] heartbeatLine(DatetimeFormat format) {
        return new JsonLine(format)
                .begin()
                .text("type", "HEARTBEAT")
                .time("time", market.marketNs())
                .end()
                .toBytes();
    }

    private List<Quote> quotes(Set<String> instruments) {
        List<Quote> quotes = new ArrayList<>();
        for (String name : instruments) {
            Quote quote = broker.quote(name);
            if (quote != null) {
                quotes.add(quote);
            }
        }
        return quotes;
    }

    private Set<String> instruments(VenueRequest request) {
        Set<String> names = request.list("instruments");
        if (names.isEmpty()) {
            throw Refusal.missing();
        }
        for (String name : names) {
            if (broker.instrument(name) == null) {
                throw Refusal.invalid("instruments");
            }
        }
        return names;
    }
}
