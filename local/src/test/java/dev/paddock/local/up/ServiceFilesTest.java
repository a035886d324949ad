package dev.paddock.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.server.MysqlDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceFilesTest {
    private static final MysqlDatabase DATABASE = new MysqlDatabase("jdbc:mysql://h/db", "db", "ann", "p\"w: #1");

    @Test
    void aManagerIsToldWhereEverythingIs() {
        var manager = new ServiceFiles.Manager(
                8080, Path.of("/d/key.pem"), "http://127.0.0.1:1", Path.of("/d/token"), Path.of("/d/admin-token"));
        var nats = new Addresses.Nats("nats://h:1", Path.of("/d/m.creds"), null, null);
        assertThat(ServiceFiles.manager(manager, DATABASE, new Addresses.Redis("redis://:x@h:2/0"), nats))
                .isEqualTo("""
                        micronaut:
                          server:
                            host: 127.0.0.1
                            port: 8080
                        datasources:
                          default:
                            url: "jdbc:mysql://h/db"
                            username: "ann"
                            password: "p\\"w: #1"
                        redis:
                          uri: "redis://:x@h:2/0"
                        paddock:
                          nats:
                            url: "nats://h:1"
                            creds-file: "/d/m.creds"
                          account:
                            signing-key-file: "/d/key.pem"
                          inventory:
                            url: "http://127.0.0.1:1"
                            token-file: "/d/token"
                          admin:
                            token-file: "/d/admin-token"
                        """);
    }

    @Test
    void aDirectorOnANatsWithoutCredentialsIsToldNone() {
        var processes = new ServiceFiles.Processes(Path.of("/m"), List.of("java", "-cp", "a b"));
        var director = new ServiceFiles.Director(1, "local", "http://127.0.0.1/ping", Path.of("/s"), processes);
        assertThat(ServiceFiles.director(director, new Addresses.Nats("nats://h:1", null, null, null)))
                .isEqualTo("""
                        micronaut:
                          server:
                            host: 127.0.0.1
                            port: 1
                        paddock:
                          nats:
                            url: "nats://h:1"
                          director:
                            region: "local"
                            ping-url: "http://127.0.0.1/ping"
                            state-dir: "/s"
                            modes-dir: "/m"
                            node-address: 127.0.0.1
                            process:
                              stop-servers-on-exit: true
                              images:
                                drag-race: ["java","-cp","a b"]
                        """);
    }

    @Test
    void aDirectorWhoseServersArePodsIsToldTheCluster() {
        var pods = new ServiceFiles.Pods(new PodServers.Cluster(Path.of("/k"), "games"));
        var director = new ServiceFiles.Director(1, "local", "http://127.0.0.1/ping", Path.of("/s"), pods);
        assertThat(ServiceFiles.director(director, new Addresses.Nats("nats://h:1", null, null, Path.of("/seed"))))
                .endsWith("""
                          director:
                            region: "local"
                            ping-url: "http://127.0.0.1/ping"
                            state-dir: "/s"
                            account-seed-file: "/seed"
                            backend: kubernetes
                            kubernetes:
                              kubeconfig: "/k"
                              namespace: "games"
                        """);
    }
}
