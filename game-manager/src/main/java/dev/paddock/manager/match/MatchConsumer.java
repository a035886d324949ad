package dev.paddock.manager.match;

import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.StreamConsumer;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the stream of formed matches. An entry stays on it until each player was told, so one that comes again may
 * stand anywhere on its way.
 *
 * <pre>
 * entry ─┬─ of a roster: Seating
 *        ├─ young: ask the director at once
 *        └─ old (taken over) ─┬─ FORMED: go on from where it stands
 *                             ├─ READY:  tell the players
 *                             └─ over:   off the stream
 * </pre>
 */
@Singleton
final class MatchConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(MatchConsumer.class);

    private final Redis redis;
    private final MatchScripts scripts;
    private final MatchSteps steps;
    private final Seating seating;
    private final MatchSettings settings;
    private final InstantSource time;

    MatchConsumer(
            Redis redis,
            MatchScripts scripts,
            MatchSteps steps,
            Seating seating,
            MatchSettings settings,
            InstantSource time) {
        this.redis = redis;
        this.scripts = scripts;
        this.steps = steps;
        this.seating = seating;
        this.settings = settings;
        this.time = time;
    }

    StreamConsumer consume(String mode, String replica) {
        return StreamConsumer.start(
                redis,
                new StreamConsumer.Group(
                        new QueueKeys(mode).matches(),
                        QueueKeys.GROUP,
                        replica,
                        settings.atATime(),
                        settings.takeOverAfter()),
                entry -> work(mode, entry));
    }

    private void work(String mode, StreamEntry entry) {
        if (entry.fields().containsKey("roster")) {
            seating.work(mode, entry);
            return;
        }
        FormedMatch match;
        try {
            match = Json.read(entry.fields().getOrDefault("formed", ""), FormedMatch.class);
        } catch (MalformedException e) {
            LOG.error("not a formed match, dropped mode={} entry={}", mode, entry.id(), e);
            finish(mode, entry.id());
            return;
        }
        // Young means: never worked on before. Nothing needs to be read, and the director hears of it a round trip
        // sooner.
        Instant takenOverFrom = match.formedAt().plus(settings.takeOverAfter());
        if (time.instant().isBefore(takenOverFrom)) {
            steps.begin(match);
        } else {
            resume(match, entry.id());
        }
    }

    private void resume(FormedMatch match, String entry) {
        Optional<StoredMatch> found = scripts.find(match.mode(), match.matchId());
        MatchState state = found.map(StoredMatch::state).orElse(MatchState.CANCELLED);
        LOG.info("taken over matchId={} mode={} state={}", match.matchId(), match.mode(), state);
        switch (state) {
            case PROPOSED, FORMED -> steps.proceed(match.mode(), match.matchId(), new Seen.TimePassed());
            case READY -> found.ifPresent(stored -> steps.tell(stored, entry));
            case ENDED, CANCELLED -> finish(match.mode(), entry);
        }
    }

    private void finish(String mode, String entry) {
        redis.finish(new QueueKeys(mode).matches(), QueueKeys.GROUP, entry);
    }
}
