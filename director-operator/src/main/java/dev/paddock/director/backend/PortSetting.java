package dev.paddock.director.backend;

import dev.paddock.protocol.server.PortRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A setting like {@code 40000-40999}. */
public final class PortSetting {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

    private PortSetting() {}

    /**
     * The ports that servers may bind; null: any free one.
     *
     * @param key of the setting, for the message if it is wrong
     */
    public static @Nullable PortRange range(@Nullable String ports, String key) {
        if (ports == null || ports.isBlank()) {
            return null;
        }
        Matcher range = RANGE.matcher(ports.strip());
        if (!range.matches()) {
            throw new IllegalArgumentException("Set " + key + " to a range like 40000-40999, not " + ports + ".");
        }
        return new PortRange(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
    }
}
