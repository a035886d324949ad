package dev.paddock.gameserver;

import dev.paddock.local.server.SharedServers;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerConfig;
import dev.paddock.protocol.server.ServerEvent;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.support.JwtUtils;
import io.nats.client.support.JwtUtils.Permission;
import io.nats.client.support.JwtUtils.ResponsePermission;
import io.nats.client.support.JwtUtils.UserClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A game-server JVM of its own, started as a director starts one, and the director and the manager that it meets. */
public final class ServerUnderTest implements AutoCloseable {
    public static final String ADA = "ada";
    public static final String BOB = "bob";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String KEY_PEM = newKey();

    public final String serverId = Id.next(RANDOM);
    public final String matchId = Id.next(RANDOM);
    public final Tokens tokens = new Tokens();
    public final TestDirector director;
    private final Path folder;
    private final Path log;
    private @Nullable Process process;

    /** The files of a server; not started yet. */
    public ServerUnderTest(Path folder) throws Exception {
        this.folder = folder;
        this.log = folder.resolve("server.log");
        SharedServers.Nats nats = SharedServers.nats();
        director = new TestDirector(
                Nats.connect(new Options.Builder()
                        .server(nats.url())
                        .authHandler(Nats.credentials(nats.directorCreds().toString()))
                        .build()),
                serverId);
        ServerConfig config = new ServerConfig(serverId, "drag-race", "local", nats.url(), "127.0.0.1", null);
        Files.write(folder.resolve("server.json"), Json.bytes(config));
        Files.writeString(folder.resolve("key.pem"), KEY_PEM);
        Files.writeString(folder.resolve("nats.creds"), credentials(nats.accountSeed()));
    }

    /** With {@code assignment.json}: a cold start. */
    public ServerUnderTest withAssignment(Assignment assignment) throws IOException {
        Files.write(folder.resolve("assignment.json"), Json.bytes(assignment));
        return this;
    }

    /** One of its files. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    public ServerUnderTest start(Class<?> main, String... args) throws IOException {
        // MeasureStart names the packaged server's class path and more flags; tests start what they were built with.
        String flag = System.getProperty("paddock.server.flag", "-Xshare:auto");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                flag,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("paddock.server.classpath", System.getProperty("java.class.path")),
                main.getName());
        builder.command().addAll(List.of(args));
        builder.environment().put("PADDOCK_DIR", folder.toString());
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return this;
    }

    /** Waits for the standby's {@code ready}. */
    public ServerEvent.Ready awaitStandby() {
        return awaitReady(null);
    }

    /** Waits for {@code ready} with this match. */
    public ServerEvent.Ready awaitReady(@Nullable String match) {
        Awaitility.await("the server says ready with match " + match)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> director.told(ServerEvent.Ready.class).stream()
                        .anyMatch(ready -> Objects.equals(ready.matchId(), match)));
        return director.told(ServerEvent.Ready.class).stream()
                .filter(ready -> Objects.equals(ready.matchId(), match))
                .findFirst()
                .orElseThrow();
    }

    public ServerEvent.Ended awaitEnded() {
        Awaitility.await("the server says ended")
                .atMost(PATIENCE)
                .until(() -> !director.told(ServerEvent.Ended.class).isEmpty());
        return director.told(ServerEvent.Ended.class).getFirst();
    }

    /** The exit code, once it has exited. */
    public int awaitExit() throws InterruptedException {
        if (!process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the server has not exited");
        }
        return process().exitValue();
    }

    public Process process() {
        return Objects.requireNonNull(process, "not started");
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /** A match of Ada and Bob. */
    public Assignment match() {
        return match(Duration.ofSeconds(30), Duration.ofMinutes(2));
    }

    public Assignment match(Duration joinWithin, Duration longest) {
        MatchLimits limits = new MatchLimits(Duration.ofSeconds(10), 3, joinWithin, longest);
        List<MatchPlayer> players = List.of(player(ADA, 0, 300), player(BOB, 1, 220));
        return new Assignment(matchId, "drag-race", players, limits, tokens.joinKeys());
    }

    public TestPlayer connect() throws IOException {
        ServerEvent.Ready ready = director.told(ServerEvent.Ready.class).getLast();
        return TestPlayer.connect(Objects.requireNonNull(ready.ports().get("tcp")), ready.publicKeySha256());
    }

    private static MatchPlayer player(String id, int team, double powerKw) {
        return new MatchPlayer(id, id, team, new Loadout("street-one", List.of(), Map.of("powerKw", powerKw)));
    }

    /** As the director mints them: this server's subjects, and answers. */
    private String credentials(Path accountSeed) throws Exception {
        NKey account = NKey.fromSeed(Files.readString(accountSeed).strip().toCharArray());
        NKey user = NKey.createUser(RANDOM);
        Permission own = new Permission().allow(Subjects.serverAll(serverId));
        String jwt = JwtUtils.issueUserJWT(
                account,
                new String(user.getPublicKey()),
                serverId,
                null,
                JwtUtils.currentTimeSeconds(),
                new UserClaim(new String(account.getPublicKey()))
                        .pub(own)
                        .sub(own)
                        .resp(new ResponsePermission().maxMsgs(1).expires(Duration.ofMinutes(1))));
        return JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed()));
    }

    private static String newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws Exception {
        if (process != null) {
            process.destroyForcibly();
        }
        director.close();
    }
}
