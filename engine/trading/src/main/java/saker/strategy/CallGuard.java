package saker.strategy;

/**
 * Told of every call into the library, on the calling thread, so that somebody else can see one
 * that does not return. Must not block or allocate.
 */
public interface CallGuard {
    CallGuard NOBODY =
            new CallGuard() {
                @Override
                public void onEnter(long instanceId, long index) {}

                @Override
                public void onEnterSetup(long instanceId, long index) {}

                @Override
                public void onExit() {}
            };

    /**
     * A call for an instance begins.
     *
     * @param index of the record that led to it, 0 while the instance is set up
     */
    void onEnter(long instanceId, long index);

    /** The same for a call that sets the instance up and may take longer. */
    void onEnterSetup(long instanceId, long index);

    /** It has returned. */
    void onExit();
}
