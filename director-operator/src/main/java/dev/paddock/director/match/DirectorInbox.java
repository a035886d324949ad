package dev.paddock.director.match;

import dev.paddock.director.bus.Bus;
import dev.paddock.director.bus.Envelope;
import dev.paddock.director.bus.NoAnswerException;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.director.mode.Modes;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.match.StopMatch;
import dev.paddock.protocol.server.ServerEvent;
import dev.paddock.protocol.server.ServerReply;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that is said to the director, read and checked: {@code paddock.director.<region>.start|stop|seat} from the
 * managers, {@code paddock.server.*.ready|heartbeat|seats|ended} from the servers. What cannot be read is answered or dropped
 * here, and disturbs nothing else.
 */
@Singleton
public final class DirectorInbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectorInbox.class);

    private final AssignedStop assigned;
    private final ReadyStop ready;
    private final Retirement retirement;
    private final ServerBook book;
    private final Modes modes;
    private final Director director;
    private final List<Bus.Subscription> subscriptions = new CopyOnWriteArrayList<>();

    DirectorInbox(
            AssignedStop assigned,
            ReadyStop ready,
            Retirement retirement,
            ServerBook book,
            Modes modes,
            Director director) {
        this.assigned = assigned;
        this.ready = ready;
        this.retirement = retirement;
        this.book = book;
        this.modes = modes;
        this.director = director;
    }

    public void hearServers(Bus bus) {
        hear(bus, Subjects.ALL_SERVER_READY, null, envelope -> server(envelope, ServerEvent.Ready.class));
        hear(bus, Subjects.ALL_SERVER_HEARTBEAT, null, envelope -> server(envelope, ServerEvent.Heartbeat.class));
        hear(bus, Subjects.ALL_SERVER_SEATS, null, envelope -> server(envelope, ServerEvent.Seats.class));
        hear(bus, Subjects.ALL_SERVER_ENDED, null, envelope -> server(envelope, ServerEvent.Ended.class));
    }

    public void hearManagers(Bus bus) {
        String region = director.settings().requiredRegion();
        hear(bus, Subjects.directorStart(region), Subjects.DIRECTORS, this::start);
        hear(bus, Subjects.directorStop(region), Subjects.DIRECTORS, this::stop);
        hear(bus, Subjects.directorSeat(region), Subjects.DIRECTORS, envelope -> seat(bus, envelope));
    }

    @Override
    public void close() {
        subscriptions.forEach(Bus.Subscription::close);
    }

    private void hear(Bus bus, String subject, @Nullable String queueGroup, Consumer<Envelope> handler) {
        subscriptions.add(bus.subscribe(subject, queueGroup, handler));
    }

    private void server(Envelope envelope, Class<? extends ServerEvent> type) {
        try {
            ServerEvent event = Checked.event(envelope.read(ServerEvent.class));
            String speaker = Subjects.idIn(envelope.subject());
            // NATS holds a server to its own subject; so what counts is that the body says the same.
            if (!type.isInstance(event) || !speaker.equals(event.serverId())) {
                LOG.warn("a server said something that is not its own to say serverId={}", speaker);
                return;
            }
            ready.heard(event, envelope);
        } catch (MalformedException | IllegalArgumentException e) {
            LOG.warn("cannot be read subject={} why={}", envelope.subject(), e.getMessage());
        }
    }

    private void start(Envelope envelope) {
        try {
            StartMatch request = Checked.start(envelope.read(StartMatch.class));
            answer(request).ifPresent(envelope::answer);
        } catch (MalformedException | IllegalArgumentException e) {
            LOG.warn("cannot be read subject={} why={}", envelope.subject(), e.getMessage());
            envelope.answer(new StartReply.Refused("bad-request", String.valueOf(e.getMessage()), null));
        }
    }

    private Optional<StartReply> answer(StartMatch request) {
        String region = director.settings().requiredRegion();
        if (!region.equals(request.region())) {
            return Optional.of(new StartReply.Refused("bad-request", "this is region " + region, null));
        }
        Optional<KnownMode> mode = modes.find(request.mode());
        if (mode.isEmpty()) {
            return Optional.of(new StartReply.Refused("unknown-mode", "there is no such mode in this region", null));
        }
        return assigned.start(request, mode.get());
    }

    /** Passed on: whether somebody can join is for the server alone to say. Without its answer the manager asks again. */
    private void seat(Bus bus, Envelope envelope) {
        try {
            SeatPlayers request = Checked.seat(envelope.read(SeatPlayers.class));
            envelope.answer(bus.request(
                    Subjects.serverSeat(request.serverId()),
                    request,
                    ServerReply.class,
                    director.settings().assignWithin()));
        } catch (NoAnswerException e) {
            LOG.warn("a server did not answer subject={} why={}", envelope.subject(), e.getMessage());
        } catch (MalformedException | IllegalArgumentException e) {
            LOG.warn("cannot be read subject={} why={}", envelope.subject(), e.getMessage());
        }
    }

    private void stop(Envelope envelope) {
        try {
            StopMatch request = Checked.stop(envelope.read(StopMatch.class));
            if (book.release(
                    request.serverId(), request.matchId(), director.time().instant())) {
                retirement.retireLater(request.serverId(), "a manager said: " + request.why());
            }
            envelope.answer(new Heard());
        } catch (MalformedException | IllegalArgumentException e) {
            LOG.warn("cannot be read subject={} why={}", envelope.subject(), e.getMessage());
            envelope.answer(new Heard());
        }
    }
}
