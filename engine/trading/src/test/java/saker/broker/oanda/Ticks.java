package saker.broker.oanda;

import java.util.ArrayList;
import java.util.List;
import saker.model.Instrument;

/** Instruments and recorded ticks for the tests of the price stream. */
final class Ticks implements TickSink {

    record Row(int instrumentId, long bidE8, long askE8, long eventTimeNs, int flags) {}

    final List<Row> rows = new ArrayList<>();

    @Override
    public void onTick(
            int instrumentId,
            long bidE8,
            long askE8,
            long eventTimeNs,
            long receiveTimeNs,
            int flags) {
        rows.add(new Row(instrumentId, bidE8, askE8, eventTimeNs, flags));
    }

    static Instrument instrument(int id, String brokerName, int digits) {
        String[] parts = brokerName.split("_");
        return new Instrument(
                id,
                brokerName.replace("_", ""),
                brokerName,
                parts[0],
                parts[1],
                digits,
                digits == 3 ? -2 : -4,
                0,
                10_000,
                1_000_000_000_000L,
                3_333_333_333_333L,
                100_000);
    }

    static List<Instrument> instruments() {
        return List.of(
                instrument(0, "EUR_USD", 5),
                instrument(1, "USD_JPY", 3),
                instrument(2, "EUR_JPY", 3));
    }

    static String price(String instrument, String time, String bid, String ask) {
        return "{\"type\":\"PRICE\",\"time\":\"%s\",\"bids\":[{\"price\":\"%s\",\"liquidity\":1000000},{\"price\":\"0.1\",\"liquidity\":5}],\"asks\":[{\"price\":\"%s\",\"liquidity\":1000000}],\"closeoutBid\":\"1.1\",\"closeoutAsk\":\"1.2\",\"status\":\"tradeable\",\"tradeable\":true,\"instrument\":\"%s\"}\n"
                .formatted(time, bid, ask, instrument);
    }

    static String heartbeat(String time) {
        return "{\"type\":\"HEARTBEAT\",\"time\":\"" + time + "\"}\n";
    }
}
