package dev.paddock.manager.warm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.server.RedisServer;
import dev.paddock.local.server.ServerHome;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.redis.TestRedis;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager on a Redis that has seen none before, as it is when its port opens. */
class WarmUpIT {
    /** What scripts begin with is none by itself. */
    private static final String PART = ".part.lua";

    @TempDir
    private static Path folder;

    private static RedisServer server;
    private static TestRedis redis;
    private static TestManager manager;

    /** Whether Redis knew each script before any test can have had it loaded. */
    private static Map<String, Boolean> loaded;

    @BeforeAll
    static void start() throws Exception {
        server = RedisServer.start(ServerHome.in(folder, what -> {}), 0, "secret-of-a-test");
        URI uri = server.uri(0);
        redis = TestRedis.connect(uri);
        manager = TestManager.start(TestPlatform.withRedis("warmup", uri));
        loaded = new HashMap<>();
        Map<String, String> files = scripts();
        List<String> before = files.keySet().stream()
                .filter(file -> file.endsWith(PART))
                .map(files::get)
                .toList();
        files.forEach((file, source) -> {
            if (!file.endsWith(PART)) {
                loaded.put(file, isLoaded(source) || before.stream().anyMatch(part -> isLoaded(part + source)));
            }
        });
    }

    @AfterAll
    static void stop() {
        manager.close();
        redis.close();
        server.close();
    }

    @Test
    void redisKnowsEveryScriptWhenTheManagerHasStarted() {
        assertThat(loaded).hasSizeGreaterThan(20).doesNotContainValue(false);
    }

    @Test
    void everyPartIsWarmedWithoutAFailureAndLeavesNoTrace() {
        assertThat(manager.beans(Warm.class)).isNotEmpty().allSatisfy(Warm::warm);

        assertThat(redis.commands().keys("*" + Warm.NOBODY + "*")).isEmpty();
    }

    private static boolean isLoaded(String source) {
        String sha1 = redis.commands().digest(source);
        return redis.commands().scriptExists(sha1).getFirst();
    }

    /** Every script of the manager, by file: from its jar, or from where the build puts its classes. */
    private static Map<String, String> scripts() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Warm.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(classes)) {
            return scripts(classes);
        }
        try (FileSystem jar = FileSystems.newFileSystem(classes)) {
            return scripts(jar.getPath("/"));
        }
    }

    private static Map<String, String> scripts(Path root) throws IOException {
        Map<String, String> scripts = new HashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".lua")).toList()) {
                scripts.put(file.toString(), Files.readString(file));
            }
        }
        return scripts;
    }
}
