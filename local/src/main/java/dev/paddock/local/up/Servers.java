package dev.paddock.local.up;

import dev.paddock.local.keys.Secrets;
import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.local.server.MysqlServer;
import dev.paddock.local.server.NatsAuthority;
import dev.paddock.local.server.NatsServer;
import dev.paddock.local.server.PrivateFiles;
import dev.paddock.local.server.RedisServer;
import dev.paddock.local.server.StartFailedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Redis, NATS and MySQL for the services: started here, or the user's where an address was given. */
final class Servers {
    private static final String MANAGER_DATABASE = "paddock_manager";
    private static final String INVENTORY_DATABASE = "paddock_inventory";

    private final UserServers users;
    private final String listen;
    private final DataFolder data;
    private final Secrets secrets;
    private final Running running;
    private final Screen screen;

    /** @param listen the address of this machine that NATS listens on */
    Servers(UserServers users, String listen, DataFolder data, Secrets secrets, Running running, Screen screen) {
        this.users = users;
        this.listen = listen;
        this.data = data;
        this.secrets = secrets;
        this.running = running;
        this.screen = screen;
    }

    Addresses.Redis redis() {
        if (users.redis != null) {
            URI uri = withPassword(users.redis, users.redisPasswordFile);
            FirstLook.redis(uri);
            screen.say("  %-13s yours".formatted(Part.REDIS.label()));
            return new Addresses.Redis(uri.toString());
        }
        Instant since = screen.now();
        RedisServer server = RedisServer.start(data.home(Part.REDIS, screen), 0, secrets.password("redis-password"));
        running.add(Part.REDIS, server.process());
        screen.ready(Part.REDIS, since, "127.0.0.1:" + server.port());
        return new Addresses.Redis(server.uri(0).toString());
    }

    private static URI withPassword(String address, @Nullable Path passwordFile) {
        try {
            URI uri = new URI(address);
            if (uri.getHost() == null) {
                throw new StartFailedException("--redis must be like redis://host:6379/0.");
            }
            if (passwordFile == null) {
                return uri;
            }
            String password = ":" + PrivateFiles.read(passwordFile).strip();
            return new URI(uri.getScheme(), password, uri.getHost(), uri.getPort(), uri.getPath(), null, null);
        } catch (URISyntaxException e) {
            throw new StartFailedException("--redis must be like redis://host:6379/0.", e);
        }
    }

    Addresses.Nats nats() {
        if (users.nats != null) {
            Addresses.Nats nats = new Addresses.Nats(
                    users.nats, users.natsManagerCreds, users.natsDirectorCreds, users.natsAccountSeed);
            if (nats.directorCreds() != null && nats.accountSeed() == null) {
                throw new StartFailedException(
                        "--nats-director-creds needs --nats-account-seed too: game servers get credentials of their own.");
            }
            FirstLook.nats(nats);
            screen.say("  %-13s yours".formatted(Part.NATS.label()));
            return nats;
        }
        Instant since = screen.now();
        NatsAuthority authority = NatsAuthority.in(secrets.folder().resolve("nats"), new SecureRandom());
        NatsServer server = NatsServer.start(data.home(Part.NATS, screen), listen, 0, authority);
        running.add(Part.NATS, server.process());
        screen.ready(Part.NATS, since, listen + ":" + server.port());
        return new Addresses.Nats(
                server.url(), authority.managerCreds(), authority.directorCreds(), authority.accountSeed());
    }

    Addresses.Mysql mysql() {
        if (users.mysql != null) {
            Addresses.Mysql mysql =
                    new Addresses.Mysql(usersDatabase(MANAGER_DATABASE), usersDatabase(INVENTORY_DATABASE));
            FirstLook.mysql(users.mysql, mysql.manager());
            FirstLook.mysql(users.mysql, mysql.inventory());
            screen.say("  %-13s yours".formatted(Part.MARIADB.label()));
            return mysql;
        }
        Instant since = screen.now();
        List<MysqlDatabase.Wanted> wanted = List.of(
                new MysqlDatabase.Wanted(MANAGER_DATABASE, "manager", secrets.password("manager-database-password")),
                new MysqlDatabase.Wanted(
                        INVENTORY_DATABASE, "inventory", secrets.password("inventory-database-password")));
        MysqlServer server = MysqlServer.start(
                data.home(Part.MARIADB, screen), 0, secrets.password("root-database-password"), wanted);
        running.add(Part.MARIADB, server.process());
        screen.ready(Part.MARIADB, since, "127.0.0.1:" + server.port());
        return new Addresses.Mysql(
                server.databases().getFirst(), server.databases().getLast());
    }

    private MysqlDatabase usersDatabase(String name) {
        if (users.mysqlUser == null || users.mysqlPasswordFile == null) {
            throw new StartFailedException("--mysql needs --mysql-user and --mysql-password-file too.");
        }
        String url =
                "jdbc:mysql://%s/%s?createDatabaseIfNotExist=true&connectionTimeZone=UTC".formatted(users.mysql, name);
        String password = PrivateFiles.read(users.mysqlPasswordFile).strip();
        return new MysqlDatabase(url, name, users.mysqlUser, password);
    }
}
