package dev.paddock.director.process;

import dev.paddock.director.backend.PortSetting;
import dev.paddock.protocol.server.PortRange;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.naming.conventions.StringConvention;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Game servers as processes of this machine.
 *
 * @param images in a settings file only: {@code server.image} of a mode → the command line that runs it
 * @param ports {@code PADDOCK_DIRECTOR_PROCESS_PORTS}, like {@code 40000-40999}; default none: any free port
 * @param bind {@code PADDOCK_DIRECTOR_PROCESS_BIND}, default {@code 127.0.0.1}: the address that servers listen on
 * @param maxServers {@code PADDOCK_DIRECTOR_PROCESS_MAX_SERVERS}, default 32: more are refused
 * @param stopServersOnExit {@code PADDOCK_DIRECTOR_PROCESS_STOP_SERVERS_ON_EXIT}, default false: a server with a match
 *     outlives a director that is told to end, and the next one takes it over; true: it is killed with its match, at
 *     once. Servers without a match go with their director either way
 * @param stopWithin {@code PADDOCK_DIRECTOR_PROCESS_STOP_WITHIN}, default {@code 5s}: from SIGTERM to SIGKILL, for a
 *     server that nobody wants any more
 */
@ConfigurationProperties("paddock.director.process")
public record ProcessSettings(
        // Raw, as tags may have capitals and underscores, which Micronaut would make dashes of.
        @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
        Map<String, List<String>> images,

        @Nullable String ports,
        @Bindable(defaultValue = "127.0.0.1") String bind,
        @Bindable(defaultValue = "32") int maxServers,
        @Bindable(defaultValue = "false") boolean stopServersOnExit,
        @Bindable(defaultValue = "5s") Duration stopWithin) {
    public ProcessSettings {
        images = Map.copyOf(images);
        if (maxServers < 1) {
            throw new IllegalArgumentException("Set paddock.director.process.max-servers to 1 or more.");
        }
    }

    /** The ports that servers may bind; null: any free one. */
    @Nullable
    PortRange portRange() {
        return PortSetting.range(ports, "paddock.director.process.ports");
    }

    /** The command line of an image, if there is one. */
    Optional<List<String>> commandOf(String image) {
        return Optional.ofNullable(images.get(image)).filter(argv -> !argv.isEmpty());
    }
}
