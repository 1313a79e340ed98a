package saker.broker.oanda;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import saker.model.Instrument;
import saker.model.OrderIntent;

/** Makes the requests of intents as {@link OandaSession} does, and sends none. One thread. */
public final class RequestRehearsal implements Consumer<OrderIntent> {
    private static final URI NOWHERE = URI.create("http://127.0.0.1");

    private final InstrumentDirectory instruments = new InstrumentDirectory();
    private final OandaOptions options =
            OandaOptions.of(NOWHERE, NOWHERE, () -> "", "rehearsal", 0);

    /**
     * @param instrument that the intents are of
     */
    public RequestRehearsal(Instrument instrument) {
        instruments.set(List.of(instrument));
    }

    @Override
    public void accept(OrderIntent intent) {
        OrderRequest.of(intent, instruments, options);
    }
}
