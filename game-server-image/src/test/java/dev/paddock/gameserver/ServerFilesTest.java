package dev.paddock.gameserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFilesTest {
    private static final String CONFIG = """
            {"serverId":"s1","mode":"drag-race","region":"local","natsUrl":"nats://127.0.0.1:1","bind":"127.0.0.1"}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeAll() throws Exception {
        Files.writeString(folder.resolve("server.json"), CONFIG);
        Files.writeString(folder.resolve("nats.creds"), "x");
        Files.writeString(folder.resolve("key.pem"), pem("RSA"));
    }

    @Test
    void aStandbysFilesAreRead() {
        ServerFiles files = ServerFiles.read(folder);

        assertThat(files.config().serverId()).isEqualTo("s1");
        assertThat(files.assignment()).isNull();
        assertThat(Base64.getDecoder().decode(files.key().publicKeySha256())).hasSize(32);
    }

    @Test
    void whereNatsAsksForNoCredentialsThereAreNone() throws Exception {
        assertThat(ServerFiles.read(folder).credentials()).isEqualTo(folder.resolve("nats.creds"));

        Files.delete(folder.resolve("nats.creds"));

        assertThat(ServerFiles.read(folder).credentials()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"server.json", "key.pem"})
    void aMissingFileIsNamed(String file) throws Exception {
        Files.delete(folder.resolve(file));

        assertThat(assertThrows(StartException.class, () -> ServerFiles.read(folder)))
                .hasMessageContaining(file);
    }

    @ParameterizedTest
    @CsvSource({
        "server.json, {, server.json is not the JSON of type ServerConfig",
        "server.json, {}, server.json has no serverId",
        "key.pem, hello, key.pem is not an RSA private key",
        "assignment.json, {, assignment.json is not the JSON of type Assignment",
    })
    void aMalformedFileIsNamed(String file, String content, String sentence) throws Exception {
        Files.writeString(folder.resolve(file), content);

        assertThat(assertThrows(StartException.class, () -> ServerFiles.read(folder)))
                .hasMessageContaining(sentence);
    }

    @Test
    void aKeyThatIsNotRsaIsRefused() throws Exception {
        Files.writeString(folder.resolve("key.pem"), pem("EC"));

        assertThat(assertThrows(StartException.class, () -> ServerFiles.read(folder)))
                .hasMessageContaining("key.pem is not an RSA private key");
    }

    @Test
    void withoutTheVariableItSaysWhichToSet() {
        assertThat(assertThrows(StartException.class, () -> ServerFiles.folder(Map.of())))
                .hasMessageContaining("PADDOCK_DIR is not set");
    }

    private static String pem(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
    }
}
