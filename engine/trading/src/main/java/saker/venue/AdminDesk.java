package saker.venue;

import saker.broker.simulated.AccountSummary;

/** The venue's own endpoints under {@code /saker}: status, faults, stop. */
final class AdminDesk {
    private final VenueAccount account;
    private final StreamHub streams;
    private final MarketPump market;
    private final FaultPlan faults;
    private final Runnable stop;

    AdminDesk(
            VenueAccount account,
            StreamHub streams,
            MarketPump market,
            FaultPlan faults,
            Runnable stop) {
        this.account = account;
        this.streams = streams;
        this.market = market;
        this.faults = faults;
        this.stop = stop;
    }

    void register(Router router) {
        router.add("GET", "/saker/status", this::status);
        router.add("POST", "/saker/faults", this::addFault);
        router.add("DELETE", "/saker/faults", this::clearFaults);
        router.add("POST", "/saker/stop", this::stop);
    }

    private Answer status(VenueRequest request) {
        AccountSummary summary = account.broker().account();
        JsonLine json =
                request.json()
                        .begin()
                        .number("rowsSent", streams.rowsSent())
                        .number("rowsLost", streams.rowsLost())
                        .time("marketTime", market.marketNs())
                        .number("marketTimeNs", market.marketNs())
                        .flag("finished", market.isFinished())
                        .number("fills", account.fills())
                        .id("lastTransactionID", summary.lastTransactionId())
                        .money("balance", summary.balanceE8())
                        .number("priceStreams", streams.priceStreams())
                        .number("transactionStreams", streams.transactionStreams())
                        .number("clientsDropped", streams.clientsDropped())
                        .number("faultsPending", faults.pending())
                        .number("faultsStruck", faults.struck());
        return Answer.ok(json.end());
    }

    private Answer addFault(VenueRequest request) {
        faults.add(Fault.parse(request.body()));
        streams.strikeOpen();
        return Answer.ok(request.json().begin().number("faultsPending", faults.pending()).end());
    }

    private Answer clearFaults(VenueRequest request) {
        faults.clear();
        streams.relieve();
        return Answer.ok(request.json().begin().number("faultsPending", 0).end());
    }

    private Answer stop(VenueRequest request) {
        stop.run();
        return Answer.ok(request.json().begin().flag("stopping", true).end());
    }
}
