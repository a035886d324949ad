package dev.paddock.local.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterKeysTest {
    @TempDir
    Path folder;

    @Test
    void eachSecretHasTheFilesThatTheChartReads() throws IOException {
        write();

        assertThat(namesIn("manager"))
                .containsExactly("admin-token", "nats.creds", "passwords.yml", "service-token", "signing-key.pem");
        assertThat(namesIn("director")).containsExactly("account.seed", "nats.creds");
        assertThat(namesIn("inventory")).containsExactly("passwords.yml", "service-token");
        assertThat(folder.resolve("inventory/service-token"))
                .hasSameTextualContentAs(folder.resolve("manager/service-token"));
    }

    @Test
    void nobodyElseMayReadThem() throws IOException {
        write();

        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void madeAgainTheyAreTheSame() throws IOException {
        write();
        String key = Files.readString(folder.resolve("manager/signing-key.pem"));
        String passwords = Files.readString(folder.resolve("manager/passwords.yml"));
        String seed = Files.readString(folder.resolve("director/account.seed"));

        write();

        assertThat(folder.resolve("manager/signing-key.pem")).hasContent(key);
        assertThat(folder.resolve("manager/passwords.yml")).hasContent(passwords);
        assertThat(folder.resolve("director/account.seed")).hasContent(seed);
    }

    private void write() {
        new ClusterKeys(folder, new SecureRandom()).write();
    }

    private List<String> namesIn(String part) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(part))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
