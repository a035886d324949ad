package dev.paddock.local.up;

import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.protocol.Json;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of each service's configuration file. Secrets are in these files (or in files that they name), never on a
 * command line. Values are written as JSON, which YAML includes, so that no character of a path can change the meaning.
 */
final class ServiceFiles {
    private ServiceFiles() {}

    static String inventory(int port, MysqlDatabase database, Path serviceToken) {
        return server(port) + datasource(database) + """
                paddock:
                  inventory:
                    token-file: %s
                """.formatted(quoted(serviceToken));
    }

    /** Where game servers run. */
    sealed interface Backend {}

    /**
     * As processes of this machine.
     *
     * @param modes folder of the modes
     * @param dragRace command line of the image {@code drag-race}
     */
    record Processes(Path modes, List<String> dragRace) implements Backend {}

    /** As pods. */
    record Pods(PodServers.Cluster cluster) implements Backend {}

    /** What the director's file says. */
    record Director(int port, String region, String pingUrl, Path state, Backend backend) {}

    static String director(Director director, Addresses.Nats nats) {
        return server(director.port())
                + """
                paddock:
                  nats:
                    url: %s
                %s  director:
                    region: %s
                    ping-url: %s
                    state-dir: %s
                %s""".formatted(
                                quoted(nats.url()),
                                optional("    creds-file: ", nats.directorCreds()),
                                quoted(director.region()),
                                quoted(director.pingUrl()),
                                quoted(director.state()),
                                optional("    account-seed-file: ", nats.accountSeed()))
                + backend(director.backend());
    }

    private static String backend(Backend backend) {
        return switch (backend) {
            case Processes processes -> """
                    modes-dir: %s
                    node-address: 127.0.0.1
                    process:
                      stop-servers-on-exit: true
                      images:
                        drag-race: %s
                """.formatted(quoted(processes.modes()), Json.text(processes.dragRace()));
            case Pods pods ->
                """
                    backend: kubernetes
                    kubernetes:
                      kubeconfig: %s
                      namespace: %s
                """.formatted(
                                quoted(pods.cluster().kubeconfig()),
                                quoted(pods.cluster().namespace()));
        };
    }

    /** What the manager's file says, besides where the servers are. */
    record Manager(int port, Path signingKey, String inventoryUrl, Path serviceToken, Path adminToken) {}

    static String manager(Manager manager, MysqlDatabase database, Addresses.Redis redis, Addresses.Nats nats) {
        return server(manager.port())
                + datasource(database)
                + """
                redis:
                  uri: %s
                paddock:
                  nats:
                    url: %s
                %s  account:
                    signing-key-file: %s
                  inventory:
                    url: %s
                    token-file: %s
                  admin:
                    token-file: %s
                """.formatted(
                                quoted(redis.uri()),
                                quoted(nats.url()),
                                optional("    creds-file: ", nats.managerCreds()),
                                quoted(manager.signingKey()),
                                quoted(manager.inventoryUrl()),
                                quoted(manager.serviceToken()),
                                quoted(manager.adminToken()));
    }

    private static String server(int port) {
        return """
                micronaut:
                  server:
                    host: 127.0.0.1
                    port: %d
                """.formatted(port);
    }

    private static String datasource(MysqlDatabase database) {
        return """
                datasources:
                  default:
                    url: %s
                    username: %s
                    password: %s
                """.formatted(quoted(database.url()), quoted(database.user()), quoted(database.password()));
    }

    private static String optional(String key, @Nullable Path file) {
        return file == null ? "" : key + quoted(file.toAbsolutePath()) + "\n";
    }

    private static String quoted(Path file) {
        return quoted(file.toString());
    }

    private static String quoted(String text) {
        return Json.text(text);
    }
}
