package dev.paddock.manager.recording;

import dev.paddock.protocol.mode.Mode;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes recordings for {@code ./paddock replay}, if a folder is set for them:
 *
 * <pre>
 * matchmaking loop ─▶ note (never waits) ─▶ backlog ─▶ one thread ─▶ &lt;folder&gt;/&lt;mode&gt;-&lt;time&gt;.jsonl
 *                           └─ full: dropped, counted, said
 * </pre>
 *
 * Only the holder of a mode's lease has something to note. A file begins with all tickets that wait: when the holder reads
 * the whole queue, and when it is asked for them because the file before is full or of yesterday. So each file holds all of
 * a stretch of time. No names, loadouts or ids of players are written: {@link Aliases}.
 */
@Singleton
public final class Recorder implements AutoCloseable {
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    private static final long LOOK_MS = 200;
    private static final long SAY_EVERY_NS = Duration.ofSeconds(10).toNanos();
    private static final long MEGABYTE = 1_000_000;
    private static final int AT_A_TIME = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final @Nullable Path folder;
    private final RecorderSettings settings;
    private final RandomGenerator random;
    private final BlockingQueue<Entry> backlog;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    /** Of the writing thread alone. Null: cannot be written until the queue is read anew. */
    private final Map<String, @Nullable RecordingFile> files = new HashMap<>();

    private long droppedBefore;
    private long saidAt = Long.MIN_VALUE;

    /** Modes whose file is full, or not begun: one begins with all that wait. */
    private final Set<String> full = ConcurrentHashMap.newKeySet();

    private record Entry(Mode mode, List<String> regions, Note note) {}

    /** @param random one that cannot be foretold: players' aliases depend on it */
    Recorder(RecorderSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.folder = settings.folder();
        this.random = random;
        this.backlog = new ArrayBlockingQueue<>(settings.backlog());
        // A platform thread: writing to a disk would hold up a carrier of virtual ones.
        this.thread = Thread.ofPlatform().daemon().name("recorder").unstarted(this::run);
        if (folder != null) {
            prepare(folder);
            thread.start();
        }
    }

    /** Nothing is recorded. */
    public static Recorder off() {
        return new Recorder(new RecorderSettings(null, 1, 1, 1), RandomGenerator.getDefault());
    }

    /** Whether notes are wanted; if not, they need not be made. */
    public boolean isOn() {
        return folder != null;
    }

    /** Takes a note, in no time: it is written later, or dropped. */
    public void note(Mode mode, List<String> regions, Note note) {
        if (folder != null && !backlog.offer(new Entry(mode, regions, note))) {
            dropped.incrementAndGet();
            if (note instanceof Note.Loaded) {
                full.add(mode.name());
            }
        }
    }

    /** Whether a mode's next note should be {@link Note.Loaded}; asked once, it is taken as promised. */
    public boolean wantsAll(String mode) {
        return full.remove(mode);
    }

    /** How many notes were dropped because too many waited to be written. */
    public long dropped() {
        return dropped.get();
    }

    @Override
    @PreDestroy
    public void close() {
        closed = true;
        try {
            // Without a folder it was never started.
            if (thread.getState() != Thread.State.NEW && !thread.join(LONGEST_CLOSE)) {
                LOG.warn("a recording is cut short left={}", backlog.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Set paddock.recorder.folder to a folder that can be written to: " + folder + " cannot be made", e);
        }
        if (!Files.isWritable(folder)) {
            throw new IllegalArgumentException(
                    "Set paddock.recorder.folder to a folder that can be written to: " + folder + " cannot");
        }
        LOG.info("queues are recorded folder={}", folder);
    }

    private void run() {
        List<Entry> entries = new ArrayList<>(AT_A_TIME);
        while (!closed || !backlog.isEmpty()) {
            try {
                Entry first = backlog.poll(LOOK_MS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    entries.add(first);
                    backlog.drainTo(entries, AT_A_TIME - 1);
                    sayDropped();
                    entries.forEach(this::write);
                    flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (RuntimeException e) {
                LOG.error("notes are not recorded notes={}", entries.size(), e);
            }
            entries.clear();
        }
        List.copyOf(files.keySet()).forEach(this::end);
    }

    private void sayDropped() {
        long now = dropped.get();
        long more = now - droppedBefore;
        if (more == 0) {
            return;
        }
        droppedBefore = now;
        if (saidAt == Long.MIN_VALUE || System.nanoTime() - saidAt > SAY_EVERY_NS) {
            saidAt = System.nanoTime();
            LOG.warn("notes were dropped, the recording has holes inAll={}", now);
        }
        for (Map.Entry<String, @Nullable RecordingFile> each : files.entrySet()) {
            RecordingFile file = each.getValue();
            if (file != null) {
                attempt(each.getKey(), () -> file.dropped(more));
            }
        }
    }

    private void write(Entry entry) {
        String mode = entry.mode().name();
        attempt(mode, () -> {
            RecordingFile file = fileFor(entry);
            if (file != null) {
                file.write(entry.mode(), entry.regions(), entry.note());
            }
        });
    }

    private @Nullable RecordingFile fileFor(Entry entry) throws IOException {
        String mode = entry.mode().name();
        Instant at = entry.note().at();
        if (!(entry.note() instanceof Note.Loaded)) {
            RecordingFile file = files.get(mode);
            boolean isEnough =
                    file == null ? !files.containsKey(mode) : file.isFull(at, settings.fileMegabytes() * MEGABYTE);
            if (isEnough) {
                full.add(mode);
            }
            return file;
        }
        end(mode);
        Path in = Objects.requireNonNull(folder);
        OldRecordings.delete(in, settings.keepMegabytes() * MEGABYTE);
        RecordingFile next = RecordingFile.create(in, mode, at, random);
        files.put(mode, next);
        full.remove(mode);
        LOG.info("a recording begins mode={} file={}", mode, next.path());
        return next;
    }

    private void flush() {
        for (Map.Entry<String, @Nullable RecordingFile> each : files.entrySet()) {
            RecordingFile file = each.getValue();
            if (file != null) {
                attempt(each.getKey(), file::flush);
            }
        }
    }

    private void end(String mode) {
        RecordingFile file = files.remove(mode);
        if (file != null) {
            attempt(mode, file::close);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void attempt(String mode, Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            // Said once, not for each note: the next reading of the whole queue tries again.
            LOG.warn("a recording ends mode={} why={}", mode, e.toString());
            giveUp(files.put(mode, null));
        }
    }

    private static void giveUp(@Nullable RecordingFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // What it still held is lost with what could not be written before.
            LOG.debug("a recording was not closed file={} why={}", file.path(), e.toString());
        }
    }
}
