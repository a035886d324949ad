package dev.paddock.local.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void aPasswordIsMadeOnceAndClosedToOthers() throws IOException {
        String first = secrets().password("redis-password");
        assertThat(first).matches("[A-Za-z0-9_-]{32}").isEqualTo(secrets().password("redis-password"));
        assertThat(first).isNotEqualTo(secrets().password("another"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("redis-password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void theSigningKeyIsAP256KeyInPkcs8() throws IOException, GeneralSecurityException {
        String pem = Files.readString(secrets().signingKey());
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
        ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        assertThat(key.getParams().getCurve().getField().getFieldSize()).isEqualTo(256);
    }

    private Secrets secrets() {
        return new Secrets(folder, new SecureRandom());
    }
}
