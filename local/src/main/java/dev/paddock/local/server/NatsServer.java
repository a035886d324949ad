package dev.paddock.local.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A NATS server on loopback with JetStream, which lets in only users that its {@link NatsAuthority} vouches for. */
public final class NatsServer implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final int port;

    private NatsServer(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Returns when it answers.
     *
     * @param port 0 for a free one
     * @throws StartFailedException if there is no binary, or it does not get ready
     */
    public static NatsServer start(ServerHome home, int port, NatsAuthority authority) {
        PrivateFiles.folder(home.data());
        Path binary = new NatsBinary(Programs.cache(), home, System.getenv()).find();
        return Ports.start(port, chosen -> startOn(home, binary, chosen, authority));
    }

    private static NatsServer startOn(ServerHome home, Path binary, int port, NatsAuthority authority) {
        Path data = home.data().toAbsolutePath();
        Path conf = PrivateFiles.write(
                data.resolve("nats.conf"), """
                listen: "127.0.0.1:%d"
                server_name: "paddock-local"
                max_payload: 1MB
                jetstream: { store_dir: "%s" }
                """.formatted(port, data.resolve("jetstream")) + authority.serverConf());
        ChildProcess process = home.run("nats", List.of(binary.toString(), "-c", conf.toString()));
        Readiness.await(process, port, "", said -> said.startsWith("INFO ") && said.contains("\r\n"), READY_WITHIN);
        return new NatsServer(process, port);
    }

    public int port() {
        return port;
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
