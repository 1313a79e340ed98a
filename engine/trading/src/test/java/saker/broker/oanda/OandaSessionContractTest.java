package saker.broker.oanda;

import saker.broker.BrokerSessionContract;
import saker.broker.BrokerUnderTest;

/** The contract over real sockets, against the OANDA v20 protocol of our own venue. */
class OandaSessionContractTest extends BrokerSessionContract {
    private VenueUnderTest venue;

    @Override
    protected BrokerUnderTest open() throws Exception {
        venue = new VenueUnderTest();
        return venue;
    }

    @Override
    protected long marketNowNs() {
        return venue.marketNowNs();
    }
}
