package saker.order;

/**
 * Our keys at the broker: 16 hex digits of the boot id, and the hex of the cause's index and of the
 * output's ordinal, with dashes between: {@code 00c0ffee00c0ffee-4e2500000012-1}.
 */
public final class ClientIds {
    private static final int BOOT_LENGTH = 16;
    private static final int MAX_LENGTH = 36;

    private ClientIds() {}

    /** At most 36 characters. Made once per intent and never derived again. */
    public static String make(long bootId, long causeIndex, int ordinal) {
        String boot = Long.toHexString(bootId);
        String id =
                "0".repeat(BOOT_LENGTH - boot.length())
                        + boot
                        + '-'
                        + Long.toHexString(causeIndex)
                        + '-'
                        + Integer.toHexString(ordinal);
        if (id.length() > MAX_LENGTH) {
            throw new IllegalStateException("client id too long: id=" + id);
        }
        return id;
    }

    /** Whether the id has the shape of ours, of whichever boot. */
    public static boolean isOurs(String clientId) {
        int length = clientId.length();
        if (length < BOOT_LENGTH + 4 || length > MAX_LENGTH || !isHex(clientId, 0, BOOT_LENGTH)) {
            return false;
        }
        int dash = clientId.indexOf('-', BOOT_LENGTH + 1);
        return clientId.charAt(BOOT_LENGTH) == '-'
                && dash > BOOT_LENGTH + 1
                && dash < length - 1
                && isHex(clientId, BOOT_LENGTH + 1, dash)
                && isHex(clientId, dash + 1, length);
    }

    /** The boot id in an id that {@link #isOurs}. */
    public static long bootIdOf(String clientId) {
        if (!isOurs(clientId)) {
            throw new IllegalArgumentException("no client id of ours: clientId=" + clientId);
        }
        return Long.parseUnsignedLong(clientId, 0, BOOT_LENGTH, 16);
    }

    /** Hex of the cause's index in an id that {@link #isOurs}; empty for any other text. */
    public static String causeOf(String clientId) {
        return isOurs(clientId)
                ? clientId.substring(BOOT_LENGTH + 1, clientId.indexOf('-', BOOT_LENGTH + 1))
                : "";
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
