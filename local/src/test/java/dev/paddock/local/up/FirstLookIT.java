package dev.paddock.local.up;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.local.server.Ports;
import dev.paddock.local.server.SharedServers;
import dev.paddock.local.server.StartFailedException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What a user reads whose own servers are not what they should be; on real servers. */
class FirstLookIT {
    @Test
    void serversThatLetUsInAreFine() {
        SharedServers.Nats nats = SharedServers.nats();

        assertThatCode(() -> FirstLook.redis(SharedServers.redisDatabase())).doesNotThrowAnyException();
        assertThatCode(() ->
                        FirstLook.nats(new Addresses.Nats(nats.url(), nats.managerCreds(), nats.directorCreds(), null)))
                .doesNotThrowAnyException();
        assertThatCode(() -> FirstLook.mysql("127.0.0.1", SharedServers.mysqlDatabase("look")))
                .doesNotThrowAnyException();
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        int port = Ports.free();

        assertThatThrownBy(() -> FirstLook.redis(URI.create("redis://127.0.0.1:" + port)))
                .isInstanceOf(StartFailedException.class)
                .hasMessageStartingWith("No Redis answers at 127.0.0.1:" + port);
        assertThatThrownBy(() -> FirstLook.nats(new Addresses.Nats("nats://127.0.0.1:" + port, null, null, null)))
                .isInstanceOf(StartFailedException.class)
                .hasMessageStartingWith("NATS at nats://127.0.0.1:" + port + " cannot be used");
    }

    @Test
    void aServerThatRefusesUsSaysWhatToSet() {
        URI redis = SharedServers.redisDatabase();
        URI stranger = URI.create("redis://:wrong@" + redis.getHost() + ":" + redis.getPort());
        MysqlDatabase database = SharedServers.mysqlDatabase("look");
        MysqlDatabase wrong = new MysqlDatabase(database.url(), database.name(), database.user(), "wrong-password");

        assertThatThrownBy(() -> FirstLook.redis(stranger))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("does not let us in: WRONGPASS")
                .hasMessageEndingWith("Set --redis-password-file.");
        assertThatThrownBy(() ->
                        FirstLook.nats(new Addresses.Nats(SharedServers.nats().url(), null, null, null)))
                .isInstanceOf(StartFailedException.class)
                .hasMessageEndingWith("If it asks for credentials, set --nats-manager-creds.");
        assertThatThrownBy(() -> FirstLook.mysql("127.0.0.1", wrong))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("Access denied")
                .hasMessageNotContaining("wrong-password");
    }
}
