package saker.journal;

/** Receives records in order. */
@FunctionalInterface
public interface RecordHandler {

    /**
     * @param entry header and payload; a flyweight, valid during the call only
     */
    void onRecord(RecordView entry);
}
