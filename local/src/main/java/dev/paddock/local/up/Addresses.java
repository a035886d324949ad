package dev.paddock.local.up;

import dev.paddock.local.server.MysqlDatabase;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the servers behind the services are, and how to get in: ours or the user's, the services see no difference. */
final class Addresses {
    private Addresses() {}

    /** @param uri with the password */
    record Redis(String uri) {}

    /** The files are null for a server that asks for no credentials. */
    record Nats(
            String url,
            @Nullable Path managerCreds,
            @Nullable Path directorCreds,
            @Nullable Path accountSeed) {}

    /** A database for each service that has one. */
    record Mysql(MysqlDatabase manager, MysqlDatabase inventory) {}
}
