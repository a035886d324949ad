package dev.paddock.local.up;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Servers of the user's, which the platform uses instead of starting its own. Filled in by picocli. */
final class UserServers {
    @Nullable
    @Option(
            names = "--redis",
            paramLabel = "URI",
            description = "use this Redis (6.2 or newer), like redis://host:6379/0, instead of starting one")
    String redis;

    @Nullable
    @Option(names = "--redis-password-file", paramLabel = "FILE", description = "holds the password for --redis")
    Path redisPasswordFile;

    @Nullable
    @Option(
            names = "--mysql",
            paramLabel = "ADDRESS",
            description = "use this MySQL or MariaDB, like host:3306, instead of starting one; needs --mysql-user and"
                    + " --mysql-password-file; the databases paddock_manager and paddock_inventory are made if they"
                    + " are missing")
    String mysql;

    @Nullable
    @Option(names = "--mysql-user", paramLabel = "USER", description = "the user for --mysql")
    String mysqlUser;

    @Nullable
    @Option(names = "--mysql-password-file", paramLabel = "FILE", description = "holds the password for --mysql")
    Path mysqlPasswordFile;

    @Nullable
    @Option(
            names = "--nats",
            paramLabel = "URL",
            description = "use this NATS server (with JetStream), like nats://host:4222, instead of starting one;"
                    + " if it asks for credentials, name the three files below")
    String nats;

    @Nullable
    @Option(names = "--nats-manager-creds", paramLabel = "FILE", description = "the game manager's credentials")
    Path natsManagerCreds;

    @Nullable
    @Option(names = "--nats-director-creds", paramLabel = "FILE", description = "the director's credentials")
    Path natsDirectorCreds;

    @Nullable
    @Option(
            names = "--nats-account-seed",
            paramLabel = "FILE",
            description = "the account's seed, with which the director signs the game servers' credentials")
    Path natsAccountSeed;
}
