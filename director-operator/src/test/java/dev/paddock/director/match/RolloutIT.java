package dev.paddock.director.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.director.fleet.ServerView;
import dev.paddock.director.mode.Modes;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mode whose servers are to run something new, while matches come. */
class RolloutIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String OLD = "image: drag-race ";

    private final String region = Id.next(RANDOM);

    @TempDir
    private Path folder;

    private Map<String, Object> settings = Map.of();

    @BeforeEach
    void threeImages() {
        List<String> good = TestDirector.command(FakeServer.Behaviour.GOOD);
        settings = TestDirector.settings(region, folder, good, 1);
        settings.put(
                "paddock.director.process.images",
                Map.of("drag-race", good, "newer", good, "broken", List.of("false")));
    }

    @Test
    void matchesMoveToTheNewTemplateOnceItsStandbyWaitsAndARunningMatchStays() throws Exception {
        try (TestDirector director = TestDirector.start(settings);
                FakeManager manager = new FakeManager(region)) {
            director.awaitStandbys(1);
            String running = play(manager);
            director.awaitStandbys(1);
            String before = template(director);

            TestDirector.changeMode(folder, OLD, "image: newer ");

            awaitTemplateOfMatches(director, before);
            director.awaitStandbys(1);
            assertThat(template(director)).isNotEqualTo(before);
            assertThat(director.book.view(running)).hasValueSatisfying(server -> {
                assertThat(server.template()).isEqualTo(before);
                assertThat(server.matchId()).isNotNull();
            });
        }
    }

    @Test
    void aNewTemplateThatDoesNotStartReachesNoPlayer() throws Exception {
        try (TestDirector director = TestDirector.start(settings);
                FakeManager manager = new FakeManager(region)) {
            director.awaitStandbys(1);
            String before = template(director);
            TestDirector.changeMode(folder, OLD, "image: broken ");
            Modes modes = director.context.getBean(Modes.class);
            Awaitility.await("the new template")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> modes.find("drag-race").orElseThrow().next() != null);

            for (int match = 0; match < 3; match++) {
                play(manager);
                director.awaitStandbys(1);
                assertThat(template(director)).isEqualTo(before);
            }

            TestDirector.changeMode(folder, "image: broken ", "image: newer ");
            awaitTemplateOfMatches(director, before);
            play(manager);
        }
    }

    /** @return the server */
    private static String play(FakeManager manager) {
        StartMatch match = manager.match(Id.next(RANDOM));
        assertThat(manager.start(match)).isInstanceOf(StartReply.Assigned.class);
        return manager.await(match.matchId(), MatchEvent.Ready.class).serverId();
    }

    private static void awaitTemplateOfMatches(TestDirector director, String before) {
        Modes modes = director.context.getBean(Modes.class);
        Awaitility.await("matches get the new template")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !modes.find("drag-race").orElseThrow().template().equals(before));
        Awaitility.await("the old standby is gone")
                .atMost(Duration.ofSeconds(60))
                .until(() -> director.standbys().stream()
                        .map(director.book::view)
                        .noneMatch(view ->
                                view.map(ServerView::template).orElse(before).equals(before)));
    }

    private static String template(TestDirector director) {
        return director.book.view(director.standbys().getFirst()).orElseThrow().template();
    }
}
