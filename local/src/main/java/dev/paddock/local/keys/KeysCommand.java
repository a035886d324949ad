package dev.paddock.local.keys;

import dev.paddock.local.server.StartFailedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./paddock keys}. Its fields are filled in by picocli. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Makes the keys, tokens and passwords with which the chart is installed, as files that only you may read.",
            "What is in the folder already stays. Keep it: who has it has the platform."
        })
public final class KeysCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Nullable
    @Parameters(paramLabel = "DIR", description = "the folder; made if it is not there")
    Path folder;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path place = Objects.requireNonNull(folder);
        try {
            new ClusterKeys(place.toAbsolutePath(), new SecureRandom()).write();
        } catch (StartFailedException e) {
            out.println(e.getMessage());
            return 1;
        }
        out.printf("""
                %1$s/nats/auth.conf       what nats.conf includes, with JetStream beside it: nothing secret
                %1$s/passwords/redis      the password of Redis: requirepass
                %1$s/passwords/mysql-*    the passwords of MySQL's users paddock_manager and paddock_inventory
                The Secrets that the chart reads:
                  kubectl create secret generic paddock-manager --from-file %1$s/manager
                  kubectl create secret generic paddock-director --from-file %1$s/director
                  kubectl create secret generic paddock-inventory --from-file %1$s/inventory
                """, place);
        out.flush();
        return 0;
    }
}
