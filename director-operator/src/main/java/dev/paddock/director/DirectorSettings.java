package dev.paddock.director;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What every director needs to know, wherever its servers run.
 *
 * @param region {@code PADDOCK_DIRECTOR_REGION}, required: the region whose matches it serves
 * @param pingUrl {@code PADDOCK_DIRECTOR_PING_URL}, default none: what clients GET to measure their latency
 * @param modesDir {@code PADDOCK_DIRECTOR_MODES_DIR}, required: folder of {@code GameMode} files ({@code *.yaml})
 * @param stateDir {@code PADDOCK_DIRECTOR_STATE_DIR}, required: folder for what must outlive the director
 * @param nodeAddress {@code PADDOCK_DIRECTOR_NODE_ADDRESS}, default {@code 127.0.0.1}: where players reach the servers
 * @param accountSeedFile {@code PADDOCK_DIRECTOR_ACCOUNT_SEED_FILE}, default none: seed of the NATS account, with which
 *     each server's credentials are signed; none: servers connect without
 * @param assignWithin {@code PADDOCK_DIRECTOR_ASSIGN_WITHIN}, default {@code 500ms}: how long a standby may take to
 *     accept a match before the next one is asked
 * @param lostAfter {@code PADDOCK_DIRECTOR_LOST_AFTER}, default {@code 7s}: silence after which a server is lost; three
 *     heartbeats of 2 s
 * @param startWithin {@code PADDOCK_DIRECTOR_START_WITHIN}, default {@code 60s}: from start to ready, else it has failed
 * @param keepStandbys {@code PADDOCK_DIRECTOR_KEEP_STANDBYS}, default {@code 5m}: how long servers wait on after so many
 *     were last needed, so that their number does not flap
 */
@ConfigurationProperties("paddock.director")
public record DirectorSettings(
        @Nullable String region,
        @Nullable String pingUrl,
        @Nullable String modesDir,
        @Nullable String stateDir,
        @Bindable(defaultValue = "127.0.0.1") String nodeAddress,
        @Nullable String accountSeedFile,
        @Bindable(defaultValue = "500ms") Duration assignWithin,
        @Bindable(defaultValue = "7s") Duration lostAfter,
        @Bindable(defaultValue = "60s") Duration startWithin,
        @Bindable(defaultValue = "5m") Duration keepStandbys) {

    public String requiredRegion() {
        return required(region, "paddock.director.region (PADDOCK_DIRECTOR_REGION) to the name of this region");
    }

    public Path modesFolder() {
        Path folder = Path.of(required(
                modesDir, "paddock.director.modes-dir (PADDOCK_DIRECTOR_MODES_DIR) to a folder of mode files"));
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("Set paddock.director.modes-dir to a folder that exists, not " + folder);
        }
        return folder;
    }

    public Path stateFolder() {
        return Path.of(
                required(stateDir, "paddock.director.state-dir (PADDOCK_DIRECTOR_STATE_DIR) to a folder of its own"));
    }

    private static String required(@Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("Set " + what + ".");
        }
        return value;
    }
}
