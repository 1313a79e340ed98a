package saker.broker.oanda;

/** Takes the prices that passed. Allocates nothing. */
@FunctionalInterface
public interface TickSink {

    /**
     * @param bidE8 &gt; 0
     * @param askE8 ≥ {@code bidE8}
     * @param eventTimeNs the broker's stamp, ns since the Unix epoch
     * @param receiveTimeNs ours, for latency only
     * @param flags of {@link saker.model.TickFlags}
     */
    void onTick(
            int instrumentId,
            long bidE8,
            long askE8,
            long eventTimeNs,
            long receiveTimeNs,
            int flags);
}
