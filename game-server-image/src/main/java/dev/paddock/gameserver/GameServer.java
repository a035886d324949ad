package dev.paddock.gameserver;

import dev.paddock.gameserver.channel.ChannelLimits;
import dev.paddock.gameserver.channel.Listener;
import dev.paddock.gameserver.channel.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry of a game server: {@code main} of a game is {@code GameServer.main(new MyGame())}.
 *
 * <pre>
 * files → NATS, certificate (in the background) → port bound → "ready" → rehearsal (in the background) → match
 * </pre>
 */
public final class GameServer {
    private static final Logger LOG = LoggerFactory.getLogger(GameServer.class);
    private static final int CANNOT_START = 2;

    private GameServer() {}

    /**
     * Serves the one match of this process and ends the process: 0 done, 1 refused by NATS, 2 could not start. With the
     * one argument {@code rehearse}: needs no files and no NATS, plays a match with itself, and ends with 0 or 2. That
     * tries an image out, and trains an AOT cache of the JVM (JEP 483, JEP 514).
     *
     * @param args of the process: none, or {@code rehearse}
     */
    public static void main(Game game, String... args) {
        Sigterm sigterm = Sigterm.heed();
        int code = CANNOT_START;
        try {
            code = exitCode(game, List.of(args), sigterm);
        } finally {
            sigterm.done(code);
        }
        System.exit(code);
    }

    private static int exitCode(Game game, List<String> args, Sigterm sigterm) {
        try {
            if (args.equals(List.of("rehearse"))) {
                return Rehearsal.alone(game, InstantSource.system()) ? 0 : CANNOT_START;
            }
            if (!args.isEmpty()) {
                throw new StartException("the only argument there is is 'rehearse', not " + args, null);
            }
            return run(game, ServerFiles.folder(System.getenv()), sigterm);
        } catch (StartException e) {
            LOG.error("Cannot start: {}", e.getMessage());
            return CANNOT_START;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CANNOT_START;
        }
    }

    private static int run(Game game, Path folder, Sigterm sigterm) throws InterruptedException {
        InstantSource clock = InstantSource.system();
        ServerFiles files = ServerFiles.read(folder);
        LifeLoop loop = new LifeLoop(files, game, clock);
        sigterm.tell(() -> loop.post(new LifeEvent.Terminated()));
        loop.prepare();
        try (Listener listener = bind(files)) {
            String id = files.config().serverId();
            ServerLife.Self self = new ServerLife.Self(
                    id,
                    files.config().mode(),
                    Map.of("tcp", listener.port()),
                    files.key().publicKeySha256());
            LOG.info("Bound: serverId={} mode={} tcp={}", id, self.mode(), listener.port());
            TlsIdentity identity = TlsIdentity.prepare(files.key(), id, clock);
            listener.open(identity, loop.roster());
            loop.whenStandby(new Rehearsal(game, identity, files.key(), self, clock));
            return loop.live(self, listener);
        } catch (IOException e) {
            throw new StartException("the port could not be closed", e);
        }
    }

    private static Listener bind(ServerFiles files) {
        try {
            return Listener.bind(
                    files.config().bind(), files.config().ports(), ChannelLimits.CONTRACT, new SecureRandom());
        } catch (IOException e) {
            throw new StartException("cannot listen on " + files.config().bind() + ": " + e.getMessage(), e);
        }
    }
}
