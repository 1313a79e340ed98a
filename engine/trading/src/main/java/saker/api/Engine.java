package saker.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import saker.model.BarPeriod;
import saker.model.Bars;

/**
 * What the gateway sees of the engine and asks of it. Views are immutable snapshots folded from the
 * journal, a few milliseconds behind it. Thread-safe; nothing blocks.
 */
public interface Engine {

    EngineView view();

    /** Completed bars and the forming one, oldest first; empty for an unknown symbol. */
    List<Bars.Bar> bars(String symbol, BarPeriod period, int count);

    /** Receives what changes, in order, on the live feed's thread; must return quickly. */
    void subscribe(EngineListener listener);

    /**
     * Appends a Command. The stage completes as soon as it is in the journal.
     *
     * @return the index of the command's record
     */
    CompletionStage<Long> submit(CommandRequest request);

    /** What became of a command; empty if it is unknown or older than the last 10,000. */
    Optional<CommandOutcome> command(String commandId);

    /**
     * Completes once the command has a final outcome, or after {@code waitMs} with what is known.
     */
    CompletionStage<CommandOutcome> await(String commandId, long waitMs);
}
