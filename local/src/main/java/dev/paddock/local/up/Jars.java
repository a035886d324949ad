package dev.paddock.local.up;

import dev.paddock.local.server.Folders;
import dev.paddock.local.server.PrivateFiles;
import dev.paddock.local.server.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The jars that a platform runs from: a copy of what was built, so that a build in another shell does not pull them from
 * under it. Only our own jars are copied; those of others never change, so they are linked where the disk allows.
 */
final class Jars {
    private static final Set<String> OURS =
            Set.of("protocol", "crds", "local", "game-server-image", "inventory", "director-operator", "game-manager");

    private final Path folder;

    private Jars(Path folder) {
        this.folder = folder;
    }

    /** @param root of the repository, built */
    static Jars copied(Path root, Path folder, List<String> modules) {
        try {
            Folders.delete(folder);
            for (String module : modules) {
                Path target = root.resolve(module).resolve("target");
                Path built = target.resolve(module + ".jar");
                if (!Files.exists(built)) {
                    throw new StartFailedException(built + " is missing: run ./paddock up, which builds it.");
                }
                Path copy = Files.createDirectories(folder.resolve(module));
                Files.copy(built, copy.resolve(module + ".jar"), StandardCopyOption.COPY_ATTRIBUTES);
                copyAll(target.resolve("lib"), Files.createDirectory(copy.resolve("lib")));
            }
            return new Jars(folder);
        } catch (IOException e) {
            throw new StartFailedException(
                    "Cannot copy the jars to %s: %s.".formatted(folder, PrivateFiles.reason(e)), e);
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path jar : files.toList()) {
                Path copy = to.resolve(jar.getFileName());
                if (isOurs(jar) || !linked(jar, copy)) {
                    Files.copy(jar, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static boolean isOurs(Path jar) {
        String name = jar.getFileName().toString();
        return OURS.stream().anyMatch(module -> name.matches(module + "(-[0-9].*)?\\.jar"));
    }

    private static boolean linked(Path jar, Path copy) {
        try {
            Files.createLink(copy, jar);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            // Another file system.
            return false;
        }
    }

    /** The module's jar and what it needs, in an order that does not change: an AOT cache is good for one order only. */
    List<Path> classPath(String module) {
        Path jars = folder.resolve(module);
        try (Stream<Path> libraries = Files.list(jars.resolve("lib"))) {
            return Stream.concat(Stream.of(jars.resolve(module + ".jar")), libraries.sorted())
                    .toList();
        } catch (IOException e) {
            throw new StartFailedException("Cannot read %s: %s.".formatted(jars, PrivateFiles.reason(e)), e);
        }
    }
}
