package saker.live;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's control socket, {@code <data>/control.sock}, mode 0600: halt and flatten need
 * neither gateway nor database. One line in, one line out: {@code HALT reason}, {@code FLATTEN
 * reason}, {@code STATUS}, {@code WORKERS}, {@code WORKER RESTART id reason}; the answer starts
 * with {@code OK}, {@code PENDING} (in the journal, not finished yet) or {@code ERROR}.
 *
 * <p>Each caller has a thread of its own.
 */
public final class ControlSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final int FIRST_READ = 4096;
    private static final int MAX_REQUEST = 4096;
    private static final int MAX_ANSWER = 1 << 20;
    private static final int MAX_PATH = 107; // sun_path of Linux, without its NUL.

    private final Path path;
    private final ServerSocketChannel server;
    private final UnaryOperator<String> handler;

    private ControlSocket(Path path, ServerSocketChannel server, UnaryOperator<String> handler) {
        this.path = path;
        this.server = server;
        this.handler = handler;
    }

    /**
     * @param handler from a request line to an answer line; may block
     */
    public static ControlSocket open(Path data, UnaryOperator<String> handler) throws IOException {
        Path path = pathOf(data);
        if (path.toString().length() > MAX_PATH) {
            throw new IOException(
                    "path too long for a socket: path=%s, length=%d, allowed=%d; choose a shorter --data"
                            .formatted(path, path.toString().length(), MAX_PATH));
        }
        Files.deleteIfExists(path); // Left by a killed engine; the data lock is ours already.
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        ControlSocket socket = new ControlSocket(path, server, handler);
        Thread thread = new Thread(socket::serve, "control");
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    /**
     * Asks the engine of a data folder.
     *
     * @throws IOException if no engine listens there
     */
    public static String ask(Path data, String line) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(pathOf(data)))) {
            write(channel, line);
            return read(channel, MAX_ANSWER);
        }
    }

    private static Path pathOf(Path data) {
        return data.resolve("control.sock");
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                SocketChannel caller = server.accept();
                Thread thread = new Thread(() -> serve(caller), "control-caller");
                thread.setDaemon(true);
                thread.start();
            } catch (ClosedChannelException e) {
                return; // We were closed.
            } catch (IOException e) {
                LOG.warn("control socket: cannot accept: {}", e.getMessage());
            }
        }
    }

    /** A caller that is silent holds up nobody but itself. */
    private void serve(SocketChannel caller) {
        try (caller) {
            write(caller, answer(read(caller, MAX_REQUEST)));
        } catch (IOException e) {
            LOG.warn("control socket: caller failed: {}", e.getMessage());
        }
    }

    private String answer(String request) {
        try {
            return handler.apply(request);
        } catch (RuntimeException e) {
            LOG.error("control socket: request failed: {}", request, e);
            return "ERROR " + e.getMessage();
        }
    }

    private static void write(SocketChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String read(SocketChannel channel, int limit) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(FIRST_READ);
        while (channel.read(bytes) >= 0) {
            int length = bytes.position();
            if (length > 0 && bytes.get(length - 1) == '\n' || length >= limit) {
                break;
            }
            if (!bytes.hasRemaining()) {
                bytes = ByteBuffer.allocate(2 * length).put(bytes.flip());
            }
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }
}
