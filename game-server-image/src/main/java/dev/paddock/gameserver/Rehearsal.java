package dev.paddock.gameserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.paddock.gameserver.channel.ChannelLimits;
import dev.paddock.gameserver.channel.JoinTokens;
import dev.paddock.gameserver.channel.Listener;
import dev.paddock.gameserver.channel.OwnClient;
import dev.paddock.gameserver.channel.ServerKey;
import dev.paddock.gameserver.channel.TlsIdentity;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.game.ToServer;
import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.MatchResult.Outcome;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A standby server goes through a match with itself, once, while it has nothing else to do. The first time is slow in
 * any JVM (classes are loaded, keys and TLS are set up: some hundred milliseconds together), and the players of the only
 * match of this process would wait for it.
 *
 * <p>It has a port of its own on loopback, a match of its own and keys of its own; nothing of it can be reached from
 * outside, and nothing stays.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final String PLAYER = "nobody";
    private static final String MATCH = "rehearsal";
    /** Of a user that nobody knows. */
    private static final String ANY_SEED = "SU" + "A".repeat(56);

    private static final int LINES = 3;
    /** Enough for the JVM to compile most of what an assignment goes through, instead of interpreting it. */
    private static final int REQUESTS = 100;

    private final Game game;
    private final TlsIdentity identity;
    private final ServerKey key;
    private final ServerLife.Self self;
    private final InstantSource clock;

    Rehearsal(Game game, TlsIdentity identity, ServerKey key, ServerLife.Self self, InstantSource clock) {
        this.game = game.mayRehearse() ? game : new EmptyGame();
        this.identity = identity;
        this.key = key;
        this.self = self;
        this.clock = clock;
    }

    /**
     * The rehearsal of a process without files and without a director. It also loads what the line to the directors
     * needs, so that an AOT cache has it: the NATS client tries a port on which nobody listens.
     */
    static boolean alone(Game game, InstantSource clock) {
        try {
            ServerKey key = ServerKey.fromPem(newKey());
            ServerLife.Self self = new ServerLife.Self(MATCH, MATCH, Map.of("tcp", 1), key.publicKeySha256());
            ServerConfig config = new ServerConfig(MATCH, MATCH, MATCH, "nats://127.0.0.1:1", "127.0.0.1", null);
            new DirectorLink(Json.read(Json.bytes(config), ServerConfig.class), null, (_, _) -> {}).connect();
            NatsCredentials.signed(ANY_SEED, Json.bytes(config));
            return new Rehearsal(game, TlsIdentity.prepare(key, MATCH, clock), key, self, clock).run(_ -> {});
        } catch (GeneralSecurityException | MalformedException e) {
            LOG.error("Cannot rehearse", e);
            return false;
        }
    }

    private static String newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String der = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + der + "\n-----END PRIVATE KEY-----\n";
    }

    /**
     * Starts it in the background.
     *
     * @param asking asks this server, on the way that a director would, to take a match; it refuses it
     */
    void start(Consumer<Assignment> asking) {
        Thread.ofPlatform().daemon().name("rehearsal").start(() -> run(asking));
    }

    /** Goes through it now; false: it went wrong, and the log says how. */
    private boolean run(Consumer<Assignment> asking) {
        Instant start = clock.instant();
        try {
            ECKey tokenKey = new ECKeyGenerator(Curve.P_256).generate();
            Assignment assignment = Json.read(Json.bytes(assignment(tokenKey)), Assignment.class);
            live(assignment);
            play(assignment, token(tokenKey));
            for (int i = 0; i < REQUESTS; i++) {
                asking.accept(assignment);
            }
            LOG.info(
                    "Rehearsed: serverId={} tookMs={}",
                    self.serverId(),
                    Duration.between(start, clock.instant()).toMillis());
            return true;
        } catch (JOSEException | IOException | GeneralSecurityException | MalformedException e) {
            // The real match may still go well, if slowly.
            LOG.warn("The rehearsal went wrong: serverId={}", self.serverId(), e);
            return false;
        }
    }

    /** The life of a server with this match, said to nobody. */
    private void live(Assignment assignment) {
        Instant now = clock.instant();
        ServerLife life = ServerLife.begin(self, Timing.CONTRACT, null, now).life();
        List<LifeEvent> events = List.of(
                new LifeEvent.Assign(assignment),
                new LifeEvent.Loaded(),
                new LifeEvent.Heard(Said.READY),
                new LifeEvent.Players(1),
                new LifeEvent.GameEnded(new MatchResult(Outcome.ABANDONED, List.of())));
        for (LifeEvent event : events) {
            ServerLife.Next next = life.on(event, now);
            life = next.life();
            next.steps().forEach(Rehearsal::say);
        }
    }

    private static void say(Step step) {
        switch (step) {
            case Step.Reply reply -> Json.bytes(reply.reply());
            case Step.Say say -> Json.bytes(say.event());
            case Step.Beat beat -> Json.bytes(beat.heartbeat());
            case Step.Change _, Step.Load _, Step.Close _, Step.Exit _ -> {}
        }
    }

    /** A player joins, sees a few lines and goes. */
    private void play(Assignment assignment, String token) throws IOException, GeneralSecurityException {
        Roster roster = new Roster(_ -> {}, game.snapshotsPerSecond());
        MatchLoop match = new MatchLoop(game, assignment, roster, _ -> {});
        roster.open(assignment, JoinTokens.of(assignment.joinKeys(), MATCH, Set.of(PLAYER), clock), match);
        match.start();
        try (Listener listener = Listener.bind("127.0.0.1", null, ChannelLimits.CONTRACT, new SecureRandom())) {
            listener.open(identity, roster);
            try (OwnClient client = OwnClient.connect(listener.port(), key)) {
                client.send(new ToServer.Join(token));
                for (int i = 0; i < (game.mayRehearse() ? LINES : 1); i++) {
                    client.next();
                }
            }
        } finally {
            match.stop();
        }
    }

    private static Assignment assignment(ECKey tokenKey) throws JsonProcessingException {
        JsonNode joinKeys = Json.newMapper().readTree(new JWKSet(tokenKey.toPublicJWK()).toString());
        MatchLimits limits = new MatchLimits(Duration.ofSeconds(1), 1, Duration.ofSeconds(1), Duration.ofSeconds(2));
        MatchPlayer player = new MatchPlayer(PLAYER, PLAYER, 0, new Loadout("none", List.of(), Map.of("x", 1.0)));
        return new Assignment(MATCH, MATCH, List.of(player), limits, joinKeys);
    }

    private String token(ECKey tokenKey) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("join+jwt"))
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .audience("paddock:join")
                .subject(PLAYER)
                .claim("match", MATCH)
                .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new ECDSASigner(tokenKey));
        return jwt.serialize();
    }

    /** Stands in for a game that must not be started twice. */
    private static final class EmptyGame implements Game, MatchRun {
        @Override
        public int ticksPerSecond() {
            return 1;
        }

        @Override
        public int snapshotsPerSecond() {
            return 1;
        }

        @Override
        public MatchRun start(Assignment assignment, Stage stage) {
            return this;
        }

        @Override
        public void joined(String playerId) {}

        @Override
        public void line(String playerId, String line) {}

        @Override
        public void left(String playerId) {}

        @Override
        public void tick() {}
    }
}
