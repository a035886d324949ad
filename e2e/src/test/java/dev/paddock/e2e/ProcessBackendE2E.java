package dev.paddock.e2e;

import dev.paddock.director.backend.Backend;
import dev.paddock.director.key.KeyPool;
import dev.paddock.local.server.SharedServers;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Servers as processes of this machine; the two directors share their folder. */
class ProcessBackendE2E implements BackendContract {
    @TempDir
    static Path folder;

    private static ApplicationContext director;
    private static ApplicationContext other;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(folder.resolve("modes"));
        Map<String, Object> settings = new HashMap<>(directorSettings());
        settings.put("paddock.director.modes-dir", folder.resolve("modes").toString());
        settings.put("paddock.director.state-dir", folder.resolve("state").toString());
        settings.put("paddock.director.process.stop-servers-on-exit", true);
        // What it plays is none of the contract's business.
        settings.put("paddock.director.process.images", Map.of(GameServerImage.NAME, List.of("sleep", "300")));
        director = ApplicationContext.run(settings);
        other = ApplicationContext.run(settings);
    }

    @AfterAll
    static void close() {
        other.close();
        director.close();
    }

    @Override
    public Ground ground() {
        return new Ground(
                director.getBean(Backend.class),
                other.getBean(Backend.class),
                director.getBean(KeyPool.class),
                serverId -> process(serverId).isAlive(),
                serverId -> process(serverId).destroyForcibly());
    }

    /** Of any director, wherever its servers run; none of them says a word on NATS. */
    static Map<String, Object> directorSettings() {
        SharedServers.Nats nats = SharedServers.nats();
        return Map.of(
                "paddock.nats.url",
                nats.url(),
                "paddock.nats.creds-file",
                nats.directorCreds().toString(),
                "paddock.director.account-seed-file",
                nats.accountSeed().toString(),
                "paddock.director.region",
                Id.next(RANDOM),
                "paddock.director.start-within",
                "10m");
    }

    private static ProcessHandle process(String serverId) {
        Path record = folder.resolve("state").resolve("pids").resolve(serverId + ".json");
        try {
            long pid = Json.newMapper()
                    .readTree(Files.readString(record))
                    .path("pid")
                    .asLong();
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
