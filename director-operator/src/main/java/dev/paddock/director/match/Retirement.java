package dev.paddock.director.match;

import dev.paddock.director.backend.Backend;
import dev.paddock.director.bus.Bus;
import dev.paddock.director.bus.NoAnswerException;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.server.Retire;
import dev.paddock.protocol.server.ServerReply;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a server that nobody wants it any more; one that does not answer is stopped. A server that serves a match after
 * all, because it accepted too late, plays on until that is over.
 */
@Singleton
public final class Retirement implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    private final Bus bus;
    private final Backend backend;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Retirement(Bus bus, Backend backend) {
        this.bus = bus;
        this.backend = backend;
    }

    public void retireLater(String serverId, String why) {
        threads.execute(() -> retire(serverId, why));
    }

    @Override
    @PreDestroy
    public void close() {
        threads.shutdownNow();
    }

    private void retire(String serverId, String why) {
        LOG.info("a server is retired serverId={} why={}", serverId, why);
        try {
            ServerReply reply =
                    bus.request(Subjects.serverRetire(serverId), new Retire(why), ServerReply.class, ANSWER_WITHIN);
            if (reply instanceof ServerReply.Accepted) {
                return;
            }
        } catch (NoAnswerException | MalformedException e) {
            LOG.debug("a retired server did not answer serverId={} why={}", serverId, e.getMessage());
        }
        backend.stop(serverId);
    }
}
