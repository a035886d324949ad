package dev.paddock.gameserver.channel;

import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.game.FromServer;
import dev.paddock.protocol.game.ToServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a client, from TLS handshake to close. Its reader and its writer are a virtual thread each, so that
 * who does not read still can be heard, and who does not speak still is told.
 *
 * <pre>
 * handshake → Join → [check] → Joined → lines ⇄ lines → last line, closed
 *                       ↘ Rejected, closed
 * </pre>
 *
 * The plain socket below TLS is what {@link #cut} closes: closing TLS would wait for a writer that hangs.
 */
public final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int DISCARDED_AT_MOST = 4 * 1024 * 1024;

    private final Socket plain;
    private final TlsIdentity identity;
    private final Guests guests;
    private final ChannelLimits limits;
    private final Outbox outbox;
    private final long openedAt;
    private volatile @Nullable String playerId;
    // Nano times of the states that may not last; 0 is "not in it".
    private volatile long writingSince;
    private volatile long closingSince;

    Connection(Socket plain, TlsIdentity identity, Guests guests, ChannelLimits limits) {
        this.plain = plain;
        this.identity = identity;
        this.guests = guests;
        this.limits = limits;
        this.outbox = new Outbox(limits.waitingBytes());
        this.openedAt = System.nanoTime();
    }

    /** Who joined by this connection. */
    public String playerId() {
        String joined = playerId;
        if (joined == null) {
            throw new IllegalStateException("nobody has joined by this connection");
        }
        return joined;
    }

    /** A line of JSON and its line feed, for {@link #tell} and {@link #show}; one array may go to many connections. */
    public static byte[] line(Object frame) {
        byte[] json = Json.bytes(frame);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /** Sends a line that must arrive; drops the player if too many wait already. */
    public void tell(byte[] line) {
        if (!outbox.add(line)) {
            drop("too-slow", "Too much waits to be read.");
        }
    }

    /** Sends a state, in the place of one that has not gone out. */
    public void show(byte[] state) {
        outbox.show(state);
    }

    /** Closes after everything that waits, and this. */
    public void finish(byte @Nullable [] lastLine) {
        if (outbox.finish(lastLine)) {
            closingSince = System.nanoTime();
        }
    }

    /** Closes with a reason; the player may join again. */
    public void drop(String code, String reason) {
        LOG.info("Dropped a player: playerId={} code={}", playerId, code);
        finish(line(new FromServer.Dropped(code, reason)));
    }

    /** Closes at once, in the middle of whatever it is. */
    void cut() {
        try {
            plain.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed", e);
        }
    }

    /** Whether nobody has joined by it yet. */
    boolean pending() {
        return playerId == null;
    }

    /** Whether it has been in a state for longer than the limits allow. */
    boolean overdue(long nanoTime) {
        return (pending()
                        && nanoTime - openedAt
                                > limits.joinWithin().plus(limits.closingFor()).toNanos())
                || (writingSince != 0
                        && nanoTime - writingSince > limits.stalledFor().toNanos())
                || (closingSince != 0
                        && nanoTime - closingSince > limits.closingFor().toNanos());
    }

    /** Serves the client until one of us closes. */
    void serve() throws InterruptedException {
        try (SSLSocket tls = identity.over(plain)) {
            tls.setSoTimeout((int) limits.joinWithin().toMillis());
            tls.startHandshake();
            LineReader lines = new LineReader(tls.getInputStream(), limits.lineBytes());
            JoinCheck check = join(lines);
            switch (check) {
                case JoinCheck.Refused refused -> reject(tls, refused);
                case JoinCheck.Welcome welcome -> play(tls, lines, welcome);
            }
        } catch (IOException e) {
            // Plain text, a client that does not like our certificate, one that went away: nothing of ours is wrong.
            LOG.debug("A connection ended: playerId={} why={}", playerId, e.toString());
        } finally {
            cut();
        }
    }

    private JoinCheck join(LineReader lines) throws IOException {
        try {
            String line = lines.next();
            if (line == null) {
                throw new IOException("closed before Join");
            }
            return guests.check(Json.read(line, ToServer.Join.class).joinToken());
        } catch (MalformedException e) {
            return new JoinCheck.Refused("bad-join", "The first line must be a Join with a joinToken.");
        } catch (LineReader.TooLongException e) {
            return new JoinCheck.Refused("line-too-long", "A line may have " + limits.lineBytes() + " bytes.");
        } catch (java.net.SocketTimeoutException e) {
            return new JoinCheck.Refused("join-timeout", "The Join line did not come in time.");
        }
    }

    private void reject(SSLSocket tls, JoinCheck.Refused refused) throws IOException {
        LOG.info("Rejected a join: code={}", refused.code());
        closingSince = System.nanoTime();
        tls.getOutputStream().write(line(new FromServer.Rejected(refused.code(), refused.reason())));
        tls.shutdownOutput();
        discard(tls.getInputStream());
    }

    private void play(SSLSocket tls, LineReader lines, JoinCheck.Welcome welcome) throws IOException {
        playerId = welcome.playerId();
        outbox.add(line(welcome.joined()));
        OutputStream out = tls.getOutputStream();
        Thread.ofVirtual().start(() -> write(tls, out));
        guests.entered(this);
        try {
            tls.setSoTimeout(0);
            listen(tls, lines);
        } finally {
            guests.left(this);
            outbox.finish(null);
        }
    }

    private void listen(SSLSocket tls, LineReader lines) throws IOException {
        RateLimit rate = new RateLimit(limits.linesPerSecond(), System.nanoTime());
        try {
            String line;
            while (closingSince == 0 && (line = lines.next()) != null) {
                if (!rate.take(System.nanoTime())) {
                    drop("too-many-lines", "More than " + limits.linesPerSecond() + " lines a second.");
                    break;
                }
                guests.line(this, line);
            }
        } catch (LineReader.TooLongException e) {
            drop("line-too-long", "A line may have " + limits.lineBytes() + " bytes.");
        }
        finish(null);
        discard(tls.getInputStream());
    }

    /** Unread bytes at close would make TCP reset the connection, and the client lose our last line. */
    private static void discard(InputStream in) throws IOException {
        byte[] buffer = new byte[4096];
        int discarded = 0;
        int read;
        while (discarded < DISCARDED_AT_MOST && (read = in.read(buffer)) >= 0) {
            discarded += read;
        }
    }

    private void write(SSLSocket tls, OutputStream out) {
        try {
            byte[] line;
            while ((line = outbox.take()) != null) {
                writingSince = System.nanoTime();
                out.write(line);
                writingSince = 0;
            }
            tls.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("A player cannot be written to: playerId={} why={}", playerId, e.toString());
            cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut();
        }
    }
}
