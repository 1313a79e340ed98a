package saker.live;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import saker.strategy.CallGuard;

/**
 * The call under way on the engine's own strategy thread, for the thread that watches it: one
 * writer, any reader.
 */
final class ThreadCalls implements CallGuard {
    private static final VarHandle COUNT;
    private static final VarHandle INSTANCE;

    static {
        try {
            COUNT =
                    MethodHandles.lookup()
                            .findVarHandle(ThreadCalls.class, "callCount", long.class);
            INSTANCE =
                    MethodHandles.lookup()
                            .findVarHandle(ThreadCalls.class, "instanceId", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long callCount; // Odd while a call is under way.
    private long instanceId;
    private volatile boolean setup;

    @Override
    public void onEnter(long instanceId, long index) {
        INSTANCE.setOpaque(this, instanceId);
        COUNT.setRelease(this, callCount + 1);
    }

    @Override
    public void onEnterSetup(long instanceId, long index) {
        setup = true;
        onEnter(instanceId, index);
    }

    @Override
    public void onExit() {
        COUNT.setRelease(this, callCount + 1);
        if (setup) {
            setup = false;
        }
    }

    /** Whether the call under way sets an instance up. */
    boolean isSetup() {
        return setup;
    }

    long callCount() {
        return (long) COUNT.getAcquire(this);
    }

    /** The instance of the latest call. */
    long instanceId() {
        return (long) INSTANCE.getOpaque(this);
    }
}
