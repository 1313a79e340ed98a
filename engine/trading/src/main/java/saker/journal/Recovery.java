package saker.journal;

/**
 * What the journal held when it was opened, before this boot's own record.
 *
 * @param lastIndex last valid record, −1 for an empty journal
 * @param lastJournalTimeNs of that record
 * @param lastMarketTimeNs event time of the newest tick, 0 for none
 * @param snapshot this boot may go on from, null for none
 * @param quarantined why records behind the valid ones were set aside, "" if none were
 */
public record Recovery(
        long lastIndex,
        long lastJournalTimeNs,
        long lastMarketTimeNs,
        Snapshot snapshot,
        String quarantined) {

    static final Recovery EMPTY = new Recovery(-1, 0, 0, null, "");
}
