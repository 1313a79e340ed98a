package saker.store;

/** How the store stands. */
public enum StoreState {
    /** The projection folds what was stored before. */
    STARTING,
    /** Everything durable in the journal is in the database, but for the last moment. */
    OK,
    /** The database does not answer; the journal keeps what is to be written. */
    DOWN,
    /** The database answers again and is behind. */
    CATCHING_UP
}
