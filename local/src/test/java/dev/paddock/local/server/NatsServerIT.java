package dev.paddock.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.protocol.Subjects;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.Message;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.support.JwtUtils;
import io.nats.client.support.JwtUtils.Permission;
import io.nats.client.support.JwtUtils.ResponsePermission;
import io.nats.client.support.JwtUtils.UserClaim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerIT {
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final SharedServers.Nats NATS = SharedServers.nats();

    @TempDir
    Path folder;

    private final List<String> refused = new CopyOnWriteArrayList<>();

    @Test
    void nobodyGetsInWithoutCredentials() {
        assertThatThrownBy(() -> Nats.connect(options().build())).hasMessageContaining("uthorization");
    }

    @Test
    void aManagersQuestionIsAnsweredByTheDirector() throws Exception {
        try (Connection director = connect(NATS.directorCreds());
                Connection manager = connect(NATS.managerCreds())) {
            answer(director, "paddock.director.north.start", "assigned");
            Message reply = manager.request("paddock.director.north.start", bytes("match"), ANSWER);
            assertThat(text(reply)).isEqualTo("assigned");
        }
    }

    @Test
    void aDirectorsMatchEventIsAnsweredByAManager() throws Exception {
        try (Connection director = connect(NATS.directorCreds());
                Connection manager = connect(NATS.managerCreds())) {
            Dispatcher dispatcher =
                    manager.createDispatcher(event -> manager.publish(event.getReplyTo(), bytes("heard")));
            dispatcher.subscribe(Subjects.ALL_MATCH_EVENTS, Subjects.MANAGERS);
            manager.flush(ANSWER);
            assertThat(text(director.request("paddock.match.m1.ready", bytes("event"), ANSWER)))
                    .isEqualTo("heard");
        }
    }

    @Test
    void managersWatchTheModesThatADirectorPublishesAndCannotChangeThem() throws Exception {
        try (Connection director = connect(NATS.directorCreds());
                Connection manager = connect(NATS.managerCreds())) {
            director.keyValueManagement()
                    .create(KeyValueConfiguration.builder()
                            .name(Subjects.MODES_BUCKET)
                            .build());
            List<String> seen = new CopyOnWriteArrayList<>();
            KeyValue read = manager.keyValue(Subjects.MODES_BUCKET);
            read.watchAll(new Keys(seen));

            director.keyValue(Subjects.MODES_BUCKET).put("drag-race", "{}");

            Awaitility.await("the manager's watcher sees the mode").until(() -> seen.contains("drag-race"));
            KeyValueEntry entry = read.get("drag-race");
            assertThat(entry.getValueAsString()).isEqualTo("{}");
            assertThatThrownBy(() -> read.put("drag-race", "forged"))
                    .isInstanceOfAny(IOException.class, JetStreamApiException.class);
            awaitRefusal("Permissions Violation for Publish to \"$KV.modes.drag-race\"");
        }
    }

    @Test
    void aGameServerSpeaksForItselfAlone() throws Exception {
        try (Connection server = connect(mintServer("srv1"), "srv1");
                Connection director = connect(NATS.directorCreds())) {
            List<String> heard = new CopyOnWriteArrayList<>();
            director.createDispatcher(event -> {
                        heard.add(event.getSubject());
                        director.publish(event.getReplyTo(), bytes("heard"));
                    })
                    .subscribe(Subjects.ALL_SERVER_READY);
            director.flush(ANSWER);
            assertThat(text(server.request("paddock.server.srv1.ready", bytes("ports"), ANSWER)))
                    .isEqualTo("heard");

            server.publish("paddock.server.srv2.ready", bytes("forged"));
            server.publish("paddock.match.m1.ended", bytes("forged"));
            server.publish("paddock.player.p1", bytes("forged"));

            awaitRefusal("Permissions Violation for Publish to \"paddock.server.srv2.ready\"");
            awaitRefusal("Permissions Violation for Publish to \"paddock.match.m1.ended\"");
            awaitRefusal("Permissions Violation for Publish to \"paddock.player.p1\"");
            director.flush(ANSWER);
            assertThat(heard).containsExactly("paddock.server.srv1.ready");
        }
    }

    @Test
    void aGameServerHearsNothingThatIsForOthers() throws Exception {
        try (Connection server = connect(mintServer("srv1"), "srv1")) {
            for (String subject : List.of("paddock.server.srv2.assign", "paddock.>", "_INBOX.>", "$JS.API.>")) {
                server.subscribe(subject);
                awaitRefusal("Permissions Violation for Subscription to \"" + subject + "\"");
            }
        }
    }

    @Test
    void aGameServerAnswersTheDirectorAndOnlyTheDirector() throws Exception {
        try (Connection server = connect(mintServer("srv3"), "srv3");
                Connection director = connect(NATS.directorCreds());
                Connection manager = connect(NATS.managerCreds())) {
            answer(server, "paddock.server.srv3.assign", "accepted");
            assertThat(text(director.request("paddock.server.srv3.assign", bytes("match"), ANSWER)))
                    .isEqualTo("accepted");

            manager.publish("paddock.server.srv3.assign", bytes("forged"));
            awaitRefusal("Permissions Violation for Publish to \"paddock.server.srv3.assign\"");
        }
    }

    @Test
    void keysStayTheSameInTheirFolder() {
        SecureRandom random = new SecureRandom();
        NatsAuthority first = NatsAuthority.in(folder.resolve("keys"), random);
        String seed = PrivateFiles.read(first.accountSeed());
        assertThat(PrivateFiles.read(
                        NatsAuthority.in(folder.resolve("keys"), random).accountSeed()))
                .isEqualTo(seed);
    }

    /** What the director does for each game server, in short. */
    private Path mintServer(String serverId) throws GeneralSecurityException, IOException {
        NKey account =
                NKey.fromSeed(PrivateFiles.read(NATS.accountSeed()).strip().toCharArray());
        NKey user = NKey.createUser(new SecureRandom());
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
        Path creds = folder.resolve(serverId + ".creds");
        return Files.writeString(creds, JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed())));
    }

    private Connection connect(Path creds) throws IOException, InterruptedException {
        return Nats.connect(
                options().authHandler(Nats.credentials(creds.toString())).build());
    }

    private Connection connect(Path creds, String serverId) throws IOException, InterruptedException {
        return Nats.connect(options()
                .authHandler(Nats.credentials(creds.toString()))
                .inboxPrefix(Subjects.serverInbox(serverId))
                .build());
    }

    private Options.Builder options() {
        return new Options.Builder().server(NATS.url()).noReconnect().errorListener(new Refusals(refused));
    }

    private static void answer(Connection connection, String subject, String answer) throws Exception {
        connection
                .createDispatcher(request -> connection.publish(request.getReplyTo(), bytes(answer)))
                .subscribe(subject);
        connection.flush(ANSWER);
    }

    private void awaitRefusal(String text) {
        Awaitility.await("the NATS server refuses: " + text)
                .untilAsserted(() -> assertThat(refused)
                        .anySatisfy(error -> assertThat(error).containsIgnoringCase(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Message message) {
        assertThat(message).as("an answer").isNotNull();
        return new String(message.getData(), StandardCharsets.UTF_8);
    }

    private record Refusals(List<String> errors) implements io.nats.client.ErrorListener {
        @Override
        public void errorOccurred(Connection connection, String error) {
            errors.add(error);
        }
    }

    private record Keys(List<String> seen) implements KeyValueWatcher {
        @Override
        public void watch(KeyValueEntry entry) {
            seen.add(entry.getKey());
        }

        @Override
        public void endOfData() {}
    }
}
