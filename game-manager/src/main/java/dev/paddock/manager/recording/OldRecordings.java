package dev.paddock.manager.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps recordings from filling a disk. */
final class OldRecordings {
    /** As {@link RecordingFile} names them; whatever else lies in the folder is not ours to delete. */
    private static final Pattern OURS = Pattern.compile(".+-\\d{8}T\\d{6}Z(\\.\\d+)?\\.jsonl");

    private static final Logger LOG = LoggerFactory.getLogger(OldRecordings.class);

    private OldRecordings() {}

    private record Old(Path path, long size, FileTime written) {}

    /** Deletes those that were not written to for longest, until the rest is no larger than {@code keepBytes}. */
    static void delete(Path folder, long keepBytes) throws IOException {
        List<Old> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (OURS.matcher(String.valueOf(path.getFileName())).matches()) {
                    BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
                    files.add(new Old(path, is.size(), is.lastModifiedTime()));
                }
            }
        }
        files.sort(Comparator.comparing(Old::written));
        long size = files.stream().mapToLong(Old::size).sum();
        for (Old file : files) {
            if (size <= keepBytes) {
                return;
            }
            size -= file.size();
            // Another replica may have been quicker.
            Files.deleteIfExists(file.path());
            LOG.info("an old recording is deleted file={}", file.path());
        }
    }
}
