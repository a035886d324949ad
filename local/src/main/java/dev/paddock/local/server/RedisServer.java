package dev.paddock.local.server;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A Redis on loopback with a password. It writes every command to its append-only file (fsync once a second, unless told otherwise), so that
 * tickets and matches outlive it, as in production.
 */
public final class RedisServer implements AutoCloseable {
    /** More than Redis' own 16: tests take one each. */
    static final int DATABASES = 64;

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    /** When Redis makes sure that its append-only file is on the disk; a word of {@code redis.conf}. */
    public enum Fsync {
        /** A machine that loses power loses up to a second, or two. */
        EVERYSEC,
        /** Before each answer: what was answered is kept. */
        ALWAYS
    }

    private final ChildProcess process;
    private final int port;
    private final String password;

    private RedisServer(ChildProcess process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Returns when it answers.
     *
     * @param port 0 for a free one
     * @param password letters, digits, dashes and underscores
     * @throws StartFailedException if it does not get ready
     */
    public static RedisServer start(ServerHome home, int port, String password) {
        return start(home, port, password, Fsync.EVERYSEC);
    }

    /** The same, with another promise about what is on the disk. */
    public static RedisServer start(ServerHome home, int port, String password, Fsync fsync) {
        PrivateFiles.folder(home.data());
        return Ports.start(port, chosen -> startOn(home, chosen, password, fsync));
    }

    private static RedisServer startOn(ServerHome home, int port, String password, Fsync fsync) {
        var conf = PrivateFiles.write(home.data().resolve("redis.conf"), """
                bind 127.0.0.1
                port %d
                protected-mode yes
                requirepass %s
                dir "%s"
                daemonize no
                save ""
                databases %d
                appendonly yes
                appendfsync %5$s
                maxmemory-policy noeviction
                """.formatted(
                        port,
                        password,
                        home.data().toAbsolutePath(),
                        DATABASES,
                        fsync.name().toLowerCase(Locale.ROOT)));
        ChildProcess process = home.run(
                "redis",
                List.of(RedisBinary.find().toString(), conf.toAbsolutePath().toString()));
        Readiness.await(
                process, port, "AUTH " + password + "\r\nPING\r\n", said -> said.contains("+PONG"), READY_WITHIN);
        return new RedisServer(process, port, password);
    }

    public int port() {
        return port;
    }

    /** Address and password of a database of this server: 0 to {@link #DATABASES} - 1. */
    public URI uri(int database) {
        return URI.create("redis://:%s@127.0.0.1:%d/%d".formatted(password, port, database));
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
