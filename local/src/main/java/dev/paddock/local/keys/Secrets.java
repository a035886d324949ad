package dev.paddock.local.keys;

import dev.paddock.local.server.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Passwords and keys in one folder: each is made when it is first asked for, then read. */
public final class Secrets {
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final Path folder;
    private final SecureRandom random;

    public Secrets(Path folder, SecureRandom random) {
        this.folder = folder;
        this.random = random;
    }

    public Path folder() {
        return folder;
    }

    /** The secret of that name, a line of 32 letters, digits, dashes and underscores. */
    public String password(String name) {
        return PrivateFiles.secret(folder.resolve(name), random);
    }

    /** The file with the token that the manager shows to the inventory. */
    public Path serviceToken() {
        password("service-token");
        return folder.resolve("service-token");
    }

    /** The file with the token that operators show to the manager. */
    public Path adminToken() {
        password("admin-token");
        return folder.resolve("admin-token");
    }

    /** The file with the key that signs players' tokens: EC P-256, PKCS#8, PEM. */
    public Path signingKey() {
        Path file = folder.resolve("signing-key.pem");
        if (!Files.exists(file)) {
            PrivateFiles.write(file, newSigningKey());
        }
        return file;
    }

    private String newSigningKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            String key =
                    PEM.encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no P-256 keys", e);
        }
    }
}
