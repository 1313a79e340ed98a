package saker.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between engine and broker: puts lines into the price stream, or refuses everybody. */
final class TamperProxy implements AutoCloseable {
    private static final String REFUSAL =
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final ServerSocket server;
    private final int brokerPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean refusing;
    private volatile String lastPrice = "";

    TamperProxy(int brokerPort) {
        this.brokerPort = brokerPort;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("proxy", this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** The last EUR_USD line that passed. */
    String lastPrice() {
        return lastPrice;
    }

    /** Goes out between two chunks of the price stream. */
    void inject(String line) {
        lines.add(line);
    }

    boolean isDrained() {
        return lines.isEmpty();
    }

    /** From now on every request is answered 401; what is connected is cut. */
    void refuseAll() {
        refusing = true;
        sockets.forEach(TamperProxy::closeQuietly);
    }

    int refused() {
        return refused.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                run("proxy-client", () -> serve(client));
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
            sockets.add(broker);
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            if (refusing) {
                refused.incrementAndGet();
                write(client.getOutputStream(), REFUSAL);
                return;
            }
            write(broker.getOutputStream(), head);
            run("proxy-up", () -> copy(in, broker));
            InputStream answer = new BufferedInputStream(broker.getInputStream());
            if (head.contains("/pricing/stream")) {
                write(client.getOutputStream(), head(answer));
                passChunks(answer, client.getOutputStream());
            } else {
                answer.transferTo(client.getOutputStream());
            }
        } catch (IOException e) {
            sockets.remove(client); // One side is gone, and so is the other now.
        }
    }

    private void passChunks(InputStream from, OutputStream to) throws IOException {
        while (true) {
            String size = line(from);
            int length = Integer.parseInt(size.strip(), 16);
            byte[] chunk = from.readNBytes(length + 2);
            String text = new String(chunk, StandardCharsets.UTF_8);
            for (String each : text.split("\n")) {
                if (each.contains("EUR_USD") && each.strip().endsWith("}")) {
                    lastPrice = each.strip();
                }
            }
            to.write(size.getBytes(StandardCharsets.US_ASCII));
            to.write(chunk);
            for (String extra = lines.poll(); extra != null; extra = lines.poll()) {
                byte[] bytes = (extra + "\n").getBytes(StandardCharsets.UTF_8);
                write(to, Integer.toHexString(bytes.length) + "\r\n");
                to.write(bytes);
                write(to, "\r\n");
            }
            to.flush();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        String line = line(in);
        while (!line.equals("\r\n")) {
            head.append(line);
            line = line(in);
        }
        return head + "\r\n";
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1);
            }
        }
        throw new IOException("closed");
    }

    private static void copy(InputStream from, Socket to) {
        try {
            from.transferTo(to.getOutputStream());
        } catch (IOException e) {
            closeQuietly(to);
        }
    }

    private static void write(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void run(String name, Runnable what) {
        Thread thread = new Thread(what, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(TamperProxy::closeQuietly);
    }
}
