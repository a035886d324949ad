package dev.paddock.local.up;

import dev.paddock.local.keys.Secrets;
import dev.paddock.local.server.ChildProcess;
import dev.paddock.local.server.Ports;
import dev.paddock.local.server.Programs;
import dev.paddock.local.server.StartFailedException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./paddock up}. Its fields are filled in by picocli. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Starts the whole platform on this machine: Redis, NATS with JetStream, MariaDB, inventory,"
                    + " director and game manager, each a process of its own that listens on 127.0.0.1 only.",
            "Prints \"Paddock is ready: http://127.0.0.1:8080\" when a player could play; then try ./paddock play in"
                    + " another shell. Ctrl-C stops everything. What a killed one leaves running, the next one ends."
        },
        footer = {
            "",
            "Exit code: 0 after Ctrl-C or SIGTERM, 1 when a part could not be started or ended by itself,"
                    + " 2 for wrong options."
        })
public final class UpCommand implements Callable<Integer> {
    private static final Pattern REGION = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final List<String> MODULES =
            List.of("inventory", "director-operator", "game-manager", "game-server-image");

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--port", defaultValue = "8080", description = "where players reach it (default: 8080)")
    int port;

    @Option(
            names = "--region",
            defaultValue = "local",
            description = "what this machine is called as a region (default: local)")
    String region = "local";

    @Nullable
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "keep all data in this folder (default: .paddock/data in the repository)")
    Path folder;

    @Option(names = "--fresh", description = "delete what is in the data folder first")
    boolean fresh;

    @Option(
            names = "--no-director",
            description = "start none, for one that you start yourself: its settings are in DIR/run/director.yml")
    boolean noDirector;

    @ArgGroup(exclusive = false, heading = "%nServers of your own, instead of those that are started here:%n")
    UserServers users = new UserServers();

    @ArgGroup(exclusive = false, heading = "%nGame servers in a Kubernetes cluster:%n")
    PodServers pods = new PodServers();

    @Override
    public Integer call() {
        Screen screen = new Screen(Objects.requireNonNull(spec).commandLine().getOut(), InstantSource.system());
        try {
            return run(screen);
        } catch (StartFailedException e) {
            screen.say(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private int run(Screen screen) {
        Path root = Path.of(System.getProperty("paddock.root", "")).toAbsolutePath();
        check(root);
        Path place = folder == null ? root.resolve(".paddock/data") : folder;
        Shutdown shutdown = new Shutdown(screen);
        try (DataFolder data = DataFolder.open(place);
                Lanes lanes = new Lanes()) {
            data.sayWhoRunsHere("http://127.0.0.1:" + port);
            Running running = new Running(screen);
            shutdown.covers(lanes, running, data);
            screen.say("Starting Paddock, data in " + data.root());
            List<String> ended = data.endLeftovers();
            if (!ended.isEmpty()) {
                screen.say("  ended what an earlier one had left: " + String.join(", ", ended));
            }
            // Only now: what an earlier platform had left may have been on this port.
            refuseBusyPort();
            if (fresh) {
                data.empty();
            }
            return runUntilDeath(root, data, running, lanes, screen, shutdown);
        }
    }

    private int runUntilDeath(
            Path root, DataFolder data, Running running, Lanes lanes, Screen screen, Shutdown shutdown) {
        try {
            Jars jars = Jars.copied(root, data.run().resolve("jars"), MODULES);
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            AotCache cache = new AotCache(Programs.cache().resolve("aot"), data, screen);
            Services services = new Services(data, jars, java, cache);
            Secrets secrets = new Secrets(data.secrets(), new SecureRandom());
            var wish =
                    new Platform.Wish(port, region, root.resolve("examples/game-modes"), pods.cluster(), !noDirector);
            new Platform(wish, data, secrets, services, running, screen)
                    .start(new Servers(users, pods.listen, data, secrets, running, screen), lanes);
            screen.say("Paddock is ready: " + wish.url());
            ChildProcess dead = running.awaitDeath();
            screen.say("%s ended while the platform was running. %s"
                    .formatted(dead.name(), dead.died().getMessage()));
        } catch (StartFailedException e) {
            if (shutdown.isUnderWay()) {
                // The signal interrupted the start; the other thread says the rest.
                return 1;
            }
            screen.say(String.valueOf(e.getMessage()));
            if (data.isFull()) {
                screen.say("The disk that holds " + data.root() + " is full.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        screen.say("Stopping.");
        shutdown.stopAll();
        return 1;
    }

    private void refuseBusyPort() {
        if (!Ports.isFree("127.0.0.1", port)) {
            throw new StartFailedException(
                    "Port %d is in use: stop what listens there, or choose another one with --port.".formatted(port));
        }
    }

    private void check(Path root) {
        if (!REGION.matcher(region).matches()) {
            throw new StartFailedException(
                    "--region must be lower-case letters, digits and dashes, and is '%s'.".formatted(region));
        }
        pods.check();
        if (port < 1 || port > 65535) {
            throw new StartFailedException("--port must be from 1 to 65535, and is %d.".formatted(port));
        }
        if (!root.resolve("examples/game-modes").toFile().isDirectory()) {
            throw new StartFailedException("There is no examples/game-modes in %s.".formatted(root));
        }
    }
}
