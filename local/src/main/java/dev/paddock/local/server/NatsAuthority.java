package dev.paddock.local.server;

import io.nats.client.NKey;
import io.nats.client.support.JsonSerializable;
import io.nats.client.support.JwtUtils;
import io.nats.client.support.JwtUtils.UserClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/**
 * Who may do what on the local NATS, as JWTs: an operator vouches for the account {@code PADDOCK} and the system
 * account, the account for its users. Everything is made at the first start and kept in one folder, closed to others:
 *
 * <table>
 * <caption>Files</caption>
 * <tr><td>{@code operator.seed}</td><td>the key at the top; only this class uses it</td></tr>
 * <tr><td>{@code account.seed}</td><td>the account's key, with which the director mints a game server's
 *     credentials</td></tr>
 * <tr><td>{@code system.seed}</td><td>the key of the account in which the server talks about itself</td></tr>
 * <tr><td>{@code manager.creds}, {@code director.creds}</td><td>a user each, with {@link NatsPermissions}</td></tr>
 * </table>
 */
public final class NatsAuthority {
    private final Path folder;
    private final NKey operator;
    private final NKey account;
    private final NKey system;

    private NatsAuthority(Path folder, SecureRandom random) throws GeneralSecurityException, IOException {
        this.folder = folder;
        this.operator = key(folder.resolve("operator.seed"), () -> NKey.createOperator(random));
        this.account = key(folder.resolve("account.seed"), () -> NKey.createAccount(random));
        this.system = key(folder.resolve("system.seed"), () -> NKey.createAccount(random));
        writeCreds("manager", NatsPermissions.manager(publicKey(account)), random);
        writeCreds("director", NatsPermissions.director(publicKey(account)), random);
    }

    /** The authority in the folder, which is made at the first call. */
    public static NatsAuthority in(Path folder, SecureRandom random) {
        PrivateFiles.folder(folder);
        try {
            return new NatsAuthority(folder, random);
        } catch (GeneralSecurityException | IOException e) {
            throw new StartFailedException("Cannot make the NATS keys in " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    public Path managerCreds() {
        return folder.resolve("manager.creds");
    }

    public Path directorCreds() {
        return folder.resolve("director.creds");
    }

    public Path accountSeed() {
        return folder.resolve("account.seed");
    }

    /** The part of {@code nats.conf} that makes the server believe in this authority; there is nothing secret in it. */
    public String serverConf() {
        try {
            String operatorJwt = issue(operator, publicKey(operator), "paddock-local", operatorClaim());
            return """
                    operator: %s
                    system_account: %s
                    resolver: MEMORY
                    resolver_preload: {
                      %s: %s
                      %s: %s
                    }
                    """.formatted(
                            operatorJwt,
                            publicKey(system),
                            publicKey(system),
                            issue(operator, publicKey(system), "SYS", accountClaim(0)),
                            publicKey(account),
                            issue(operator, publicKey(account), "PADDOCK", accountClaim(-1)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot sign with the keys in " + folder, e);
        }
    }

    /** Permissions are part of the credentials, so they are written anew at each start, for the same key. */
    private void writeCreds(String user, UserClaim claim, SecureRandom random)
            throws GeneralSecurityException, IOException {
        NKey key = key(folder.resolve(user + ".seed"), () -> NKey.createUser(random));
        String jwt = JwtUtils.issueUserJWT(account, publicKey(key), user, null, JwtUtils.currentTimeSeconds(), claim);
        PrivateFiles.write(
                folder.resolve(user + ".creds"),
                JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(key.getSeed())));
    }

    private static String issue(NKey signer, String subject, String name, String claim)
            throws GeneralSecurityException, IOException {
        JsonSerializable nats = () -> claim;
        return JwtUtils.issueJWT(signer, subject, name, null, JwtUtils.currentTimeSeconds(), publicKey(signer), nats);
    }

    private static String operatorClaim() {
        return "{\"type\":\"operator\",\"version\":2}";
    }

    /** @param storage bytes, streams and consumers that JetStream may use; -1: as many as there are, 0: none */
    private static String accountClaim(int storage) {
        return """
                {"type":"account","version":2,"default_permissions":{"pub":{},"sub":{}},
                 "limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,"wildcards":true,
                   "conn":-1,"leaf":-1,"mem_storage":%1$d,"disk_storage":%1$d,"streams":%1$d,"consumer":%1$d}}
                """.formatted(storage).replaceAll("\\s+", "");
    }

    private static NKey key(Path file, NewKey newKey) throws GeneralSecurityException, IOException {
        if (!Files.exists(file)) {
            PrivateFiles.write(file, new String(newKey.make().getSeed()) + "\n");
        }
        return NKey.fromSeed(PrivateFiles.read(file).strip().toCharArray());
    }

    private static String publicKey(NKey key) throws GeneralSecurityException, IOException {
        return new String(key.getPublicKey());
    }

    @FunctionalInterface
    private interface NewKey {
        NKey make() throws GeneralSecurityException, IOException;
    }
}
