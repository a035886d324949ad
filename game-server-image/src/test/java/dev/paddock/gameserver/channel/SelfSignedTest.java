package dev.paddock.gameserver.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
    private static X509Certificate certificate(int bits, Instant until) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        String pem = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
        ServerKey key = ServerKey.fromPem("-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
        return SelfSigned.certificate(key, "s1", Instant.parse("2026-01-02T03:04:05Z"), until);
    }

    @Test
    void itSaysWhoseKeyItIsAndIsSignedByIt() throws Exception {
        for (int bits : new int[] {1024, 2048, 4096}) {
            X509Certificate certificate = certificate(bits, Instant.parse("2036-01-02T03:04:05Z"));

            certificate.verify(certificate.getPublicKey());
            assertThat(certificate.getVersion()).isEqualTo(3);
            assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=s1");
            assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
            assertThat(certificate.getSerialNumber()).isPositive();
            assertThat(certificate.getNotBefore().toInstant()).isEqualTo("2026-01-02T03:04:05Z");
            assertThat(certificate.getNotAfter().toInstant()).isEqualTo("2036-01-02T03:04:05Z");
        }
    }

    @Test
    void itIsWhatAnotherLibraryWouldHaveWritten() throws Exception {
        X509Certificate certificate = certificate(2048, Instant.parse("2060-01-02T03:04:05Z"));

        // Encoded anew from what was read: any odd length or form would come out different.
        assertThat(new X509CertificateHolder(certificate.getEncoded())
                        .toASN1Structure()
                        .getEncoded("DER"))
                .isEqualTo(certificate.getEncoded());
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo("2060-01-02T03:04:05Z");
    }
}
