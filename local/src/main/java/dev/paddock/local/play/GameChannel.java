package dev.paddock.local.play;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.game.FromServer;
import dev.paddock.protocol.game.ToServer;
import dev.paddock.protocol.match.Endpoint;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The player's own TLS connection to the match's server (docs/game-protocol.md): one JSON object a line. */
final class GameChannel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GameChannel.class);
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final ObjectReader LINES =
            Json.newMapper().readerFor(FromServer.class).without(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE);

    private final SSLSocket socket;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

    private GameChannel(SSLSocket socket) {
        this.socket = socket;
    }

    sealed interface Item {}

    record Said(FromServer line) implements Item {}

    /** The connection is closed; nothing follows. */
    record Gone(String why) implements Item {}

    /**
     * Connects to the node itself; a server that cannot prove the endpoint's key is refused.
     *
     * @throws NotLetInException if it might go better another time
     */
    static GameChannel open(Endpoint endpoint) throws PlayException {
        Integer port = endpoint.ports().get("tcp");
        if (port == null) {
            throw new PlayException("PlayerMatched names no tcp port: " + endpoint.ports());
        }
        String where = endpoint.host() + ":" + port;
        try {
            SSLSocket socket = connect(endpoint, port);
            GameChannel channel = new GameChannel(socket);
            Thread.ofVirtual().name("game-" + port).start(channel::read);
            return channel;
        } catch (IOException e) {
            Throwable root = root(e);
            String why = "the game server at " + where + " could not be reached: " + root.getMessage();
            throw root instanceof CertificateException ? new PlayException(why, e) : new NotLetInException(why, e);
        }
    }

    /** Sends a line, if the server still listens. If not, its last line, or why there is none, comes from {@link #next}. */
    void send(ToServer line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        bytes.writeBytes(Json.bytes(line));
        bytes.write('\n');
        try {
            // One write, so that a line is one TLS record.
            socket.getOutputStream().write(bytes.toByteArray());
        } catch (IOException e) {
            // A server that has ended the match closes while we still send; the reader has its Result already.
            LOG.debug("not sent, the server has closed", e);
        }
    }

    /** The next line, or null if none came in time. */
    @Nullable
    Item next(Duration within) throws InterruptedException {
        return items.poll(Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static SSLSocket connect(Endpoint endpoint, int port) throws IOException {
        SSLSocket socket = (SSLSocket) new PinnedKey(endpoint.publicKeySha256())
                .context()
                .getSocketFactory()
                .createSocket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(endpoint.host(), port), (int) TO_CONNECT.toMillis());
            socket.setSoTimeout((int) TO_CONNECT.toMillis());
            socket.startHandshake();
            socket.setSoTimeout(0);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                FromServer said = LINES.readValue(line);
                if (said != null) {
                    items.add(new Said(said));
                }
            }
            items.add(new Gone("closed by the server"));
        } catch (JsonProcessingException e) {
            items.add(new Gone("given up: a line was not what docs/game-protocol.md promises"));
        } catch (IOException e) {
            items.add(new Gone("lost: " + e.getMessage()));
        }
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
