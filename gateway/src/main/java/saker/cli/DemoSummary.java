package saker.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import saker.api.EngineView;
import saker.api.PositionView;
import saker.broker.oanda.OandaCounters;
import saker.journal.BrokerEventDescriptor;
import saker.journal.JournalReader;
import saker.journal.RecordView;
import saker.live.EngineRuntime;
import saker.live.VenueProcess;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.FixedPoint;
import saker.store.Store;

/**
 * What a demo did, and whether engine, database and broker agree at its end. Ticks are those of
 * this run; signals, orders, fills and trades are those of the journal, as the account's are.
 */
final class DemoSummary {
    private static final long SETTLE_MS = 20_000;
    private static final long LOOK_MS = 100;
    private static final long PAGE = 1_000;

    private final Service service;
    private final EngineRuntime engine;
    private final VenueProcess venue;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    // From the journal.
    private long ticksBefore;
    private long ticksJournaled;
    private long signals;
    private long orders;
    private long fills;
    private long trades;

    private List<String> differences = List.of();

    private DemoSummary(Service service, VenueProcess venue) {
        this.service = service;
        this.engine = service.engine();
        this.venue = venue;
    }

    /** Ends the price stream, lets what is under way settle, and compares. */
    static DemoSummary of(Service service, VenueProcess venue) throws Exception {
        DemoSummary summary = new DemoSummary(service, venue);
        summary.engine.quiesce();
        summary.settle();
        return summary;
    }

    private void settle() throws Exception {
        long deadline = System.nanoTime() + SETTLE_MS * 1_000_000;
        do {
            Thread.sleep(LOOK_MS);
            compare();
        } while (!differences.isEmpty() && System.nanoTime() < deadline);
    }

    private void compare() throws Exception {
        count();
        List<String> found = new ArrayList<>();
        JsonNode account = venue.get(path("")).path("account");
        VenueFills atVenue = fillsAtVenue(account.path("lastTransactionID").asLong());
        EngineView view = engine.engine().view();
        String venueBalance = account.path("balance").asText();
        long balanceE8 = view.accounts().get(0).balanceE8();
        if (FixedPoint.parse(venueBalance, 8) != balanceE8) {
            found.add("balance: engine=" + money(balanceE8) + ", venue=" + venueBalance);
        }
        differ(found, "open trades", unitsOf(view.positions()), unitsOf(account.path("trades")));
        differ(found, "fills, journal and venue", fills, atVenue.fills);
        differ(found, "trades opened, journal and venue", trades, atVenue.opened);
        long ticksIn = engine.counters().get(OandaCounters.Count.TICKS);
        long ticksSeen = engine.ticksSeen() - ticksBefore;
        differ(found, "ticks, in and journaled", ticksIn, ticksJournaled);
        differ(found, "ticks, journaled and seen", ticksJournaled, ticksSeen);
        compareStore(found, atVenue);

        figures.put("ticksIn", ticksIn);
        figures.put("ticksJournaled", ticksJournaled);
        figures.put("ticksSeen", ticksSeen);
        figures.put("signals", signals);
        figures.put("orders", orders);
        figures.put("fills", fills);
        figures.put("trades", trades);
        figures.put("balance", money(balanceE8));
        figures.put("venueBalance", money(FixedPoint.parse(venueBalance, 8)));
        figures.put("differences", found.size());
        differences = found;
    }

    private void compareStore(List<String> found, VenueFills atVenue) {
        Store.Totals stored;
        try {
            stored = service.store().totals();
        } catch (RuntimeException e) {
            found.add("database: " + e.getMessage());
            return;
        }
        differ(found, "fills, database and venue", stored.fillEvents(), atVenue.fills);
        differ(found, "trades, database and venue", stored.trades(), atVenue.opened);
        if (Math.abs(stored.realizedPlE8() - atVenue.realizedPlE8) >= FixedPoint.E4) {
            found.add(
                    "realised P&L: database=%s, venue=%s"
                            .formatted(money(stored.realizedPlE8()), money(atVenue.realizedPlE8)));
        }
    }

    private static void differ(List<String> found, String what, Object one, Object other) {
        if (!one.equals(other)) {
            found.add(what + ": " + one + " and " + other);
        }
    }

    private void count() throws IOException {
        ticksBefore = 0;
        ticksJournaled = 0;
        signals = 0;
        orders = 0;
        fills = 0;
        trades = 0;
        try (JournalReader reader = engine.journal().newReader()) {
            while (reader.poll(this::count, 10_000) > 0) {
                // To the end.
            }
        }
    }

    private void count(RecordView entry) {
        if (entry.kind() == null) {
            return;
        }
        switch (entry.kind()) {
            case BOOT -> {
                ticksBefore += ticksJournaled;
                ticksJournaled = 0;
            }
            case TICK -> ticksJournaled++;
            case SIGNAL -> signals++;
            case ORDER_INTENT -> orders++;
            case BROKER_EVENT -> count(BrokerEventDescriptor.decode(entry));
            default -> {
                // Not counted.
            }
        }
    }

    private void count(BrokerEvent event) {
        if (event.type() == BrokerEvent.Type.ORDER_FILLED) {
            fills++;
            trades +=
                    event.effects().stream()
                            .filter(effect -> effect.effect() == TradeEffect.Effect.OPENED)
                            .count();
        }
    }

    /** What the venue's own transactions say. */
    private static final class VenueFills {
        long fills;
        long opened;
        long realizedPlE8;
    }

    private VenueFills fillsAtVenue(long lastTransactionId) throws Exception {
        VenueFills sum = new VenueFills();
        for (long from = 1; from <= lastTransactionId; from += PAGE) {
            long to = Math.min(lastTransactionId, from + PAGE - 1);
            JsonNode page = venue.get(path("/transactions/idrange?from=" + from + "&to=" + to));
            for (JsonNode transaction : page.path("transactions")) {
                if (transaction.path("type").asText().equals("ORDER_FILL")) {
                    sum.fills++;
                    sum.opened += transaction.has("tradeOpened") ? 1 : 0;
                    sum.realizedPlE8 += FixedPoint.parse(transaction.path("pl").asText(), 8);
                }
            }
        }
        return sum;
    }

    private static String path(String rest) {
        return "/v3/accounts/" + DemoConfig.ACCOUNT + rest;
    }

    private static Map<Long, Long> unitsOf(List<PositionView> positions) {
        Map<Long, Long> units = new TreeMap<>();
        positions.forEach(p -> units.put(p.ticket(), p.side().sign() * p.unitsE4()));
        return units;
    }

    private static Map<Long, Long> unitsOf(JsonNode trades) {
        Map<Long, Long> units = new TreeMap<>();
        trades.forEach(
                trade ->
                        units.put(
                                trade.path("id").asLong(),
                                FixedPoint.parse(trade.path("currentUnits").asText(), 4)));
        return units;
    }

    private static String money(long e8) {
        return FixedPoint.format(e8, 8, 4);
    }

    /** In the order in which they are printed. */
    Map<String, Object> figures() {
        return figures;
    }

    /** Each one line; empty if everything reconciles. */
    List<String> differences() {
        return differences;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        figures.forEach((name, value) -> text.append("%-15s %s%n".formatted(name, value)));
        return text.toString().stripTrailing();
    }
}
