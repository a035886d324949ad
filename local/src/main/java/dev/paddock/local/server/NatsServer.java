package dev.paddock.local.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A NATS server, on loopback unless told otherwise, with JetStream, which lets in only users that its {@link NatsAuthority} vouches for. */
public final class NatsServer implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final String host;
    private final int port;

    private NatsServer(ChildProcess process, String host, int port) {
        this.process = process;
        this.host = host;
        this.port = port;
    }

    /** On loopback alone. */
    public static NatsServer start(ServerHome home, int port, NatsAuthority authority) {
        return start(home, "127.0.0.1", port, authority);
    }

    /**
     * Returns when it answers.
     *
     * @param host the address of this machine to listen on
     * @param port 0 for a free one
     * @throws StartFailedException if there is no binary, or it does not get ready
     */
    public static NatsServer start(ServerHome home, String host, int port, NatsAuthority authority) {
        PrivateFiles.folder(home.data());
        Path binary = new NatsBinary(Programs.cache(), home, System.getenv()).find();
        return Ports.start(port, chosen -> startOn(home, binary, new InetSocketAddress(host, chosen), authority));
    }

    private static NatsServer startOn(ServerHome home, Path binary, InetSocketAddress at, NatsAuthority authority) {
        Path data = home.data().toAbsolutePath();
        Path conf = PrivateFiles.write(
                data.resolve("nats.conf"),
                """
                listen: "%s:%d"
                server_name: "paddock-local"
                max_payload: 1MB
                jetstream: { store_dir: "%s" }
                """.formatted(at.getHostString(), at.getPort(), data.resolve("jetstream")) + authority.serverConf());
        ChildProcess process = home.run("nats", List.of(binary.toString(), "-c", conf.toString()));
        Readiness.await(process, at, "", said -> said.startsWith("INFO ") && said.contains("\r\n"), READY_WITHIN);
        return new NatsServer(process, at.getHostString(), at.getPort());
    }

    public int port() {
        return port;
    }

    public String url() {
        return "nats://" + host + ":" + port;
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
