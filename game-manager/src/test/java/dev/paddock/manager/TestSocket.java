package dev.paddock.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.protocol.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that can also behave badly: read nothing, answer no ping, send what it must not. */
public final class TestSocket implements AutoCloseable {
    /** What {@link #closeCode} answers when the connection ended without a close frame. */
    public static final int NO_CODE = -1;

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final Handshake handshake;
    private final DataInputStream in;
    private final LinkedBlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private volatile boolean pongs = true;

    private TestSocket(URI url, String path, Map<String, String> headers, int receiveBuffer) {
        try {
            socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
            in = new DataInputStream(socket.getInputStream());
            StringBuilder request =
                    new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n");
            headers.forEach((name, value) ->
                    request.append(name).append(": ").append(value).append("\r\n"));
            write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            handshake = readHandshake();
            socket.setSoTimeout(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A well-behaved socket of a player. */
    public static TestSocket open(URI url, String token) {
        return opened(url, "/v1/socket", headers(token), 0).reading();
    }

    /** A socket that reads nothing until {@link #reading} is called. */
    public static TestSocket deaf(URI url, String token) {
        return opened(url, "/v1/socket", headers(token), 4096);
    }

    public static TestSocket opened(URI url, String path, Map<String, String> headers, int receiveBuffer) {
        TestSocket socket = new TestSocket(url, path, headers, receiveBuffer);
        assertThat(socket.handshake.status()).as(socket.handshake.toString()).isEqualTo(101);
        return socket;
    }

    /** What comes back for an upgrade that should be refused. */
    public static Handshake tried(URI url, String path, Map<String, String> headers) {
        try (TestSocket socket = new TestSocket(url, path, headers, 0)) {
            return socket.handshake;
        }
    }

    /** The headers of a good upgrade; a null token: nobody's. */
    public static Map<String, String> headers(@Nullable String token) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Connection", "Upgrade");
        headers.put("Upgrade", "websocket");
        headers.put("Sec-WebSocket-Version", "13");
        headers.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        headers.put("Sec-WebSocket-Protocol", "paddock.v1");
        if (token != null) {
            headers.put("Authorization", "Bearer " + token);
        }
        return headers;
    }

    public Handshake handshake() {
        return handshake;
    }

    public TestSocket reading() {
        Thread.ofVirtual().start(this::read);
        return this;
    }

    public TestSocket withoutPongs() {
        pongs = false;
        return this;
    }

    /** The next frame of that type; others before it are passed over. */
    public JsonNode next(String type) {
        List<String> others = new ArrayList<>();
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                JsonNode frame = frames.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (frame == null) {
                    throw new AssertionError("no " + type + " within " + PATIENCE.toSeconds() + " s, but " + others
                            + ", close code " + closeCode.getNow(null));
                }
                if (frame.path("type").asText().equals(type)) {
                    return frame;
                }
                others.add(frame.path("type").asText());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The frame that came first of those not taken yet. */
    public JsonNode next() {
        try {
            JsonNode frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(frame)
                    .as("a frame; close code %s", closeCode.getNow(null))
                    .isNotNull();
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isQuiet() {
        return frames.isEmpty();
    }

    public boolean isOpen() {
        return !closeCode.isDone();
    }

    public int closeCode() {
        try {
            return closeCode.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("still open", e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public void sendText(String text) {
        send(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    public void sendBytesAsText(byte[] bytes) {
        send(TEXT, true, bytes);
    }

    public void sendBinary(byte[] bytes) {
        send(BINARY, true, bytes);
    }

    /** The first or a middle frame of a message. */
    public void sendPart(boolean first, String text) {
        send(first ? TEXT : 0, false, text.getBytes(StandardCharsets.UTF_8));
    }

    public void sendClose(int code) {
        send(CLOSE, true, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                long length = in.readUnsignedByte() & 0x7f;
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = in.readLong();
                }
                byte[] payload = in.readNBytes((int) length);
                switch (opcode) {
                    case TEXT -> frames.add(Json.read(payload, JsonNode.class));
                    case PING -> {
                        if (pongs) {
                            send(PONG, true, payload);
                        }
                    }
                    case CLOSE -> {
                        closeCode.complete(
                                payload.length < 2
                                        ? NO_CODE
                                        : ByteBuffer.wrap(payload).getShort() & 0xffff);
                        socket.close();
                        return;
                    }
                    default -> throw new AssertionError("a server does not send opcode " + opcode);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            closeCode.complete(NO_CODE);
        }
    }

    private void send(int opcode, boolean last, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) ((last ? 0x80 : 0) | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] mask = {1, 2, 3, 4};
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        try {
            write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private Handshake readHandshake() throws IOException {
        String status = readLine();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Handshake(Integer.parseInt(status.split(" ", -1)[1]), headers, body);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("connection ended in the handshake after: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /**
     * The server's answer to the upgrade.
     *
     * @param headers names in lower case
     */
    public record Handshake(int status, Map<String, String> headers, String body) {}
}
