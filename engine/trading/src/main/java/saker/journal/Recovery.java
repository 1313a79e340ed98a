package saker.journal;

/**
 * What the journal held when it was opened, before this boot's own record.
 *
 * <p>Inputs up to {@code lastCompletedCause} are decided: their recorded outputs are applied and
 * none is appended for them. Of {@code incompleteCause} the first {@code incompleteOutputs} outputs
 * are recorded; the rest is appended as that input is answered again.
 *
 * @param lastIndex last valid record, −1 for an empty journal
 * @param lastJournalTimeNs of that record
 * @param lastMarketTimeNs event time of the newest tick
 * @param bootId of the last boot, 0 for none
 * @param lastCompletedCause newest cause whose decisions are complete, 0 for none
 * @param incompleteCause cause whose last decision is missing, 0 for none
 * @param incompleteOutputs decisions of it that are recorded
 * @param quarantined why records behind the valid ones were set aside, "" if none were
 */
public record Recovery(
        long lastIndex,
        long lastJournalTimeNs,
        long lastMarketTimeNs,
        long bootId,
        long lastCompletedCause,
        long incompleteCause,
        int incompleteOutputs,
        String quarantined) {

    static final Recovery EMPTY = new Recovery(-1, 0, 0, 0, 0, 0, 0, "");

    Recovery withQuarantined(String reason) {
        return new Recovery(
                lastIndex,
                lastJournalTimeNs,
                lastMarketTimeNs,
                bootId,
                lastCompletedCause,
                incompleteCause,
                incompleteOutputs,
                reason);
    }
}
