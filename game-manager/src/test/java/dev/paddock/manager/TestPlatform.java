package dev.paddock.manager;

import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.local.server.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * What managers of one test share: a Redis database, a MySQL database, NATS, a signing key. Two managers on one platform
 * are two replicas.
 */
public record TestPlatform(
        URI redis, MysqlDatabase mysql, SharedServers.Nats nats, Path signingKey, Path serviceToken) {
    public static final String SERVICE_TOKEN = "a-service-token-for-tests";

    /** @param purpose lower-case letters and digits */
    public static TestPlatform fresh(String purpose) {
        return withRedis(purpose, SharedServers.redisDatabase());
    }

    /** With a Redis of the test's own, which it can take away. */
    public static TestPlatform withRedis(String purpose, URI redis) {
        return new TestPlatform(
                redis, SharedServers.mysqlDatabase(purpose), SharedServers.nats(), file(pem()), file(SERVICE_TOKEN));
    }

    /** The settings of one manager on this platform. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("micronaut.server.host", "127.0.0.1");
        settings.put("micronaut.server.port", -1);
        settings.put("redis.uri", redis.toString());
        settings.put("datasources.default.url", mysql.url());
        settings.put("datasources.default.username", mysql.user());
        settings.put("datasources.default.password", mysql.password());
        settings.put("paddock.nats.url", nats.url());
        settings.put("paddock.nats.creds-file", nats.managerCreds().toString());
        settings.put("paddock.account.signing-key-file", signingKey.toString());
        settings.put("paddock.inventory.token-file", serviceToken.toString());
        // Nobody listens there, unless a test says otherwise.
        settings.put("paddock.inventory.url", "http://127.0.0.1:1");
        return settings;
    }

    private static String pem() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path file(String content) {
        try {
            Path file = Files.createTempFile("paddock-test", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
