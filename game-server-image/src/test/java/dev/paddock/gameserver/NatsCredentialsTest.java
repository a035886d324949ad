package dev.paddock.gameserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against jnats' own keys, with which directors mint the credentials. */
class NatsCredentialsTest {
    private static final byte[] NONCE = "a nonce".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private NatsCredentials written(String text) throws Exception {
        return new NatsCredentials(Files.writeString(folder.resolve("nats.creds"), text));
    }

    @Test
    void itsSignatureIsThatOfTheSeed() throws Exception {
        for (int i = 0; i < 20; i++) {
            NKey user = NKey.createUser(new SecureRandom());
            NatsCredentials credentials =
                    written(JwtUtils.NATS_USER_JWT_FORMAT.formatted("ey.J.wt", new String(user.getSeed())));

            assertThat(credentials.sign(NONCE)).isEqualTo(user.sign(NONCE));
            assertThat(credentials.getJWT()).isEqualTo("ey.J.wt".toCharArray());
        }
    }

    @Test
    void whatIsNoSeedOfAUserIsRefusedWithoutBeingNamed() throws Exception {
        String account = new String(NKey.createAccount(new SecureRandom()).getSeed());
        for (String seed : new String[] {account, "SUAB", "SU" + "1".repeat(56)}) {
            NatsCredentials credentials = written(JwtUtils.NATS_USER_JWT_FORMAT.formatted("ey.J.wt", seed));

            assertThatThrownBy(() -> credentials.sign(NONCE))
                    .hasMessageContaining("nats.creds")
                    .hasRootCauseMessage("not the seed of a user");
        }
    }

    @Test
    void aFileWithoutBothIsRefused() throws Exception {
        NatsCredentials credentials = written("SUAB\n");

        assertThatThrownBy(credentials::getJWT).hasMessageContaining("must hold a JWT and a seed");
    }
}
