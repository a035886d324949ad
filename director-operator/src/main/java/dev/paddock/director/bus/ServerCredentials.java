package dev.paddock.director.bus;

import dev.paddock.director.DirectorSettings;
import dev.paddock.protocol.Subjects;
import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The NATS user of one game server: it may say and hear {@code paddock.server.<serverId>.>}, and answer what it is asked,
 * no more. Signed with the account's seed, so that NATS needs to be told of no server.
 */
@Singleton
public final class ServerCredentials {
    /** Longer than any server lives, short enough that a stolen file is worth little. */
    static final Duration LIFETIME = Duration.ofHours(24);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final @Nullable NKey account;
    private final SecureRandom random = new SecureRandom();

    ServerCredentials(DirectorSettings settings) {
        String file = settings.accountSeedFile();
        this.account = file == null ? null : readSeed(Path.of(file));
    }

    /** The text of a {@code nats.creds} file; empty if servers connect without credentials. */
    public Optional<String> forServer(String serverId) {
        if (account == null) {
            return Optional.empty();
        }
        try {
            NKey user = NKey.createUser(random);
            String own = Subjects.serverAll(serverId);
            JwtUtils.UserClaim claim = new JwtUtils.UserClaim(new String(account.getPublicKey()))
                    .pub(new JwtUtils.Permission().allow(own))
                    .sub(new JwtUtils.Permission().allow(own))
                    .resp(new JwtUtils.ResponsePermission().maxMsgs(1).expires(ANSWER_WITHIN));
            String jwt = JwtUtils.issueUserJWT(
                    account,
                    new String(user.getPublicKey()),
                    "server-" + serverId,
                    LIFETIME,
                    JwtUtils.currentTimeSeconds(),
                    claim);
            return Optional.of(String.format(JwtUtils.NATS_USER_JWT_FORMAT, jwt, new String(user.getSeed())));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make NATS credentials for server " + serverId, e);
        }
    }

    private static NKey readSeed(Path file) {
        try {
            CharBuffer text = StandardCharsets.US_ASCII.decode(java.nio.ByteBuffer.wrap(Files.readAllBytes(file)));
            String seed = text.toString().strip();
            char[] chars = seed.toCharArray();
            NKey key = NKey.fromSeed(chars);
            Arrays.fill(chars, ' ');
            if (key.getType() != NKey.Type.ACCOUNT) {
                throw new IllegalStateException("Set paddock.director.account-seed-file to an account's seed (SA…), "
                        + file + " holds another kind");
            }
            return key;
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "Set paddock.director.account-seed-file to a readable file with an account's seed, not " + file, e);
        }
    }
}
