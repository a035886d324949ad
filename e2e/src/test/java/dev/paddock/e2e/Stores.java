package dev.paddock.e2e;

import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.local.server.MysqlServer;
import dev.paddock.local.server.NatsAuthority;
import dev.paddock.local.server.NatsServer;
import dev.paddock.local.server.PrivateFiles;
import dev.paddock.local.server.RedisServer;
import dev.paddock.local.server.ServerHome;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** Redis, NATS and MySQL outside the cluster, with the passwords of {@code ./paddock keys}, where pods reach them. */
final class Stores implements AutoCloseable {
    private final RedisServer redisServer;
    private final NatsServer nats;
    private final MysqlServer mysqlServer;
    private final Door redis;
    private final Door mysql;

    /** @param keys what {@code ./paddock keys} has written */
    Stores(Path folder, Path keys, String address) {
        redisServer = RedisServer.start(home(folder, "redis"), 0, password(keys, "redis"));
        nats = NatsServer.start(
                home(folder, "nats"), address, 0, NatsAuthority.in(keys.resolve("nats"), new SecureRandom()));
        mysqlServer = MysqlServer.start(
                home(folder, "mysql"),
                0,
                "nobody-asks-for-root",
                List.of(
                        database("paddock_manager", password(keys, "mysql-manager")),
                        database("paddock_inventory", password(keys, "mysql-inventory"))));
        // These two listen on this machine alone.
        redis = Door.at(address, () -> new InetSocketAddress("127.0.0.1", redisServer.port()));
        mysql = Door.at(address, () -> new InetSocketAddress("127.0.0.1", mysqlServer.port()));
    }

    private static ServerHome home(Path folder, String name) {
        return ServerHome.in(folder.resolve(name), what -> {});
    }

    private static String password(Path keys, String name) {
        return PrivateFiles.read(keys.resolve("passwords").resolve(name)).strip();
    }

    private static MysqlDatabase.Wanted database(String name, String password) {
        return new MysqlDatabase.Wanted(name, name, password);
    }

    /** The chart's values for them. */
    String values() {
        return """
                nats: {url: "%s"}
                redis: {addresses: ["%s"]}
                mysql: {address: "%s"}
                """.formatted(nats.url(), redis.address(), mysql.address());
    }

    @Override
    public void close() {
        redis.close();
        mysql.close();
        redisServer.close();
        nats.close();
        mysqlServer.close();
    }
}
