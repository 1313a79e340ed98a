package saker.broker;

import java.util.List;
import java.util.concurrent.CompletionStage;
import saker.model.Instrument;

/**
 * The price stream of one account. Appends a Tick per price and a FeedStatus per change of state;
 * reconnects by itself with jittered backoff and tears down a stream that is silent for {@code
 * stream_silence}. Called on its event loop.
 */
public interface PriceFeed {

    /** Subscribes to the instruments. */
    void start(List<Instrument> instruments);

    CompletionStage<Void> stop();
}
