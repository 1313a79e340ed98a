package saker.strategy;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much memory the process holds: resident, and handed out by the C library.
 *
 * @param residentBytes from the kernel
 * @param allocatedBytes what {@code malloc} gave and did not get back; 0 where it cannot be asked
 */
record NativeMemory(long residentBytes, long allocatedBytes) {
    private static final long PAGE_BYTES = 4096;
    private static final Function MALLINFO = find();

    /** Of glibc 2.33 and later. */
    @FieldOrder({
        "arena",
        "ordblks",
        "smblks",
        "hblks",
        "hblkhd",
        "usmblks",
        "fsmblks",
        "uordblks",
        "fordblks",
        "keepcost"
    })
    @SuppressWarnings("unused") // The layout is C's.
    public static final class MallInfo extends Structure implements Structure.ByValue {
        public long arena;
        public long ordblks;
        public long smblks;
        public long hblks;
        public long hblkhd;
        public long usmblks;
        public long fsmblks;
        public long uordblks;
        public long fordblks;
        public long keepcost;
    }

    private static Function find() {
        try {
            return NativeLibrary.getInstance("c").getFunction("mallinfo2");
        } catch (UnsatisfiedLinkError e) {
            return null;
        }
    }

    static NativeMemory now() {
        try {
            String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
            return new NativeMemory(Long.parseLong(pages[1]) * PAGE_BYTES, allocated());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the process's memory", e);
        }
    }

    private static long allocated() {
        if (MALLINFO == null) {
            return 0;
        }
        MallInfo info = (MallInfo) MALLINFO.invoke(MallInfo.class, new Object[0]);
        return info.uordblks + info.hblkhd;
    }
}
