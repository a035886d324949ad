package dev.paddock.local.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@code redis-server}: the one on the PATH if it is new enough, else the one that the embedded-redis jar carries. */
final class RedisBinary {
    private static final Logger LOG = LoggerFactory.getLogger(RedisBinary.class);
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");
    private static final Map<String, String> IN_JAR = Map.of(
            "linux-amd64", "/redis-server-6.2.6-v5-linux-amd64",
            "linux-aarch64", "/redis-server-6.2.7-linux-arm64",
            "mac-amd64", "/redis-server-6.2.6-v5-darwin-amd64",
            "mac-aarch64", "/redis-server-6.2.6-v5-darwin-arm64");

    private RedisBinary() {}

    static Path find() {
        return Programs.find("redis-server")
                .filter(RedisBinary::isNewEnough)
                .orElseGet(() -> unpacked(Programs.cache().resolve("bin")));
    }

    private static boolean isNewEnough(Path program) {
        Optional<String> said = Programs.output(program.toString(), "--version");
        boolean good = said.map(text -> isAtLeast(text, Programs.version("redis-at-least")))
                .orElse(false);
        if (!good) {
            LOG.info("not used, too old program={} version={}", program, said.orElse("?"));
        }
        return good;
    }

    /** @param said like {@code Redis server v=6.2.11 sha=…} */
    static boolean isAtLeast(String said, String least) {
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            return false;
        }
        String[] wanted = least.split("\\.", -1);
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        int wantedMajor = Integer.parseInt(wanted[0]);
        return major > wantedMajor || (major == wantedMajor && minor >= Integer.parseInt(wanted[1]));
    }

    private static Path unpacked(Path folder) {
        String resource = IN_JAR.get(platform());
        if (resource == null) {
            throw new StartFailedException("There is no redis-server for " + platform()
                    + " in our packages: install Redis %s or newer, or name yours with --redis."
                            .formatted(Programs.version("redis-at-least")));
        }
        Path program = folder.resolve(resource.substring(1));
        if (Files.isExecutable(program)) {
            return program;
        }
        try (InputStream in = RedisBinary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the embedded-redis jar has no " + resource);
            }
            PrivateFiles.folder(folder);
            // Two processes may do this at once: each moves a whole file, and both are the same.
            Path unfinished = Files.createTempFile(folder, "redis-server", ".new");
            Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwx------"));
            return Files.move(unfinished, program, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StartFailedException("Cannot unpack " + program + ": " + PrivateFiles.reason(e) + ".", e);
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return (os.startsWith("mac") ? "mac" : os) + "-" + System.getProperty("os.arch");
    }
}
