package saker.strategy;

import java.util.Objects;

/**
 * The state of one instance after a record: what its library holds, and what the host remembers of
 * its calls. Bars, orders and account figures are not in it, since they follow from the journal.
 *
 * @param index of the last record taken in
 * @param refused whether it is not called any more
 * @param lastCode the last return code
 * @param runs calls so far, as {@link InstanceStatus#runs()}
 * @param signals calls that asked for something
 * @param lastRunNs market time of the last call
 * @param detail why it is in its phase
 * @param library what {@code fxs_snapshot} wrote
 */
public record InstanceSnapshot(
        long instanceId,
        long index,
        boolean refused,
        int lastCode,
        long runs,
        long signals,
        long lastRunNs,
        String detail,
        byte[] library) {

    public InstanceSnapshot {
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(library, "library");
    }
}
