package dev.paddock.faults;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.local.server.PrivateFiles;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Players who are logged in already. Registered one by one they would cost two password hashes each, 0.1 s of a core every
 * time, and it is not registration that is looked at here; so their rows, sessions and tokens are written as the manager
 * would write them, with the key that the managers of this run sign with.
 */
final class Accounts {
    private static final Duration LIVE = Duration.ofHours(12);

    private final ECPrivateKey key;

    private Accounts(ECPrivateKey key) {
        this.key = key;
    }

    /** A player and the token that the player calls the API with. */
    record Account(String playerId, String name, String token) {
        /** Without the token, which must not reach a log. */
        @Override
        public String toString() {
            return playerId;
        }
    }

    /** A new key, also in the file, for the managers. */
    static Accounts withKeyIn(Path file) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
            KeyPair pair = generator.generateKeyPair();
            String pem = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(pair.getPrivate().getEncoded());
            PrivateFiles.write(file, "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
            return new Accounts((ECPrivateKey) pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no P-256 keys", e);
        }
    }

    List<Account> make(
            int count,
            SplittableRandom random,
            MysqlDatabase database,
            RedisClusterCommands<String, String> redis,
            Instant now) {
        List<Account> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String playerId = "player-%05d".formatted(i);
            String jti = "login-" + playerId;
            redis.hset("paddock:login:{" + jti + "}", Map.of("playerId", playerId, "name", playerId));
            accounts.add(new Account(playerId, playerId, token(playerId, jti, now)));
        }
        insert(accounts, random, database, now);
        return accounts;
    }

    private String token(String playerId, String jti, Instant now) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .audience("paddock:api")
                .subject(playerId)
                .jwtID(jti)
                .claim("name", playerId)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIVE)))
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign", e);
        }
        return jwt.serialize();
    }

    private static void insert(List<Account> accounts, SplittableRandom random, MysqlDatabase database, Instant now) {
        String sql = "INSERT INTO players (player_id, name, name_key, password_hash, rating, created_at)"
                + " VALUES (?, ?, ?, 'nobody logs in with it', ?, ?)";
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                PreparedStatement insert = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (Account account : accounts) {
                insert.setString(1, account.playerId());
                insert.setString(2, account.name());
                insert.setString(3, account.name());
                insert.setDouble(4, Math.clamp(1500 + 250 * normal(random), 500, 2500));
                insert.setTimestamp(5, Timestamp.from(now));
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("players cannot be written to MySQL", e);
        }
    }

    /** Irwin and Hall's sum of twelve: near enough to the normal distribution. */
    private static double normal(SplittableRandom random) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }
}
