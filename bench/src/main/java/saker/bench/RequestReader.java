package saker.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads HTTP/1.1 requests from a blocking socket and knows when the first byte of each came. */
final class RequestReader {
    private static final String LENGTH = "content-length:";

    private final InputStream in;
    private final byte[] bytes = new byte[64 * 1024];
    private int end;
    private int taken;
    private long firstByteNs;
    private String head;
    private String body;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** False at the end of the connection. */
    boolean next() throws IOException {
        System.arraycopy(bytes, taken, bytes, 0, end - taken);
        end -= taken;
        taken = 0;
        if (end == 0 && !fill()) {
            return false;
        }
        firstByteNs = lastReadNs;
        int bodyAt = headEnd();
        while (bodyAt < 0) {
            if (!fill()) {
                return false;
            }
            bodyAt = headEnd();
        }
        head = new String(bytes, 0, bodyAt, StandardCharsets.US_ASCII);
        int length = length();
        while (end < bodyAt + length) {
            if (!fill()) {
                return false;
            }
        }
        body = new String(bytes, bodyAt, length, StandardCharsets.US_ASCII);
        taken = bodyAt + length;
        return true;
    }

    /** {@link System#nanoTime} right after the read that brought the first byte. */
    long firstByteNs() {
        return firstByteNs;
    }

    String method() {
        return head.substring(0, head.indexOf(' '));
    }

    String path() {
        int from = head.indexOf(' ') + 1;
        return head.substring(from, head.indexOf(' ', from));
    }

    String body() {
        return body;
    }

    private long lastReadNs;

    private boolean fill() throws IOException {
        int count = in.read(bytes, end, bytes.length - end);
        lastReadNs = System.nanoTime();
        if (count <= 0) {
            return false;
        }
        end += count;
        return true;
    }

    private int headEnd() {
        for (int i = 3; i < end; i++) {
            if (bytes[i] == '\n'
                    && bytes[i - 1] == '\r'
                    && bytes[i - 2] == '\n'
                    && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private int length() {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)).trim());
    }
}
