package dev.paddock.local.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Programs of this machine, and which versions of them (and of those that we get ourselves) are good. */
public final class Programs {
    private Programs() {}

    /** The program of that name in a folder of {@code PATH}. */
    static Optional<Path> find(String name) {
        return find(name, System.getenv());
    }

    static Optional<Path> find(String name, Map<String, String> environment) {
        for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
            Path program = Path.of(folder.isEmpty() ? "." : folder, name).toAbsolutePath();
            if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    /** What a program that ends at once printed, or empty if it failed. */
    static Optional<String> output(String... argv) {
        try {
            Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(printed.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A version out of the parent POM, the one place where they are kept. */
    static String version(String key) {
        Properties versions = new Properties();
        try (InputStream in = Programs.class.getResourceAsStream("versions.properties")) {
            if (in == null) {
                throw new IllegalStateException("versions.properties is missing from this jar");
            }
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = versions.getProperty(key);
        if (version == null) {
            throw new IllegalStateException("versions.properties has no " + key);
        }
        return version;
    }

    /** Where unpacked and built programs stay, shared by all data folders: {@code $XDG_CACHE_HOME/paddock}. */
    public static Path cache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("paddock").toAbsolutePath();
    }
}
