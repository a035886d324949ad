package dev.paddock.faults;

import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.protocol.Json;
import java.nio.file.Path;

/** What all managers of a run are told. */
record Settings(MysqlDatabase database, String natsUrl, Path natsCreds, Path signingKey, Path token) {

    /** The file of one of them. Nobody answers for the inventory: players have the default loadout. */
    String yaml(int port, Wire redis) {
        return """
                micronaut:
                  server:
                    host: 127.0.0.1
                    port: %d
                datasources:
                  default:
                    url: %s
                    username: %s
                    password: %s
                redis:
                  %s
                paddock:
                  nats:
                    url: %s
                    creds-file: %s
                  account:
                    signing-key-file: %s
                  inventory:
                    url: http://127.0.0.1:1
                    token-file: %s
                  match:
                    check-every: 2s
                    grace-after-longest: 30s
                  limits:
                    requests-per-address: 1000000
                    requests-per-player: 1000
                """.formatted(
                        port,
                        Json.text(database.url()),
                        Json.text(database.user()),
                        Json.text(database.password()),
                        redis.yaml(),
                        Json.text(natsUrl),
                        quoted(natsCreds),
                        quoted(signingKey),
                        quoted(token));
    }

    private static String quoted(Path file) {
        return Json.text(file.toAbsolutePath().toString());
    }
}
