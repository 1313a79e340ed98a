package saker.journal;

/** Receives records in order. */
@FunctionalInterface
public interface RecordHandler {

    /**
     * @param entry header and payload; a flyweight, valid during the call only
     */
    void onRecord(RecordView entry);

    /** Hands every record to this one, then to another. */
    default RecordHandler andThen(RecordHandler next) {
        return entry -> {
            onRecord(entry);
            next.onRecord(entry);
        };
    }
}
