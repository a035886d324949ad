package dev.paddock.local.keys;

import dev.paddock.local.server.NatsAuthority;
import dev.paddock.local.server.PrivateFiles;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * What the services of a cluster have to know and nobody else, as the chart wants it: a folder for each Secret, with the
 * names that the chart reads. What is there stays, but for the credentials, whose permissions belong to a version.
 *
 * <pre>
 * manager/    signing-key.pem nats.creds service-token admin-token passwords.yml
 * director/   nats.creds account.seed
 * inventory/  service-token passwords.yml
 * nats/       auth.conf for the server; the seeds of operator and accounts, which no cluster needs
 * </pre>
 */
final class ClusterKeys {
    private final Path folder;
    private final SecureRandom random;

    ClusterKeys(Path folder, SecureRandom random) {
        this.folder = folder;
        this.random = random;
    }

    void write() {
        PrivateFiles.folder(folder);
        nats();
        Secrets manager = secrets("manager");
        manager.signingKey();
        manager.adminToken();
        Path token = manager.serviceToken();
        PrivateFiles.write(folderOf("inventory").resolve(token.getFileName()), PrivateFiles.read(token));
        Secrets passwords = secrets("passwords");
        String redis = "redis-password: \"%s\"\n".formatted(passwords.password("redis"));
        PrivateFiles.write(folderOf("manager").resolve("passwords.yml"), redis + mysql(passwords, "mysql-manager"));
        PrivateFiles.write(folderOf("inventory").resolve("passwords.yml"), mysql(passwords, "mysql-inventory"));
    }

    private void nats() {
        NatsAuthority authority = NatsAuthority.in(folderOf("nats"), random);
        PrivateFiles.write(folderOf("nats").resolve("auth.conf"), authority.serverConf());
        copy(authority.managerCreds(), "manager", "nats.creds");
        copy(authority.directorCreds(), "director", "nats.creds");
        copy(authority.accountSeed(), "director", "account.seed");
    }

    private static String mysql(Secrets passwords, String name) {
        return "mysql-password: \"%s\"\n".formatted(passwords.password(name));
    }

    private void copy(Path from, String part, String name) {
        PrivateFiles.write(folderOf(part).resolve(name), PrivateFiles.read(from));
    }

    private Secrets secrets(String part) {
        return new Secrets(folderOf(part), random);
    }

    private Path folderOf(String part) {
        return PrivateFiles.folder(folder.resolve(part));
    }
}
