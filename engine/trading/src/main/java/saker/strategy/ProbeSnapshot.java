package saker.strategy;

import com.sun.jna.Memory;

/** An instance's state out of a library and into it, through the two exports that are ours. */
final class ProbeSnapshot {
    private static final byte GUARD = 0x3C;
    private static final int GUARD_BYTES = 64;

    private ProbeSnapshot() {}

    static byte[] save(NativeFramework framework, int instanceId) {
        var function = framework.function(DocumentedExports.SNAPSHOT);
        int size = function.invokeInt(new Object[] {instanceId, null, 0});
        if (size <= 0) {
            throw new FrameworkException("fxs_snapshot does not say its size: code=" + size);
        }
        try (Memory memory = new Memory(size + GUARD_BYTES)) {
            memory.setMemory(0, size + GUARD_BYTES, GUARD);
            int written = function.invokeInt(new Object[] {instanceId, memory, size});
            if (written != size) {
                throw new FrameworkException(
                        "fxs_snapshot: size=%d, written=%d".formatted(size, written));
            }
            for (byte b : memory.getByteArray(size, GUARD_BYTES)) {
                if (b != GUARD) {
                    throw new FrameworkException("fxs_snapshot writes beyond its buffer");
                }
            }
            return memory.getByteArray(0, size);
        }
    }

    static void restore(NativeFramework framework, int instanceId, byte[] snapshot) {
        try (Memory memory = new Memory(snapshot.length)) {
            memory.write(0, snapshot, 0, snapshot.length);
            int code =
                    framework
                            .function(DocumentedExports.RESTORE)
                            .invokeInt(new Object[] {instanceId, memory, snapshot.length});
            if (code != 0) {
                throw new FrameworkException("fxs_restore refuses its snapshot: code=" + code);
            }
        }
    }
}
