package dev.paddock.local.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Files and folders that only their owner may read: secrets, keys, and configuration that holds them. */
public final class PrivateFiles {
    private static final int SECRET_BYTES = 24;

    private PrivateFiles() {}

    /** The folder, made with its parents if it is not there, closed to everyone but its owner. */
    public static Path folder(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return folder;
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    /** Writes the whole file or leaves the old one: a crash half-way never leaves half a key. */
    public static Path write(Path file, String text) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, text);
            try (FileChannel channel = FileChannel.open(unfinished, Set.of(StandardOpenOption.WRITE))) {
                channel.force(true);
            }
            return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /** The secret in the file; a new random one (URL-safe, 192 bits) is written there the first time. */
    public static String secret(Path file, SecureRandom random) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return read(file).strip();
        }
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        write(file, secret + "\n");
        return secret;
    }

    /** The text of a file that must be there. */
    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartFailedException("Cannot read " + file + ": " + reason(e) + ".", e);
        }
    }

    private static StartFailedException cannotWrite(Path path, IOException e) {
        return new StartFailedException("Cannot write " + path + ": " + reason(e) + ".", e);
    }

    /** What the file system said, without repeating the path. */
    public static String reason(IOException e) {
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
