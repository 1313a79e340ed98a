package saker.venue;

import java.util.List;
import saker.broker.simulated.CloseUnits;
import saker.broker.simulated.Outcome;
import saker.broker.simulated.Position;

/** The endpoints of positions. */
final class PositionDesk extends Desk {

    PositionDesk(VenueAccount account, String accountId) {
        super(account, accountId);
    }

    void register(Router router) {
        router.add("GET", ACCOUNT + "/positions", request -> list(request, broker.positions()));
        router.add("GET", ACCOUNT + "/openPositions", request -> list(request, open()));
        router.add("GET", ACCOUNT + "/positions/{instrument}", this::one);
        router.add("PUT", ACCOUNT + "/positions/{instrument}/close", this::close);
    }

    private Answer close(VenueRequest request) {
        RequestBody body = new RequestBody(request.body(), "");
        Outcome outcome =
                broker.closePosition(
                        instrument(request),
                        units(body, "longUnits", "longClientExtensions"),
                        units(body, "shortUnits", "shortClientExtensions"),
                        Long.toString(request.requestId()));
        return answer(request, outcome, 200);
    }

    private static CloseUnits units(RequestBody body, String name, String extensions) {
        String text = body.text(name);
        if (text == null || text.equals("NONE")) {
            return CloseUnits.NONE;
        }
        Long unitsE4 = text.equals("ALL") ? null : body.decimalE4(name);
        return new CloseUnits(true, unitsE4, body.extensions(extensions));
    }

    private List<Position> open() {
        return broker.positions().stream().filter(Position::isOpen).toList();
    }

    private Answer list(VenueRequest request, List<Position> positions) {
        JsonLine json = request.json().begin().beginArray("positions");
        for (Position position : positions) {
            json.beginElement();
            trades.position(json, position);
            json.end();
        }
        return ok(json.endArray());
    }

    private Answer one(VenueRequest request) {
        Position position = broker.position(instrument(request));
        if (position == null) {
            throw new Refusal(404, "NO_SUCH_POSITION", "The position specified does not exist");
        }
        JsonLine json = request.json().begin().begin("position");
        trades.position(json, position);
        return ok(json.end());
    }

    private String instrument(VenueRequest request) {
        String name = request.path("instrument");
        if (broker.instrument(name) == null) {
            throw Refusal.invalid("instrument");
        }
        return name;
    }
}
