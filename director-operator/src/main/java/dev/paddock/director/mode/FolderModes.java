package dev.paddock.director.mode;

import dev.paddock.director.DirectorSettings;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The modes in {@code paddock.director.modes-dir}, as they are now. A file that turns bad while the director runs is
 * reported and its mode stays as it was; at start, it stops the director.
 */
@Singleton
@Requires(property = "paddock.director.backend", value = "process", defaultValue = "process")
public final class FolderModes implements Modes {
    private static final Logger LOG = LoggerFactory.getLogger(FolderModes.class);

    private final Path folder;
    private Map<Path, Entry> files;
    private volatile Map<String, KnownMode> modes;

    FolderModes(DirectorSettings settings) {
        this.folder = settings.modesFolder();
        this.files = new TreeMap<>();
        this.modes = Map.of();
        for (Path file : list()) {
            try {
                String text = Files.readString(file);
                files.put(file, new Entry(text, ModeFile.parse(text)));
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalStateException("Correct the mode file " + file + ": " + e.getMessage(), e);
            }
        }
        modes = byName(files);
    }

    @Override
    public boolean areRead() {
        return true;
    }

    @Override
    public Optional<KnownMode> find(String name) {
        return Optional.ofNullable(modes.get(name));
    }

    @Override
    public List<KnownMode> all() {
        return List.copyOf(modes.values());
    }

    @Override
    public synchronized boolean reload() {
        Map<Path, Entry> now = new TreeMap<>();
        for (Path file : list()) {
            Entry before = files.get(file);
            Entry read = read(file, before);
            if (read != null) {
                now.put(file, read);
            }
        }
        files = now;
        Map<String, KnownMode> changed = byName(now);
        changed.replaceAll((name, mode) -> {
            KnownMode before = modes.get(name);
            return before == null ? mode : mode.from(before.server());
        });
        if (changed.equals(modes)) {
            return false;
        }
        LOG.info("the modes have changed modes={}", changed.keySet());
        modes = changed;
        return true;
    }

    @Override
    public synchronized void rolledOut(KnownMode next) {
        KnownMode present = modes.get(next.name());
        if (present != null && next.equals(present.next())) {
            Map<String, KnownMode> changed = new TreeMap<>(modes);
            changed.put(next.name(), next);
            modes = changed;
        }
    }

    private static @Nullable Entry read(Path file, @Nullable Entry before) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            LOG.warn("a mode file cannot be read; its mode stays as it was file={} why={}", file, e.toString());
            return before;
        }
        if (before != null && before.text().equals(text)) {
            return before;
        }
        try {
            return new Entry(text, ModeFile.parse(text));
        } catch (IllegalArgumentException e) {
            LOG.warn("a mode file is wrong; its mode stays as it was file={} why={}", file, e.getMessage());
            // The new text is remembered, so that this is said once a change and not every few seconds.
            return before == null ? null : new Entry(text, before.mode());
        }
    }

    private List<Path> list() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path ->
                            path.toString().endsWith(".yaml") || path.toString().endsWith(".yml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the modes folder " + folder, e);
        }
    }

    private static Map<String, KnownMode> byName(Map<Path, Entry> files) {
        Map<String, KnownMode> modes = new TreeMap<>();
        files.forEach((file, entry) -> {
            if (modes.putIfAbsent(entry.mode().name(), entry.mode()) != null) {
                LOG.warn(
                        "two files have the same mode; the first one counts mode={} file={}",
                        entry.mode().name(),
                        file);
            }
        });
        return modes;
    }

    private record Entry(String text, KnownMode mode) {}
}
