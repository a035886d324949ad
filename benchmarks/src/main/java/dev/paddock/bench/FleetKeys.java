package dev.paddock.bench;

import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import io.nats.client.support.JwtUtils.Permission;
import io.nats.client.support.JwtUtils.ResponsePermission;
import io.nats.client.support.JwtUtils.UserClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;

/** Credentials that no real server gets: to speak for all of them. */
final class FleetKeys {
    private FleetKeys() {}

    static String ofAllServers(Path accountSeed) throws IOException {
        try {
            NKey account = NKey.fromSeed(Files.readString(accountSeed).strip().toCharArray());
            NKey user = NKey.createUser(new SecureRandom());
            String[] own = {"paddock.server.>", "_INBOX.>"};
            UserClaim claim = new UserClaim(new String(account.getPublicKey()))
                    .pub(new Permission().allow(own))
                    .sub(new Permission().allow(own))
                    .resp(new ResponsePermission().maxMsgs(1).expires(Duration.ofMinutes(1)));
            String jwt = JwtUtils.issueUserJWT(
                    account, new String(user.getPublicKey()), "fleet", null, JwtUtils.currentTimeSeconds(), claim);
            return JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed()));
        } catch (GeneralSecurityException e) {
            throw new IOException("the account's seed cannot be used", e);
        }
    }
}
