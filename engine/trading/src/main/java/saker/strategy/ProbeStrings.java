package saker.strategy;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The strings a library returns: within the caller's 256 bytes, ended by a zero, plain text. */
final class ProbeStrings {
    private static final int ROOM = CallFrame.STRING_BYTES;
    private static final int GUARD_BYTES = 4096;
    private static final byte GUARD = 0x3C;
    private static final String FUNCTION = "C_getConversionSymbols";

    private final NativeFramework framework;

    ProbeStrings(NativeFramework framework) {
        this.framework = framework;
    }

    /** For GBPJPY on a dollar account: of the base and of the quote currency. */
    List<String> conversions() {
        call("EURUSD");
        return call("GBPJPY");
    }

    private List<String> call(String symbol) {
        try (Memory base = room();
                Memory quote = room();
                Memory in = text(symbol);
                Memory currency = text("USD")) {
            Object[] arguments = {in, currency, base, quote};
            int code = framework.function(FUNCTION).invokeInt(arguments);
            if (code != 0) {
                throw new FrameworkException(
                        "%s(%s, USD) returns %d".formatted(FUNCTION, symbol, code));
            }
            return List.of(read(base, "base"), read(quote, "quote"));
        }
    }

    private static Memory room() {
        Memory memory = new Memory(ROOM + GUARD_BYTES);
        memory.setMemory(0, ROOM + GUARD_BYTES, GUARD);
        memory.setByte(0, (byte) 0);
        return memory;
    }

    private static Memory text(String text) {
        Memory memory = new Memory(ROOM);
        memory.clear();
        memory.setString(0, text, StandardCharsets.ISO_8859_1.name());
        return memory;
    }

    private static String read(Memory memory, String name) {
        for (byte b : memory.getByteArray(ROOM, GUARD_BYTES)) {
            if (b != GUARD) {
                throw new FrameworkException(
                        "%s writes beyond %s: size=%d".formatted(FUNCTION, name, ROOM));
            }
        }
        byte[] bytes = memory.getByteArray(0, ROOM);
        int length = 0;
        while (length < ROOM && bytes[length] != 0) {
            length++;
        }
        if (length == ROOM) {
            throw new FrameworkException(
                    "%s: %s has no end within %d bytes".formatted(FUNCTION, name, ROOM));
        }
        // The existing library puts newlines before the name.
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).strip();
        if (!text.matches("[\\x21-\\x7E]*")) {
            throw new FrameworkException("%s: %s is no plain text".formatted(FUNCTION, name));
        }
        return text;
    }
}
